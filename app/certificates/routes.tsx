import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { absenceRoutes } from '#app/certificates/absence-routes.tsx'
import { beginCertificate, CERTIFICATE_PURPOSES, getCertificate, issueCertificate, listCertificates, revokeCertificate, viewCertificate } from '#app/certificates/certificates.ts'
import { checkCertificate } from '#app/certificates/checking.ts'
import { printCertificate } from '#app/certificates/papers.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { openDoor, showOpenProblem } from '#app/public/open-routes.tsx'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { CheckPage } from '#views/certificates/check.tsx'
import { CertificatePage } from '#views/certificates/detail.tsx'
import { CertificateForm } from '#views/certificates/form.tsx'
import { CertificateListPage } from '#views/certificates/list.tsx'
import { CertificatePaperPage } from '#views/certificates/paper.tsx'

const id = z.string().max(64).optional().catch(undefined)
const List = z.object({ region: pickedRegion, household: id, before: z.coerce.number().int().positive().optional().catch(undefined) })
const line = (longest: number) => z.string().trim().max(longest, `Paling banyak ${longest} huruf.`)
const Issued = z.object({
  id: z.uuid(), household: z.string().max(64), memberSeq: z.coerce.number('Pilih orangnya.').int().min(1, 'Pilih orangnya.').max(98), purpose: z.enum(CERTIFICATE_PURPOSES, 'Pilih keperluannya.'),
  purposeNote: line(150).default(''), days: z.coerce.number().pipe(z.literal([30, 90, 180], 'Pilih masa berlakunya.')),
  signatoryName: line(100).min(3, 'Isi nama penanda tangan.'), signatoryPosition: line(100).min(3, 'Isi jabatannya.'), signatoryNip: z.string().trim().regex(/^[\d ]{0,30}$/, 'NIP terdiri atas angka.').default(''),
})
const Note = z.object({ note: line(300).default('') })
const Code = z.object({ code: z.string().trim().max(40).default('') })

export const certificateRoutes = ({ db, ...deps }: Deps) => new Hono<Env>()
  .route('/absent', absenceRoutes({ db, ...deps }))
  .get('/', may('certificate.read'), (c) => {
    const { actor } = c.var
    const asked = readQuery(c, List)
    return page(c, 'Surat keterangan', <CertificateListPage {...listCertificates(db, actor, asked, dayOf(new Date().toISOString(), zoneOf(actor.regions[0] ?? '')))} region={asked.region} household={asked.household}
      places={placeChoices(db, actor, asked.region)} mayIssue={can(actor, 'certificate.issue')} />)
  })

  .get('/new', may('certificate.issue'), (c) => {
    const begun = beginCertificate({ db, actor: c.var.actor }, c.req.query('household') ?? '')
    const { signatory } = begun
    const typed = { id: crypto.randomUUID(), ...(signatory && { signatoryName: signatory.name, signatoryPosition: signatory.position, signatoryNip: signatory.nip }) }
    return page(c, 'Buat surat keterangan', <CertificateForm begun={begun} typed={typed} />)
  })

  .post('/', may('certificate.issue'), async (c) => {
    const fields = await c.req.parseBody({ all: true })
    const { problem, value } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { household: householdId, ...wanted } = parse(Issued, fields)
      return issueCertificate(tx, { ...wanted, householdId })
    }))
    if (!problem) return changed(c, `/certificates/${value}`, { message: 'Surat keterangan dibuat. Cetak, lalu mintakan tanda tangan.' })
    if (problem.code !== 'invalid') throw problem
    const typed = texts(fields)
    return page(c, 'Buat surat keterangan', <CertificateForm begun={beginCertificate({ db, actor: c.var.actor }, typed.household ?? '')} typed={typed} problem={problem} />, { status: problem.status })
  })

  .get('/:id', may('certificate.read'), (c) => show(c, db))

  .get('/:id/print', may('certificate.read'), (c) => {
    const paper = transact(db, c.var.actor, (tx) => printCertificate(tx, c.req.param('id')))
    return page(c, `Surat ${paper.found.letterNumber}`, <CertificatePaperPage paper={paper} address={`${c.get('origin') ?? new URL(c.req.url).origin}/cek/surat`} />)
  })

  .post('/:id/revocation', may('certificate.issue'), async (c) => {
    const fields = await c.req.parseBody()
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => revokeCertificate(tx, c.req.param('id'), parse(Note, fields).note)))
    if (!problem) return changed(c, `/certificates/${c.req.param('id')}`, { message: 'Surat dicabut.' })
    if (problem.code !== 'invalid') throw problem
    return show(c, db, texts(fields), problem)
  })

function show(c: Context<Env, '/:id'>, db: Db, typed?: Record<string, string>, problem?: Problem) {
  const reader = { db, actor: c.var.actor }
  const zone = zoneOf(getCertificate(reader, c.req.param('id')).regionCode)
  const view = viewCertificate(reader, c.req.param('id'), dayOf(new Date().toISOString(), zone))
  return page(c, `Surat ${view.found.letterNumber}`, <CertificatePage view={view} zone={zone} typed={typed} problem={problem} />, { status: problem?.status })
}

// Without an account, by post: no code stands in an address, a history or a log.
export const certificateCheckRoutes = ({ db }: Deps) => new Hono<Env>()
  .onError(showOpenProblem)
  .use(openDoor)
  .get('/', (c) => page(c, 'Periksa surat keterangan', <CheckPage code="" />))
  .post('/', async (c) => {
    const { code } = await readForm(c, Code)
    const { value, problem } = await attempt(() => checkCertificate({ db, address: c.var.address }, code))
    if (problem && problem.code !== 'not_found') throw problem
    const unknown = problem && { message: 'Tidak ada surat dengan kode ini.', fields: { code: 'Periksa lagi kedua belas hurufnya. Bila sudah benar, surat itu tidak dikeluarkan dari sistem ini.' }, status: problem.status }
    return page(c, value ? 'Hasil pemeriksaan surat' : 'Periksa surat keterangan', <CheckPage code={code} result={value} problem={unknown} />, { status: problem?.status })
  })
