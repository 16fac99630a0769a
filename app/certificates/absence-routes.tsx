import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { beginAbsence, getAbsence, issueAbsence, listAbsences, printAbsence, revokeAbsence, viewAbsence, type Sighting } from '#app/certificates/absences.ts'
import { CERTIFICATE_PURPOSES } from '#app/certificates/certificates.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { AbsencePage } from '#views/certificates/absence.tsx'
import { AbsenceForm } from '#views/certificates/absence-form.tsx'
import { AbsencePaperPage } from '#views/certificates/absence-paper.tsx'
import { AbsenceListPage } from '#views/certificates/absences.tsx'

const List = z.object({ region: pickedRegion, before: z.coerce.number().int().positive().optional().catch(undefined) })
const line = (longest: number, least = 0, words = '') => z.string(words).trim().min(least, words).max(longest, `Paling banyak ${longest} huruf.`)
const Wanted = z.object({
  id: z.uuid(), region: z.string().max(20), nik: z.string().transform((text) => text.replace(/[\s.-]/g, '')), name: line(100, 2, 'Isi namanya.').regex(/\p{L}/u, 'Isi namanya.'), birthPlace: line(60, 2, 'Isi tempat lahirnya.'), birthDate: z.string().max(10),
  sex: z.coerce.number('Pilih jenis kelaminnya.').pipe(z.literal([1, 2], 'Pilih jenis kelaminnya.')), address: line(200, 3, 'Isi alamatnya.'), ruledOutNote: line(300).default(''), seen: z.string().max(20).default(''),
  purpose: z.enum(CERTIFICATE_PURPOSES, 'Pilih keperluannya.'), purposeNote: line(150).default(''), days: z.coerce.number().pipe(z.literal([30, 90, 180], 'Pilih masa berlakunya.')),
  signatoryName: line(100, 3, 'Isi nama penanda tangan.'), signatoryPosition: line(100, 3, 'Isi jabatannya.'), signatoryNip: z.string().trim().regex(/^[\d ]{0,30}$/, 'NIP terdiri atas angka.').default(''),
})
const Note = z.object({ note: line(300).default('') })
const TITLE = 'Buat surat keterangan tidak terdaftar'

// The other letter, beside those that somebody is registered.
export const absenceRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('certificate.read'), (c) => {
    const { actor } = c.var
    const { region, before } = readQuery(c, List)
    return page(c, 'Surat keterangan tidak terdaftar', <AbsenceListPage {...listAbsences(db, actor, { region, before }, dayOf(new Date().toISOString(), zoneOf(actor.regions[0] ?? '')))} region={region}
      places={placeChoices(db, actor, region)} mayIssue={can(actor, 'certificate.issue')} />)
  })

  .get('/new', may('certificate.issue'), (c) => {
    const { signatory } = beginAbsence({ db, actor: c.var.actor })
    return form(c, db, { id: crypto.randomUUID(), ...(signatory && { signatoryName: signatory.name, signatoryPosition: signatory.position, signatoryNip: signatory.nip }) })
  })

  .post('/', may('certificate.issue'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem, value: found } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { region: regionCode, ...wanted } = parse(Wanted, typed)
      return issueAbsence(tx, { ...wanted, regionCode })
    }))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem || found) return form(c, db, typed, { sighting: found, problem })
    return changed(c, `/certificates/absent/${typed.id}`, { message: 'Surat keterangan dibuat. Cetak, lalu mintakan tanda tangan.' })
  })

  .get('/:id', may('certificate.read'), (c) => show(c, db))

  .get('/:id/print', may('certificate.read'), (c) => {
    const paper = transact(db, c.var.actor, (tx) => printAbsence(tx, c.req.param('id')))
    return page(c, `Surat ${paper.found.letterNumber}`, <AbsencePaperPage paper={paper} address={`${c.get('origin') ?? new URL(c.req.url).origin}/cek/surat`} />)
  })

  .post('/:id/revocation', may('certificate.issue'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => revokeAbsence(tx, c.req.param('id'), parse(Note, typed).note)))
    if (!problem) return changed(c, `/certificates/absent/${c.req.param('id')}`, { message: 'Surat dicabut.' })
    if (problem.code !== 'invalid') throw problem
    return show(c, db, typed, problem)
  })

// Found instead of the letter: 409, the form as it was typed.
function form(c: Context<Env>, db: Db, typed: Record<string, string>, { sighting, problem }: { sighting?: Sighting, problem?: Problem } = {}) {
  const { villages } = beginAbsence({ db, actor: c.var.actor })
  return page(c, TITLE, <AbsenceForm villages={villages} typed={typed} sighting={sighting} problem={problem} />, { status: problem?.status ?? (sighting && 409) })
}

function show(c: Context<Env, '/:id'>, db: Db, typed?: Record<string, string>, problem?: Problem) {
  const reader = { db, actor: c.var.actor }
  const zone = zoneOf(getAbsence(reader, c.req.param('id')).regionCode)
  const view = viewAbsence(reader, c.req.param('id'), dayOf(new Date().toISOString(), zone))
  return page(c, `Surat ${view.found.letterNumber}`, <AbsencePage view={view} zone={zone} typed={typed} problem={problem} />, { status: problem?.status })
}
