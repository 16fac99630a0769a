import { Hono, type Context } from 'hono'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { confirmMinutes, grantAgreed } from '#app/local/deciding.ts'
import { listFamilies } from '#app/local/families.ts'
import { finishDue, finishingSoon } from '#app/local/finishing.ts'
import { newChoices, readLocal, villageOf } from '#app/local/page-parts.ts'
import { localPaymentRoutes } from '#app/local/payment-routes.tsx'
import { printLocal } from '#app/local/printing.ts'
import { addLocal, closeLocal, demandOwner, editLocal, getLocal, listLocal } from '#app/local/programmes.ts'
import { proposeFamilies, stopRecipient } from '#app/local/recipients.ts'
import { Added, Closing, Deciding, Edited, Families, List, Printing, Proposing, Shown, Stopping } from '#app/local/route-parts.ts'
import { conflict, type Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { chosenPlace } from '#app/users/scope.ts'
import { transact } from '#db/transaction.ts'
import { FamiliesPage } from '#views/local/families.tsx'
import { LocalForm } from '#views/local/form.tsx'
import { LocalListPage } from '#views/local/list.tsx'
import { LocalPaperPage } from '#views/local/paper.tsx'
import { LocalProgrammePage } from '#views/local/programme.tsx'

const idOf = (c: Context<Env, any>) => c.req.param('id')!
const today = () => dayOf(new Date().toISOString())

// Aid of a desa or a kabupaten: what there is, whom the musyawarah chose, what was paid.
export const localRoutes = (deps: Deps) => {
  const { db, dataDirectory } = deps
  const form = (c: Context<Env, any>, typed: Record<string, string>, { id, problem }: { id?: string, problem?: Problem } = {}) => {
    if (problem && problem.code !== 'invalid') throw problem
    const choices = newChoices({ db, actor: c.var.actor })
    return page(c, id ? 'Ubah program' : 'Buat program', <LocalForm id={id} typed={typed} problem={problem} kinds={choices.kinds} places={choices.places(typed.region ?? '')} today={today()} />, { status: problem?.status })
  }
  const show = (c: Context<Env, any>, { problem, typed = {}, about }: { problem?: Problem, typed?: Record<string, string>, about?: 'minutes' | 'letter' | 'closing' } = {}) => {
    if (problem && problem.code !== 'invalid') throw problem
    const { after, ...asked } = readQuery(c, Shown)
    const reading = readLocal({ db, actor: c.var.actor }, idOf(c), { ...asked, region: typed.region || asked.region }, after)
    return page(c, reading.local.name, <LocalProgrammePage {...reading} ids={[crypto.randomUUID(), crypto.randomUUID()]} problem={problem} typed={typed} about={about} />, { status: problem?.status })
  }
  const families = (c: Context<Env, any>, posted: { problem?: Problem, ticked?: string[], reason?: string } = {}) => {
    if (posted.problem && posted.problem.code !== 'invalid') throw posted.problem
    const { after, region, ...asked } = readQuery(c, Families)
    const reader = { db, actor: c.var.actor }
    const local = getLocal(reader, idOf(c))
    const village = villageOf(c.var.actor, local, region)
    const found = village ? listFamilies(reader, local.id, { ...asked, village }, today(), after) : undefined
    return page(c, 'Usulkan keluarga', <FamiliesPage local={local} village={village} villageName={village && (findRegionName(db, village) ?? village)} filter={{ ...asked, region }} found={found}
      places={placeChoices(db, c.var.actor, region)} formKey={crypto.randomUUID()} {...posted} />, { status: posted.problem?.status })
  }

  return new Hono<Env>()
    .use(may('programme.read'))
    .get('/', (c) => {
      const { after, ...filter } = readQuery(c, List)
      const { actor } = c.var
      return page(c, 'Bantuan desa & kabupaten', <LocalListPage {...listLocal(db, actor, filter, after)} filter={filter} places={placeChoices(db, actor, filter.region)} mayManage={can(actor, 'local.manage')} mayExport={can(actor, 'export.make')} />)
    })
    .get('/new', may('local.manage'), (c) => form(c, { ...texts(c.req.queries(), 'region'), id: crypto.randomUUID() }))
    .post('/', may('local.manage'), async (c) => {
      const fields = await c.req.parseBody({ all: true })
      const { value, problem } = await attempt(() => {
        const { region, ...fresh } = parse(Added, fields)
        return transact(db, c.var.actor, (tx) => addLocal(tx, { ...fresh, regionCode: chosenPlace(region, c.var.actor) }))
      })
      return problem ? form(c, texts(fields, 'region'), { problem }) : changed(c, `/local/${value.id}`, { message: 'Program dibuat. Sekarang usulkan keluarganya.' })
    })
    .route('/', localPaymentRoutes(deps))
    .post('/recipients/:id/stopping', may('local.manage'), async (c) => {
      const stopping = await readForm(c, Stopping)
      const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => stopRecipient(tx, idOf(c), stopping)))
      if (problem) throw problem.code === 'invalid' ? conflict('Pilih alasannya, lalu kirim lagi.') : problem
      return changed(c, `/programmes/${value.programme}/recipients/${value.id}`, { message: value.state === 'stopped' ? 'Penerima dihentikan.' : 'Usulan keluarga ini dibatalkan.' })
    })

    .get('/:id', (c) => show(c))
    .get('/:id/edit', may('local.manage'), (c) => {
      const local = getLocal({ db, actor: c.var.actor }, idOf(c))
      demandOwner(c.var.actor, local)
      return form(c, { name: local.name, startsOn: local.startsOn, endsOn: local.endsOn, amount: String(local.amount), basis: local.basis, revision: String(local.revision) }, { id: local.id })
    })
    .post('/:id', may('local.manage'), async (c) => {
      demandOwner(c.var.actor, getLocal({ db, actor: c.var.actor }, idOf(c)))
      const fields = await c.req.parseBody({ all: true })
      const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => editLocal(tx, idOf(c), parse(Edited, fields))))
      return problem ? form(c, texts(fields, 'region'), { id: idOf(c), problem }) : changed(c, `/local/${idOf(c)}`, { message: 'Perubahan disimpan.' })
    })
    .post('/:id/closing', may('local.manage'), async (c) => {
      demandOwner(c.var.actor, getLocal({ db, actor: c.var.actor }, idOf(c)))
      const fields = await c.req.parseBody()
      const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => closeLocal(tx, idOf(c), parse(Closing, fields).note)))
      if (problem) return show(c, { problem, typed: texts(fields), about: 'closing' })
      void finishDue(db)
      await finishingSoon(db)
      return changed(c, `/local/${idOf(c)}`, { message: 'Program diakhiri. Penerimanya tidak lagi tercatat menerima.' })
    })

    .get('/:id/families', may('local.manage'), (c) => families(c))
    .post('/:id/families', may('local.manage'), async (c) => {
      getLocal({ db, actor: c.var.actor }, idOf(c))
      const fields = await c.req.parseBody({ all: true })
      const { value, problem } = await attempt(() => {
        const { family, ...proposing } = parse(Proposing, fields)
        return transact(db, c.var.actor, (tx) => proposeFamilies(tx, idOf(c), { ...proposing, families: family }))
      })
      if (problem) return families(c, { problem, ticked: [fields.family ?? []].flat().map(String), reason: String(fields.reason ?? '') })
      const said = [value.added > 0 && `${value.added} keluarga diusulkan.`, value.known > 0 && `${value.known} sudah tercatat sebelumnya.`].filter(Boolean).join(' ')
      return changed(c, `/local/${idOf(c)}/families${new URL(c.req.url).search}`, { message: `${said} Konfirmasi dengan berita acara pada halaman program.` })
    })
    .post('/:id/minutes', may('local.manage'), async (c) => {
      getLocal({ db, actor: c.var.actor }, idOf(c))
      const { fields, files: [minutes] } = await receiveFiles(c, dataDirectory, { minutes: 'document' })
      const { value, problem } = await attempt(() => {
        const { region, ...deciding } = parse(Deciding, fields)
        return transact(db, c.var.actor, (tx) => confirmMinutes(tx, idOf(c), region, deciding, minutes))
      })
      if (problem) return show(c, { problem, typed: texts(fields, 'region'), about: 'minutes' })
      return changed(c, `/local/${idOf(c)}?region=${value.regionCode}`, { message: `Berita acara dicatat untuk ${value.families} keluarga.` })
    })
    .post('/:id/letter', may('local.grant'), async (c) => {
      demandOwner(c.var.actor, getLocal({ db, actor: c.var.actor }, idOf(c)))
      const { fields, files: [letter] } = await receiveFiles(c, dataDirectory, { letter: 'document' })
      const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => grantAgreed(tx, idOf(c), parse(Deciding.omit({ region: true }), fields), letter)))
      if (problem) return show(c, { problem, typed: texts(fields, 'region'), about: 'letter' })
      return changed(c, `/local/${idOf(c)}`, { message: `${value.families} keluarga ditetapkan sebagai penerima.` })
    })
    .get('/:id/print', (c) => {
      const { region, month } = readQuery(c, Printing)
      const paper = transact(db, c.var.actor, (tx) => printLocal(tx, idOf(c), { village: villageOf(c.var.actor, getLocal(tx, idOf(c)), region), month }))
      return page(c, `Cetak ${paper.local.name}`, <LocalPaperPage paper={paper} />)
    })
}
