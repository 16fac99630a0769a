import { and, eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bulkDone, resumeBulk, sweepRuns } from '#app/bulk/run-work.ts'
import { confirmRun } from '#app/bulk/runs.ts'
import { openHousehold } from '#app/households/detail.ts'
import { reviseHousehold } from '#app/households/records.ts'
import type { Actor } from '#app/users/actor.ts'
import { bulkItems, bulkRuns, households, reviews, transitions, visits } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { markKnown } from '#test/support/matching.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, as, budi, eko, freshApp, GADINGSARI, mega, nia, oki, PONCOSARI, rina, siti, stageOf, tono, TRIMURTI, wawan, type Fields } from '#test/support/world.ts'

const key = () => crypto.randomUUID()

// Signed-in acts of one person, each followed to its end.
function world() {
  const fresh = freshApp()
  const preview = async (actor: Actor, noun: string, fields: Fields) => {
    const id = key()
    const answer = await fresh.as(actor).post(`/bulk/${noun}`, { key: id, ...fields })
    await bulkDone(fresh.db)
    return { id, answer, page: () => fresh.as(actor).get(`/bulk/${id}`).then((response) => response.text()) }
  }
  const press = async (actor: Actor, id: string, what: 'confirmation' | 'undo') => {
    const { status } = await fresh.as(actor).post(`/bulk/${id}/${what}`)
    await bulkDone(fresh.db)
    return status
  }
  const run = async (actor: Actor, noun: string, fields: Fields) => {
    const { id } = await preview(actor, noun, fields)
    await press(actor, id, 'confirmation')
    return id
  }
  return { ...fresh, preview, press, run, runAt: (id: string) => fresh.db.select().from(bulkRuns).where(eq(bulkRuns.id, id)).get()! }
}
type World = ReturnType<typeof world>

const moves = ({ db }: World, id: string) => db.select({ to: transitions.toStage }).from(transitions).where(eq(transitions.householdId, id)).all().map(({ to }) => to)
const officerOf = ({ db }: World, id: string) => db.select({ officer: households.officerId }).from(households).where(eq(households.id, id)).get()!.officer
const inactivate = ({ db }: World, id: string) => db.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES (?, 'D1', '2026-02-01', 'test')").run(id)

const previewing = suite('previewing an act on many')

previewing('shows what would change, what is left out and why, and changes nothing', async () => {
  const here = world()
  addHousehold(here.db, 'asep', { head: 'Asep Suryana' })
  addHousehold(here.db, 'bejo', { head: 'Bejo Widodo', stage: 'assigned', officer: siti })
  addHousehold(here.db, 'cahya', { head: 'Cahya Nugroho' })
  inactivate(here, 'cahya')
  const { answer, page } = await here.preview(rina, 'assignment', { village: PONCOSARI, officer: 'tono', household: ['asep', 'bejo', 'cahya'] })
  assert.is(answer.status, 303)
  const text = await page()
  for (const words of ['Asep Suryana', 'Prelist diterbitkan ke desa → Diterima petugas', 'Tugaskan 1 baris', 'Tono Wibowo', 'sudah dipegang petugas', 'Bejo Widodo', 'nonaktif', 'Cahya Nugroho']) assert.match(text, words)
  assert.equal(['asep', 'bejo', 'cahya'].map((id) => stageOf(here.db, id)), ['published', 'assigned', 'published'])
})

previewing('is refused where the act itself would be', async () => {
  const here = world()
  addHousehold(here.db, 'asep')
  addHousehold(here.db, 'gadis', { regionCode: GADINGSARI })
  const refused: [Actor, string, Fields, number][] = [
    [siti, 'publication', { village: PONCOSARI }, 403], [budi, 'publication', { village: PONCOSARI }, 403], [budi, 'revocation', { village: PONCOSARI, household: 'asep', note: 'keliru' }, 403],
    [rina, 'approval', { scope: 'all' }, 303], [oki, 'approval', { scope: 'all' }, 403], [mega, 'assignment', { village: PONCOSARI, officer: 'tono', household: 'asep' }, 403],
    [nia, 'publication', { village: PONCOSARI }, 404], [nia, 'assignment', { village: PONCOSARI, officer: 'tono', household: 'asep' }, 404], [rina, 'publication', {}, 422],
    [rina, 'assignment', { village: PONCOSARI, officer: 'dewi', household: 'asep' }, 422], [rina, 'assignment', { village: PONCOSARI, officer: 'tono' }, 422],
    [rina, 'assignment', { village: PONCOSARI, officer: 'tono', household: ['asep', 'gadis'] }, 404], [rina, 'revocation', { village: PONCOSARI, household: 'asep', note: ' ' }, 422],
    [budi, 'approval', {}, 422], [budi, 'approval', { visit: 'nowhere:1' }, 404],
  ]
  for (const [actor, noun, fields, status] of refused) assert.is((await here.preview(actor, noun, fields)).answer.status, status, `${actor.id} ${noun} ${JSON.stringify(fields)}`)
  assert.is(here.db.select().from(bulkRuns).all().length, 1)
})

previewing('is for whoever began it alone', async () => {
  const here = world()
  addHousehold(here.db, 'asep', { stage: 'listed' })
  const { id } = await here.preview(rina, 'publication', { village: PONCOSARI })
  for (const actor of [budi, nia, mega]) {
    assert.is((await here.as(actor).get(`/bulk/${id}`)).status, 404)
    assert.is(await here.press(actor, id, 'confirmation'), 404)
  }
  assert.is(stageOf(here.db, 'asep'), 'listed')
})

previewing('shows nothing of the neighbour\'s visits', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'assigned', officer: siti })
  addVisit(here.db, 'a', siti, { id: 'visit-a' })
  assert.is((await here.preview(eko, 'approval', { visit: 'visit-a:1' })).answer.status, 404)
  const { page } = await here.preview(eko, 'approval', { scope: 'all' })
  assert.not.match(await page(), 'Asep Suryana')
})

previewing('does the same form, and the same press, once', async () => {
  const here = world()
  addHousehold(here.db, 'asep', { stage: 'listed' })
  const { id } = await here.preview(rina, 'publication', { village: PONCOSARI })
  await here.as(rina).post('/bulk/publication', { key: id, village: PONCOSARI })
  await bulkDone(here.db)
  assert.is(here.runAt(id).planned, 1)
  for (let time = 0; time < 2; time += 1) assert.is(await here.press(rina, id, 'confirmation'), 303)
  assert.equal(moves(here, 'asep'), ['listed', 'published'])
  assert.is(here.runAt(id).done, 1)
})

previewing.run()

const running = suite('running it')

running('publishes whole villages, beyond one page, and only those', async () => {
  const here = world()
  for (let i = 0; i < 120; i += 1) addHousehold(here.db, `a${i}`, { stage: 'listed' })
  addHousehold(here.db, 'bejo', { stage: 'listed', regionCode: TRIMURTI })
  const id = await here.run(rina, 'publication', { village: PONCOSARI })
  assert.equal([here.runAt(id).status, here.runAt(id).done, here.runAt(id).planned], ['done', 120, 0])
  assert.is(stageOf(here.db, 'a119'), 'published')
  assert.is(stageOf(here.db, 'bejo'), 'listed')
  assert.equal(actions(here.db).slice(-1), ['bulk.done'])
})

running('gives the first so many free rows to an officer, and takes rows back by filter', async () => {
  const here = world()
  for (const id of ['a', 'b', 'c']) addHousehold(here.db, id)
  await here.run(rina, 'assignment', { scope: 'all', village: PONCOSARI, officer: 'tono', count: '2' })
  assert.equal(['a', 'b', 'c'].map((id) => officerOf(here, id)), ['tono', 'tono', null])
  await here.run(rina, 'assignment', { scope: 'all', village: PONCOSARI, officer: 'siti' })
  await here.run(rina, 'revocation', { scope: 'all', village: PONCOSARI, holder: 'tono', note: 'Dipindah tugas' })
  assert.equal(['a', 'b', 'c'].map((id) => officerOf(here, id)), [null, null, 'siti'])
})

running('passes over what changed since the preview, and says so', async () => {
  const here = world()
  for (const id of ['a', 'b']) addHousehold(here.db, id, { head: `Warga ${id.toUpperCase()}` })
  const { id, page } = await here.preview(rina, 'assignment', { village: PONCOSARI, officer: 'tono', household: ['a', 'b'] })
  await here.as(siti).post('/prelist/taking', { household: 'a' })
  await here.press(rina, id, 'confirmation')
  assert.equal(['a', 'b'].map((one) => officerOf(here, one)), ['siti', 'tono'])
  assert.match(await page(), 'sudah dipegang petugas')
  assert.equal([here.runAt(id).done, here.runAt(id).skipped], [1, 1])
})

running('approves the unflagged, at either level, and names the rest', async () => {
  const here = world()
  for (const [id, flags, outcome] of [['a', 0, 1], ['b', 2, 1], ['c', 0, 5]] as const) {
    addHousehold(here.db, id, { stage: 'assigned', officer: siti, head: `Warga ${id.toUpperCase()}` })
    addVisit(here.db, id, siti, { id: `visit-${id}`, flags, outcome })
    markKnown(here.db, id)
  }
  const first = await here.run(budi, 'approval', { scope: 'all', village: PONCOSARI })
  assert.equal(['a', 'b', 'c'].map((id) => stageOf(here.db, id)), ['checked', 'submitted', 'submitted'])
  assert.match(await (await here.as(budi).get(`/bulk/${first}`)).text(), /ada tanda yang harus dibaca: Warga B/)
  await here.run(rina, 'approval', { visit: 'visit-a:1' })
  assert.is(stageOf(here.db, 'a'), 'verified')
  assert.is(here.db.select().from(reviews).where(and(eq(reviews.visitId, 'visit-a'), eq(reviews.bulk, true))).all().length, 2)
  assert.is((await here.preview(rina, 'approval', { visit: 'visit-b:1' })).answer.status, 303)
})

running('leaves alone a visit that was sent again since it was seen', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'assigned', officer: siti })
  addVisit(here.db, 'a', siti, { id: 'visit-a' })
  const { id } = await here.preview(budi, 'approval', { visit: 'visit-a:1' })
  here.db.update(visits).set({ revision: 2 }).where(eq(visits.id, 'visit-a')).run()
  await here.press(budi, id, 'confirmation')
  assert.is(stageOf(here.db, 'a'), 'submitted')
})

running('goes on after a restart where it stopped, and repeats nothing', async () => {
  const here = world()
  for (let i = 0; i < 60; i += 1) addHousehold(here.db, `a${i}`, { stage: 'listed' })
  const { id } = await here.preview(rina, 'publication', { village: PONCOSARI })
  transact(here.db, rina, (tx) => confirmRun(tx, id))
  resumeBulk(here.db)
  resumeBulk(here.db)
  await bulkDone(here.db)
  assert.is(here.runAt(id).done, 60)
  assert.equal(moves(here, 'a59'), ['listed', 'published'])
})

running.run()

const undoing = suite('undoing it')

undoing('takes rows back by moves of their own; the trail tells both', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'assigned', officer: siti })
  addHousehold(here.db, 'b', { stage: 'downloaded', officer: tono })
  const id = await here.run(rina, 'revocation', { village: PONCOSARI, household: ['a', 'b'], note: 'Salah pilih' })
  assert.is(await here.press(rina, id, 'undo'), 303)
  assert.equal(['a', 'b'].map((one) => [stageOf(here.db, one), officerOf(here, one)]), [['assigned', 'siti'], ['downloaded', 'tono']])
  assert.equal(moves(here, 'b').slice(-3), ['downloaded', 'published', 'downloaded'])
  assert.equal([here.runAt(id).status, here.runAt(id).undone, here.runAt(id).kept], ['undone', 2, 0])
})

undoing('takes an approval back: the case waits again, and may be decided again', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'assigned', officer: siti })
  addVisit(here.db, 'a', siti, { id: 'visit-a' })
  markKnown(here.db, 'a')
  const id = await here.run(wawan, 'approval', { visit: 'visit-a:1' })
  await here.press(wawan, id, 'undo')
  assert.is(stageOf(here.db, 'a'), 'submitted')
  assert.is(here.db.select().from(visits).get()!.status, 'submitted')
  await here.run(budi, 'approval', { visit: 'visit-a:1' })
  assert.is(stageOf(here.db, 'a'), 'checked')
})

undoing('keeps what somebody has gone on with, and tells the rest by name', async () => {
  const here = world()
  for (const id of ['a', 'b', 'c', 'd']) addHousehold(here.db, id, { stage: 'listed', head: `Warga ${id.toUpperCase()}` })
  const id = await here.run(rina, 'publication', { village: PONCOSARI })
  await here.as(siti).post('/prelist/taking', { household: 'a' })
  const before = here.db.select().from(households).where(eq(households.id, 'b')).get()!
  as(here.db, mega, (tx) => reviseHousehold(tx, before, before.version, before.record, 'determination:x'), new Date().toISOString())
  as(here.db, rina, (tx) => openHousehold(tx, 'c'), new Date().toISOString())
  await here.press(rina, id, 'undo')
  assert.equal(['a', 'b', 'c', 'd'].map((one) => stageOf(here.db, one)), ['assigned', 'published', 'listed', 'listed'])
  const page = await (await here.as(rina).get(`/bulk/${id}`)).text()
  assert.match(page, 'sudah diteruskan oleh Siti Rahayu')
  assert.match(page, 'sudah diubah oleh Mega Puspita')
  assert.equal([here.runAt(id).undone, here.runAt(id).kept], [2, 2])
})

undoing('ends ten minutes after', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'listed' })
  const id = await here.run(rina, 'publication', { village: PONCOSARI })
  assert.match(await (await here.as(rina).get(`/bulk/${id}`)).text(), 'Urungkan (sampai')
  here.db.update(bulkRuns).set({ undoUntil: '2026-01-01T00:00:00.000Z' }).run()
  assert.not.match(await (await here.as(rina).get(`/bulk/${id}`)).text(), 'Urungkan (sampai')
  assert.is(await here.press(rina, id, 'undo'), 409)
  assert.is(stageOf(here.db, 'a'), 'published')
})

undoing('lets old previews and rows go, never the moves', async () => {
  const here = world()
  addHousehold(here.db, 'a', { stage: 'listed' })
  const idle = (await here.preview(rina, 'publication', { village: PONCOSARI })).id
  const done = await here.run(rina, 'publication', { village: PONCOSARI })
  transact(here.db, rina, sweepRuns, new Date(Date.now() + 2 * 86_400_000))
  assert.is(await here.press(rina, idle, 'confirmation'), 409)
  transact(here.db, rina, sweepRuns, new Date(Date.now() + 8 * 86_400_000))
  assert.is(here.db.select().from(bulkItems).where(eq(bulkItems.runId, done)).all().length, 0)
  assert.equal(moves(here, 'a'), ['listed', 'published'])
})

undoing.run()
