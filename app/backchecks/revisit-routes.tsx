import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { reassign } from '#app/backchecks/assigning.ts'
import { shownItems } from '#app/backchecks/items.ts'
import { judgePair, openPair } from '#app/backchecks/judging.ts'
import { addFront, listMine, openMine, submitRevisit } from '#app/backchecks/revisits.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, parse, readForm, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { MEETINGS, VERDICTS, type Verdict } from '#app/backchecks/items.ts'
import { transact } from '#db/transaction.ts'
import { MinePage } from '#views/backchecks/mine.tsx'
import { PairPage } from '#views/backchecks/pair.tsx'
import { RevisitPage } from '#views/backchecks/revisit.tsx'

const number = (words: string) => z.string(words).trim().regex(/^-?\d{1,5}([.,]\d{1,12})?$/, words).transform((text) => Number(text.replace(',', '.')))
const revision = z.coerce.number().int().min(1)
const Told = z.object({
  key: z.uuid(), revision, meeting: z.enum(MEETINGS, 'Pilih bagaimana kunjungan Anda.'), note: z.string().trim().max(500, 'Paling banyak 500 huruf.').default(''),
  latitude: number('Ambil lokasi dahulu.'), longitude: number('Ambil lokasi dahulu.'), accuracy: number('Isi ketelitian lokasi.'), locatedAt: z.iso.datetime().nullable().catch(null),
})
const Assigned = z.object({ key: z.uuid(), revision, officerId: z.string('Pilih petugas.').min(1, 'Pilih petugas.').max(64) })
const Judged = z.looseObject({ key: z.uuid(), revision, note: z.string().trim().max(500, 'Paling banyak 500 huruf.').default('') })

type Ctx = Context<Env, any>

// The second officer's side: whom to find and what to ask, never what was answered before.
export const revisitRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('backcheck.visit'))

  .get('/', (c) => page(c, 'Kunjungan ulang saya', <MinePage {...listMine(db, c.var.actor)} today={dayIn(c.var.actor.regions[0] ?? '', new Date().toISOString())} />))

  .get('/:id', (c) => showForm(c, db, {}))

  .post('/:id', async (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => openMine(tx, id))
    const { fields, files } = await receiveFiles(c, dataDirectory, { front: 'photo' })
    const typed = texts(fields)
    const { problem } = await attempt(() => {
      for (const file of files) transact(db, c.var.actor, (tx) => addFront(tx, id, file))
      const { latitude, longitude, accuracy, locatedAt, ...told } = parse(Told, typed)
      return transact(db, c.var.actor, (tx) => submitRevisit(tx, id, { ...told, coordinate: { latitude, longitude, accuracyM: accuracy, locatedAt }, fields: typed }))
    })
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return showForm(c, db, typed, problem)
    return changed(c, '/backchecks/mine', { message: 'Kunjungan ulang terkirim. Terima kasih.' })
  })

// Both visits side by side, for who coordinates.
export const pairRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/:id', may('backcheck.read'), (c) => showPair(c, db))

  .post('/:id/assignment', may('backcheck.judge', 'backcheck.plan'), async (c) => {
    const id = c.req.param('id')
    const { problem } = await attempt(async () => {
      const form = await readForm(c, Assigned)
      return transact(db, c.var.actor, (tx) => reassign(tx, id, form))
    })
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? showPair(c, db, problem) : changed(c, `/backchecks/visits/${id}`, { message: 'Petugas kunjungan ulang diganti.' })
  })

  .post('/:id/judgement', may('backcheck.judge'), async (c) => {
    const id = c.req.param('id')
    const { problem, value } = await attempt(async () => {
      const { key, revision: seen, note, ...fields } = await readForm(c, Judged)
      const verdicts = verdictsOf(fields)
      transact(db, c.var.actor, (tx) => judgePair(tx, id, { key, revision: seen, note, verdicts }))
      return Object.values(verdicts).includes('full_revisit')
    })
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return showPair(c, db, problem)
    return changed(c, `/backchecks/visits/${id}`, { message: value ? 'Penilaian disimpan. Tekan "Buat tugas" untuk meminta kunjungan ulang penuh.' : 'Penilaian disimpan.' })
  })

function showForm(c: Ctx, db: Db, typed: Record<string, string>, problem?: Problem) {
  const form = transact(db, c.var.actor, (tx) => openMine(tx, c.req.param('id')!))
  return page(c, form.headName, <RevisitPage form={form} items={shownItems(form.items.map(({ key }) => key))} typed={typed} formKey={crypto.randomUUID()} problem={problem} />, { status: problem?.status })
}

function showPair(c: Ctx, db: Db, problem?: Problem) {
  const pair = transact(db, c.var.actor, (tx) => openPair(tx, c.req.param('id')!))
  return page(c, pair.household.headName, <PairPage pair={pair} formKey={crypto.randomUUID()} mayMakeTask={can(c.var.actor, 'task.write')} mayReview={can(c.var.actor, 'visit.check') || can(c.var.actor, 'visit.verify')} problem={problem} />, { wide: true, status: problem?.status })
}

const verdictsOf = (fields: Record<string, unknown>): Record<string, Verdict> => Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => {
  const item = name.startsWith('verdict.') ? name.slice(8) : ''
  const verdict = VERDICTS.find((one) => one === value)
  return item && verdict ? [[item, verdict]] : []
}))
