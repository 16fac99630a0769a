import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { OUTCOMES } from '#app/matching/matcher.ts'
import { matchedPlaces, totalOf } from '#app/matching/overview.ts'
import { askAgain, hurryRetries } from '#app/matching/retrying.ts'
import { resumeRuns, runsDone } from '#app/matching/run-work.ts'
import { startRun } from '#app/matching/runs.ts'
import { matchOf } from '#app/matching/states.ts'
import { listPeople } from '#app/matching/work-list.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { findGateFailures } from '#app/ratification/gates.ts'
import { households, inactiveHouseholds, matchingQuestions, matchingRuns, matchResults, matchRetries, matchStates } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { addFated, recordFated, run } from '#test/support/matching.ts'
import { addHousehold, as, BANTUL, budi, freshDatabase, nia, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const head = (db: Db, id: string) => matchOf(db, id)[0]!
const record = (db: Db, id: string) => db.select().from(households).where(eq(households.id, id)).get()!.record
const rename = (db: Db, id: string, change: Partial<HouseholdRecord['members'][number]>) => as(db, rina, (tx) => {
  const household = getHousehold(tx, id)
  const [first, ...others] = household.record.members
  reviseHousehold(tx, household, household.version, { ...household.record, members: [{ ...first, ...change }, ...others] }, 'perbaikan:test')
})
const LATER = '2026-04-02T03:00:00.000Z'
const trouble = { ask: (questions: readonly unknown[]) => Promise.resolve(questions.map(() => ({ said: 'trouble' as const }))) }

const matching = suite('a run of matching')

matching('tells every outcome of each member, with score, reasons and time', async () => {
  const db = freshDatabase()
  for (const outcome of OUTCOMES) addFated(db, outcome, outcome)
  const { status, questionCount, answeredCount } = await run(db)

  assert.equal([status, questionCount, answeredCount], ['done', 16, 16])
  assert.equal(OUTCOMES.map((outcome) => head(db, outcome).outcome), [...OUTCOMES])
  const { score, reasons, registerName, at } = head(db, 'tidak_padan_nama')
  assert.ok(score! < 60 && registerName && at)
  assert.match(reasons.join(' '), /paling sedikit 60%/)
  assert.is(matchOf(db, 'meninggal')[1]!.outcome, 'padan')
})

matching('asks next time only those who were never asked, changed, or failed, as wished', async () => {
  const db = freshDatabase()
  addFated(db, 'good', 'padan')
  addFated(db, 'named', 'tidak_padan_nama')
  await run(db)
  addFated(db, 'fresh', 'padan')
  const asked = async (...who: ('never' | 'changed' | 'failed' | 'everyone')[]) => (await run(db, { who })).questionCount

  assert.is(await asked('changed'), 0)
  assert.is(await asked('failed'), 1)
  assert.is(await asked('never'), 2)
  rename(db, 'good', { name: 'Asep Surya' })
  assert.is(await asked('changed'), 1)
  assert.is(await asked('everyone'), 6)
})

matching('passes over whoever has no NIK, is gone, or whose household rests', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: { ...recordFated('padan'), members: recordFated('padan').members.map((member, i) => i === 0 ? { ...member, nik: undefined } : { ...member, memberPresence: 2 }) } })
  addFated(db, 'resting', 'padan')
  db.insert(inactiveHouseholds).values({ householdId: 'resting', reason: 'pindah', since: '2026-01-01', cause: 'test' }).run()
  const { questionCount, skippedCount, status } = await run(db)
  assert.equal([questionCount, skippedCount, status], [0, 1, 'done'])
})

matching('is one run however often its form is sent', () => {
  const db = freshDatabase()
  const wanted = { id: 'run', regionCode: BANTUL, who: ['never' as const], method: 'file' as const, letter: '' }
  as(db, rina, (tx) => startRun(tx, wanted))
  as(db, rina, (tx) => startRun(tx, wanted))
  assert.is(db.select().from(matchingRuns).all().length, 1)
})

matching('goes on after a restart with those who have no answer yet', async () => {
  const db = freshDatabase()
  for (const id of ['one', 'two', 'three']) addFated(db, id, 'padan')
  const { id } = await run(db, { method: 'file' })
  const [first] = db.select().from(matchingQuestions).all()
  db.update(matchingQuestions).set({ outcome: 'padan' }).where(eq(matchingQuestions.position, first!.position)).run()
  db.update(matchingRuns).set({ status: 'asking' }).where(eq(matchingRuns.id, id)).run()

  resumeRuns(db)
  await runsDone(db)
  assert.is(db.select().from(matchingRuns).get()!.status, 'done')
  assert.is(db.select().from(matchResults).all().length, 5)
})

matching('gathers anew when it was broken off while gathering', async () => {
  const db = freshDatabase()
  addFated(db, 'one', 'padan')
  const { id } = await run(db, { method: 'file' })
  db.update(matchingRuns).set({ status: 'preparing' }).where(eq(matchingRuns.id, id)).run()
  resumeRuns(db)
  await runsDone(db)
  assert.equal([db.select().from(matchingQuestions).all().length, db.select().from(matchingRuns).get()!.status], [2, 'waiting'])
})

const failing = suite('a register that fails')

failing('leaves what was known as it was, and is asked again ever later', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'gangguan')
  await run(db)
  assert.equal(db.select().from(matchStates).all().map(({ memberSeq }) => memberSeq), [2])
  assert.equal(db.select().from(matchRetries).all().map(({ tries, cause }) => [tries, cause]), [[1, 'gangguan']])

  const hoursOn = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  await askAgain(db, hoursOn(0.1), trouble)
  const [{ tries, nextAt }] = db.select().from(matchRetries).all() as [typeof matchRetries.$inferSelect]
  assert.is(tries, 2)
  assert.ok(Date.parse(nextAt) - Date.now() > 14 * 60_000)
  assert.equal([await askAgain(db), await askAgain(db, hoursOn(1))], [0, 1])
  assert.equal([head(db, 'asep').outcome, db.select().from(matchRetries).all().length], ['padan', 0])
})

failing('does not undo a padan, nor is a NIK that is not online ever "tidak padan"', async () => {
  const db = freshDatabase()
  addFated(db, 'good', 'padan')
  addFated(db, 'new', 'belum_online')
  await run(db)
  const good = record(db, 'good').members[0]!
  db.insert(matchRetries).values({ householdId: 'good', memberSeq: 1, position: db.select().from(matchingQuestions).all().find(({ nik }) => nik === good.nik)!.position, runId: db.select().from(matchingRuns).get()!.id, method: 'simulator', regionCode: PONCOSARI, cause: 'gangguan', tries: 1, since: LATER, nextAt: LATER }).run()
  await askAgain(db, LATER, trouble)
  assert.is(head(db, 'good').outcome, 'padan')
  assert.is(head(db, 'new').outcome, 'belum_online')
  assert.equal(gatesOf(db, 'new'), [])
})

failing('may be asked again at once by whoever runs the matching there', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'gangguan')
  await run(db)
  assert.is(as(db, nia, hurryRetries), 0)
  assert.is(as(db, rina, hurryRetries, LATER), 1)
  assert.throws(() => as(db, budi, hurryRetries), /tidak berwenang/)
  assert.is(await askAgain(db, LATER), 1)
})

const history = suite('the history of a person')

history('keeps every answer, and the newest one decides', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'tidak_padan_nama', { head: 'Asep Suryana' })
  await run(db)
  await run(db, { who: ['everyone'] }, LATER)
  assert.is(db.select().from(matchResults).where(eq(matchResults.memberSeq, 1)).all().length, 2)
  assert.is(head(db, 'asep').at, db.select().from(matchResults).all().at(-1)!.at)
})

history('follows a person into another household, by NIK and name', async () => {
  const db = freshDatabase()
  addFated(db, 'old', 'meninggal')
  await run(db)
  const moved = record(db, 'old')
  addHousehold(db, 'new', { regionCode: TRIMURTI, record: moved })
  assert.equal([head(db, 'new').outcome, (await run(db, { regionCode: TRIMURTI, who: ['never'] })).questionCount], ['meninggal', 0])
})

history('says when the name was put right since', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'tidak_padan_nama')
  await run(db)
  rename(db, 'asep', { name: 'Nama Yang Benar' })
  assert.is(head(db, 'asep').stale, true)
  assert.is(listPeople(db, rina, { outcome: 'tidak_padan_nama' }).people[0]!.mended, true)
})

const gatesOf = (db: Db, householdId: string) => findGateFailures(db, {
  householdId, record: record(db, householdId), outcome: 1, questionnaireVersion: '2026', today: '2026-03-02',
}).filter(({ gate }) => gate === 'b').map(({ message }) => message)

const gate = suite('the second gate')

for (const [outcome, sentence] of [
  ['tidak_padan_nama', /nama tidak padan/], ['nik_tidak_ditemukan', /tidak ditemukan/], ['meninggal', /meninggal/], ['ganda', /ganda/],
] as const) {
  gate(`keeps out whom the register calls ${outcome}`, async () => {
    const db = freshDatabase()
    addFated(db, 'asep', outcome)
    assert.equal(gatesOf(db, 'asep'), [])
    await run(db)
    const failures = gatesOf(db, 'asep')
    assert.is(failures.length, 1)
    assert.match(failures[0]!, sentence)
  })
}

for (const outcome of ['padan', 'kk_berbeda', 'belum_online', 'gangguan'] as const) {
  gate(`lets pass whom the register calls ${outcome}`, async () => {
    const db = freshDatabase()
    addFated(db, 'asep', outcome)
    await run(db)
    assert.equal(gatesOf(db, 'asep'), [])
  })
}

gate('believes a newer answer more than the mark in the record', async () => {
  const db = freshDatabase()
  const marked = recordFated('padan')
  marked.members[0]!.dukcapilMatch = 2
  addHousehold(db, 'asep', { record: marked })
  assert.match(gatesOf(db, 'asep').join(), /tidak padan/)
  await run(db)
  assert.equal(gatesOf(db, 'asep'), [])
})

gate('does not hold an old answer against a name that was put right', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'tidak_padan_nama')
  await run(db)
  rename(db, 'asep', { name: 'Nama Yang Benar' })
  assert.equal(gatesOf(db, 'asep'), [])
})

const counting = suite('the counts of a place')

counting('follow a household that moves, rests and wakes', async () => {
  const db = freshDatabase()
  addFated(db, 'asep', 'meninggal')
  await run(db)
  const at = (place: string) => totalOf(matchedPlaces(db, rina, place))
  assert.equal(at(BANTUL), { meninggal: 1, padan: 1 })
  db.update(households).set({ regionCode: TRIMURTI }).run()
  assert.equal([at(PONCOSARI), at(TRIMURTI)], [{}, { meninggal: 1, padan: 1 }])
  db.insert(inactiveHouseholds).values({ householdId: 'asep', reason: 'meninggal', since: '2026-01-01', cause: 'test' }).run()
  assert.equal(at(BANTUL), {})
  db.delete(inactiveHouseholds).run()
  assert.equal(at(BANTUL), { meninggal: 1, padan: 1 })
})

matching.run()
failing.run()
history.run()
gate.run()
counting.run()
