import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { streamed } from '#app/exports/streaming.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { confirmIntake, discardIntake, errorRows, listIntakes, openErrorReport, openRecipientIntake, previewIntake } from '#app/intake/intakes.ts'
import { intakesSoon, isStopped, workOnIntake } from '#app/intake/intake-work.ts'
import { readUpload } from '#app/intake/page-parts.ts'
import { getUnmatched, keepRest, listUnmatched, searchCandidates, settleRow, type Decision } from '#app/intake/unmatched.ts'
import { CENTRAL_CODES } from '#app/programmes/route-parts.ts'
import type { CentralCode } from '#app/programmes/programme.ts'
import { invalid, type Problem } from '#app/problems.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { errorHeading, errorLines, recipientTemplate } from '#views/intake/csv.ts'
import { IntakeListPage } from '#views/intake/list.tsx'
import { IntakePage, IntakeState } from '#views/intake/preview.tsx'
import { UnmatchedPage, UnmatchedRowPage } from '#views/intake/unmatched.tsx'
import { IntakeUploadPage, type Typed } from '#views/intake/upload.tsx'

const programme = z.enum(CENTRAL_CODES)
const List = z.object({ before: z.string().max(90).optional() })
const Programme = z.object({ programme: programme.catch('sembako') })
const Upload = z.object({ programme, region: pickedRegion, defaultState: z.string().max(60).default(''), source: z.string().trim().min(3, 'Tuliskan dari mana berkas ini.').max(200, 'Paling banyak 200 huruf.') })
const Unmatched = z.object({ which: z.enum(['left', 'settled']).catch('left'), after: z.coerce.number().int().min(0).optional().catch(undefined) })
const Search = z.object({ q: z.string().trim().max(100).default(''), region: pickedRegion })
const note = z.string().trim().max(300, 'Paling banyak 300 huruf.').default('')
const Keeping = z.object({ key: z.uuid(), note })
const Settlement = z.object({ key: z.uuid(), decision: z.enum(['link', 'keep', 'throw']), place: z.string().max(120).default(''), region: pickedRegion, note })

const idOf = (c: Context<Env>) => c.req.param('id')!
const positionOf = (c: Context<Env>) => Number(c.req.param('position'))

function decisionOf({ key, decision, place, region, note: why }: z.output<typeof Settlement>): Decision {
  if (decision !== 'link') return decision === 'keep' ? { decision, key, note: why, village: region } : { decision, key, note: why }
  const [householdId = '', family = '', member = ''] = place.split('~')
  if (!householdId) throw invalid({ place: 'Pilih satu keluarga atau orang.' })
  return { decision, key, note: why, householdId, familySeq: family ? Number(family) : null, memberSeq: member ? Number(member) : null }
}

// Files of recipients and of results of payments on their way in.
export const intakeRoutes = ({ db, dataDirectory }: Deps) => {
  const upload = (c: Context<Env>, code: CentralCode, typed: Typed, problem?: Problem) =>
    page(c, 'Unggah daftar penerima', <IntakeUploadPage {...readUpload(db, c.var.actor, code)} typed={typed} problem={problem} />, { status: problem?.status })
  const row = (c: Context<Env>, q: string, region: string, typed?: string, problem?: Problem) => {
    const found = getUnmatched({ db, actor: c.var.actor }, idOf(c), positionOf(c))
    return page(c, found.row.name, <UnmatchedRowPage {...found} q={q} candidates={searchCandidates(db, c.var.actor, found.intake, q)} village={findRegionName(db, found.row.regionCode) ?? ''}
      levels={pickerLevels(db, { chosen: region, within: found.intake.regionCode })} keys={[crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]} note={typed} problem={problem} />, { status: problem?.status })
  }

  return new Hono<Env>()
    .use(may('programme.import', 'programme.pay'))
    .get('/', (c) => page(c, 'Impor penerima', <IntakeListPage {...listIntakes(db, c.var.actor, readQuery(c, List).before)} now={new Date().toISOString()} />))
    .get('/new', (c) => upload(c, readQuery(c, Programme).programme, {}))
    .get('/template.csv', (c) => c.body(recipientTemplate(readQuery(c, Programme).programme), 200, asCsv(`contoh-penerima-${readQuery(c, Programme).programme}.csv`)))

    .post('/', async (c) => {
      const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
      const { value, problem } = await attempt(() => {
        const { region: regionCode, ...facts } = parse(Upload, fields)
        if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
        return transact(db, c.var.actor, (tx) => openRecipientIntake(tx, { id: crypto.randomUUID(), file, regionCode, ...facts }))
      })
      if (problem?.code === 'invalid') return upload(c, Programme.parse(fields).programme, fields as Typed, problem)
      if (problem) throw problem
      workOnIntake(db, dataDirectory, value.id)
      await intakesSoon(db)
      return changed(c, `/intake/${value.id}`, { message: value.known ? 'Berkas yang sama sudah pernah diimpor. Ini hasilnya.' : 'Berkas diterima dan dibaca.' })
    })

    .get('/:id', (c) => {
      const found = previewIntake(db, c.var.actor, idOf(c))
      const preview = { ...found, stopped: isStopped(db, found.intake) }
      return page(c, preview.intake.fileName, () => <IntakePage {...preview} />, { part: () => <IntakeState {...preview} /> })
    })
    .get('/:id/errors.csv', (c) => {
      const id = idOf(c)
      transact(db, c.var.actor, (tx) => openErrorReport(tx, id))
      return c.body(streamed(errorHeading(), errorRows(db, id), errorLines), 200, asCsv(`kesalahan-impor-${id.slice(0, 8)}.csv`))
    })
    .post('/:id/confirmation', async (c) => {
      transact(db, c.var.actor, (tx) => confirmIntake(tx, idOf(c)))
      workOnIntake(db, dataDirectory, idOf(c))
      await intakesSoon(db)
      return changed(c, `/intake/${idOf(c)}`, { message: 'Isi berkas dimasukkan. Anda boleh meninggalkan halaman ini.' })
    })
    .post('/:id/discard', (c) => {
      transact(db, c.var.actor, (tx) => discardIntake(tx, idOf(c)))
      workOnIntake(db, dataDirectory, idOf(c))
      return changed(c, '/intake', { message: 'Berkas dibatalkan. Tidak ada yang berubah.' })
    })

    .get('/:id/unmatched', (c) => {
      const { which, after } = readQuery(c, Unmatched)
      return page(c, 'Tidak ada di registri', <UnmatchedPage {...listUnmatched(db, c.var.actor, idOf(c), which, after)} which={which} formKey={crypto.randomUUID()} mayExport={can(c.var.actor, 'export.make')} />)
    })
    .post('/:id/keeping', async (c) => {
      const form = await readForm(c, Keeping)
      const { kept } = transact(db, c.var.actor, (tx) => keepRest(tx, idOf(c), form))
      return changed(c, `/intake/${idOf(c)}/unmatched`, { message: `${kept} penerima disimpan sebagai tidak ada di registri.` })
    })
    .get('/:id/unmatched/:position{[0-9]{1,9}}', (c) => {
      const { q, region } = readQuery(c, Search)
      return row(c, q, region)
    })
    .post('/:id/unmatched/:position{[0-9]{1,9}}', async (c) => {
      const { problem } = await attempt(async () => {
        const decision = decisionOf(await readForm(c, Settlement))
        transact(db, c.var.actor, (tx) => settleRow(tx, idOf(c), positionOf(c), decision))
      })
      if (problem?.code === 'invalid') return row(c, getUnmatched({ db, actor: c.var.actor }, idOf(c), positionOf(c)).row.name, '', String((await c.req.parseBody()).note ?? ''), problem)
      if (problem) throw problem
      return changed(c, `/intake/${idOf(c)}/unmatched`, { message: 'Baris diselesaikan.' })
    })
}
