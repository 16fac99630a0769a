import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followSome } from '#app/dashboards/following.ts'
import { readOfficers } from '#app/dashboards/officers.ts'
import { placeFor } from '#app/dashboards/places.ts'
import { readFollowing, restartRound } from '#app/dashboards/rounds.ts'
import { moveStage } from '#app/households/moves.ts'
import { NEXT, type Stage } from '#app/households/stages.ts'
import { withdrawApproval } from '#app/reviews/decisions.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { households, inactiveHouseholds, visits } from '#db/schema/index.ts'
import { approve, AT, count, recount, sendBack, shownCounts, visitOf } from '#test/support/dashboards.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, budi, freshDatabase, GADINGSARI, PONCOSARI, rina, siti, tono, TRIMURTI } from '#test/support/world.ts'

const HOMES = ['a', 'b', 'c', 'd', 'e']
const PLACES = [PONCOSARI, TRIMURTI, GADINGSARI]
const householdOf = (db: Db, id: string) => db.select().from(households).where(eq(households.id, id)).get()!
const on = (day: number) => `2026-03-${String(1 + day).padStart(2, '0')}T03:00:00.000Z`

// What may happen to a household, in the ways the parts of the program write it. What the rules refuse does not happen.
type Act = { home: string, what: number, pick: number, day: number }
const ACTS: ((db: Db, id: string, act: Act) => void)[] = [
  (db, id, { pick, day }) => {
    const { stage } = householdOf(db, id)
    const to = NEXT[stage].filter((next) => next !== 'submitted')[pick % Math.max(1, NEXT[stage].length)]
    if (to) as(db, rina, (tx) => moveStage(tx, { id, stage }, to, { set: { officerId: pick % 2 ? 'siti' : 'tono' } }), on(day))
  },
  (db, id, { pick, day }) => {
    if (['assigned', 'downloaded', 'deliberated', 'returned', 'published'].includes(householdOf(db, id).stage)) addVisit(db, id, pick % 2 ? siti : tono, { outcome: 1 + pick % 3, at: on(day) })
  },
  (db, id, { day }) => approve(db, id, householdOf(db, id).stage === 'checked' ? rina : budi, on(day)),
  (db, id, { pick, day }) => sendBack(db, id, householdOf(db, id).stage === 'checked' ? rina : budi, pick % 2 ? { [`members.${pick % 4}.nik`]: 'Periksa.' } : { 'household.floorType': 'Periksa.', 'household.wallType': 'Periksa.' }, on(day)),
  (db, id, { day }) => {
    const { stage, visitId } = householdOf(db, id)
    const to: Stage | undefined = stage === 'checked' ? 'submitted' : stage === 'verified' ? 'checked' : undefined
    if (to && visitId) as(db, stage === 'checked' ? budi : rina, (tx) => withdrawApproval(tx, { id, stage, visitId }, to, 'undo:run'), on(day))
  },
  (db, id, { day }) => as(db, rina, (tx) => {
    const gone = tx.db.insert(inactiveHouseholds).values({ householdId: id, reason: 'pindah', since: '2026-02-01', cause: 'test' }).onConflictDoNothing().run().changes
    if (gone === 0) tx.db.delete(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, id)).run()
    tx.audit(gone ? 'household.deactivated' : 'household.reactivated', id)
  }, on(day)),
  (db, id, { pick, day }) => as(db, rina, (tx) => {
    tx.db.update(households).set({ regionCode: PLACES[pick % 3]! }).where(eq(households.id, id)).run()
    tx.audit('household.moved', id)
  }, on(day)),
  (db, id, { pick, day }) => as(db, siti, (tx) => {
    const visitId = visitOf(tx.db, id)
    const visit = tx.db.select().from(visits).where(eq(visits.id, visitId)).get()!
    tx.db.update(visits).set({ revision: visit.revision + 1, record: { ...visit.record, household: { ...visit.record.household, floorType: pick % 2 ? null : 1, wallType: pick % 3 ? 1 : null } } }).where(eq(visits.id, visitId)).run()
    tx.audit('visit.merged', visitId)
  }, on(day)),
  (db, _id, { pick }) => void addHousehold(db, randomUUID(), { regionCode: PLACES[pick % 3], stage: 'published' }),
]

// Decisions are about a visit.
const DECIDES = [2, 3, 7]

function happen(db: Db, act: Act) {
  if (DECIDES.includes(act.what) && !householdOf(db, act.home).visitId) return
  try {
    ACTS[act.what]!(db, act.home, act)
  } catch (error) {
    if (!(error instanceof Error) || error.constructor.name !== 'Problem') throw error
  }
}

// So slow that a full count is seen half done.
const SLOW = { households: 1, ms: 0 }

const acts = fc.array(fc.record({
  home: fc.constantFrom(...HOMES), what: fc.nat({ max: ACTS.length - 1 }), pick: fc.nat({ max: 20 }), day: fc.nat({ max: 12 }),
  // What the follower does afterwards: nothing, one small step, everything, or a full count is asked for.
  next: fc.constantFrom('nothing', 'some', 'some', 'some', 'all', 'round'),
}), { minLength: 5, maxLength: 40 })

// The same database in the eyes of an installation that has only just been upgraded.
function upgraded(db: Db): Db {
  const copy = openDatabase(db.$client.serialize())
  for (const table of ['counts', 'officers', 'households', 'places', 'following']) copy.$client.exec(`DELETE FROM dashboard_${table}`)
  return count(copy)
}

// What the page of the officers of a kabupaten shows, and the same summed by hand.
const keptOfficers = async (db: Db) => (await readOfficers(db, rina, {
  round: readFollowing(db)?.live ?? 0, place: placeFor(db, rina, ''), range: { from: '2026-03-03', to: '2026-03-09', value: 'own', name: '', choices: [] }, today: '2026-03-10',
})).flatMap(({ id, stages, moves }) => [...Object.entries(stages), ...Object.entries(moves)].filter(([, n]) => n !== 0).map(([key, n]) => `${id} ${key} ${n}`)).sort()
const summedOfficers = (db: Db) => db.$client.prepare(`SELECT officer_id || ' ' || key || ' ' || sum(count) FROM dashboard_officers WHERE round = ? AND region_code GLOB '34.02.*'
  AND (day = '' OR day BETWEEN '2026-03-03' AND '2026-03-09') GROUP BY officer_id, kind, key HAVING sum(count) <> 0 ORDER BY 1`).pluck().all(readFollowing(db)?.live ?? 0) as string[]

const counting = suite('what is counted step by step')

counting('is what a count of everything finds, whatever happened in whatever order', async () => {
  await fc.assert(fc.asyncProperty(acts, async (list) => {
    const db = freshDatabase()
    for (const [index, id] of HOMES.entries()) addHousehold(db, id, { regionCode: PLACES[index % 3], stage: 'assigned', officer: siti })
    for (const act of list) {
      happen(db, act)
      if (act.next === 'some') followSome(db, AT, SLOW)
      if (act.next === 'all') count(db)
      if (act.next === 'round') restartRound(db, AT)
      assert.equal(await keptOfficers(db), summedOfficers(db), 'what is kept of the officers')
    }
    const followed = shownCounts(count(db))
    assert.equal(followed, shownCounts(upgraded(db)), 'an upgraded installation')
    assert.equal(followed, shownCounts(recount(db)), 'the next round')
    db.$client.close()
  }), { numRuns: 25, seed: 2026 })
})

counting('mends itself: a round puts right what has gone wrong, and the pages read it only when it is whole', () => {
  const db = freshDatabase()
  for (const id of HOMES) addHousehold(db, id, { stage: 'assigned', officer: siti })
  addVisit(db, 'a', siti)
  const right = shownCounts(count(db))
  db.$client.exec("UPDATE dashboard_counts SET count = count + 7 WHERE kind = 'stage'")
  db.$client.exec("UPDATE dashboard_households SET stage = 'verified' WHERE number = 2")
  restartRound(db, AT)
  assert.not.equal(shownCounts(db), right)
  count(db)
  assert.equal(shownCounts(db), right)
  assert.is(db.$client.prepare('SELECT count(DISTINCT round) FROM dashboard_counts').pluck().get(), 1)
})

counting('goes past a visit whose answers cannot be read, tells where it is, and counts it like others once they can', () => {
  const db = freshDatabase()
  for (const id of HOMES) addHousehold(db, id, { stage: 'assigned', officer: siti })
  count(db)
  const [told, { error }] = [[] as string[], console]
  console.error = (words: string) => { told.push(words) }
  addVisit(db, 'a', siti, { id: 'sakit' })
  const { record } = db.select().from(visits).where(eq(visits.id, 'sakit')).get()!
  db.$client.prepare("UPDATE visits SET record = '{}' WHERE id = 'sakit'").run()
  addVisit(db, 'b', siti)
  const about = (kind: string) => shownCounts(count(db)).filter((line) => line.startsWith(PONCOSARI) && line.includes(` ${kind} `))
  assert.equal([about('stage')[1], about('finished')], [`${PONCOSARI} stage submitted  2`, [`${PONCOSARI} finished  2026-03-01 2`]])
  assert.equal([about('whole'), about('lack')], [[`${PONCOSARI} whole  2026-03-01 1`], [`${PONCOSARI} lack unread 2026-03-01 1`]])
  assert.equal(told, ['Isian kunjungan sakit tidak dapat dibaca untuk dasbor.'])
  console.error = error
  db.update(visits).set({ record }).where(eq(visits.id, 'sakit')).run()
  recount(db)
  assert.equal([about('whole'), about('lack')], [[`${PONCOSARI} whole  2026-03-01 2`], []])
})

counting('does not count an approval that was taken back', () => {
  const db = freshDatabase()
  addHousehold(db, 'a', { stage: 'assigned', officer: siti })
  addVisit(db, 'a', siti, { at: on(1) })
  approve(db, 'a', budi, on(2))
  const checked = () => shownCounts(count(db)).filter((line) => line.startsWith(PONCOSARI) && line.includes(' move '))
  assert.equal(checked(), [`${PONCOSARI} move checked 2026-03-03 1`, `${PONCOSARI} move submitted 2026-03-02 1`, `${PONCOSARI} siti move checked 2026-03-03 1`, `${PONCOSARI} siti move submitted 2026-03-02 1`])
  as(db, budi, (tx) => withdrawApproval(tx, { id: 'a', stage: 'checked', visitId: visitOf(db, 'a') }, 'submitted', 'undo:run'), on(2))
  assert.equal(checked(), [`${PONCOSARI} move submitted 2026-03-02 1`, `${PONCOSARI} siti move submitted 2026-03-02 1`])
})

counting('goes on where it was cut off', () => {
  const db = freshDatabase()
  for (let i = 0; i < 200; i++) addHousehold(db, `h${i}`, { stage: 'published' })
  followSome(db, AT)
  const begun = readFollowing(db)!
  const again = openDatabase(db.$client.serialize())
  assert.equal(readFollowing(again), begun)
  assert.equal(shownCounts(count(again)), shownCounts(count(db)))
})

counting('takes no line of reading for a change', () => {
  const db = freshDatabase()
  addHousehold(db, 'a')
  count(db)
  as(db, budi, (tx) => tx.audit('household.opened', 'a'))
  const before = shownCounts(db)
  assert.is(followSome(db, AT).more, true)
  assert.is(followSome(db, AT).more, false)
  assert.equal(shownCounts(db), before)
})

counting.run()
