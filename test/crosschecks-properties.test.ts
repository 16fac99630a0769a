import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { moveRecipient } from '#app/programmes/recipients.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { households, inactiveHouseholds, recipients } from '#db/schema/index.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { eq } from 'drizzle-orm'
import { findingsNow, follow, runAll, setDesil, setLimit } from '#test/support/crosschecks.ts'
import { addRecipient } from '#test/support/programmes.ts'
import { addHousehold, as, freshDatabase, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const HOMES = ['a', 'b', 'c', 'd', 'e', 'f']
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
type Random = ReturnType<typeof randomFrom>

const recordOf = (db: Db, id: string) => getHousehold({ db, actor: rina }, id).record

function build(db: Db, random: Random) {
  for (const id of HOMES) addHousehold(db, id, { head: `Kepala ${id}`, regionCode: random.between(0, 2) === 0 ? TRIMURTI : PONCOSARI })
  for (const programme of ['pkh', 'sembako', 'pbi'] as const) setLimit(db, programme, 4)
  setDesil(db, Object.fromEntries(HOMES.map((id) => [String(recordOf(db, id).families[0]!.kkNumber), random.between(1, 10)])))
}

// One thing that happens, in the ways the parts of the program write it.
function happen(db: Db, random: Random, serial: number) {
  const [one, other] = [random.pick(HOMES), random.pick(HOMES)]
  const [mine, theirs] = [recordOf(db, one), recordOf(db, other)]
  const revise = (id: string, change: (record: typeof mine) => void) => as(db, rina, (tx) => {
    const household = getHousehold(tx, id)
    const record = structuredClone(household.record)
    change(record)
    reviseHousehold(tx, household, household.version, record, 'test')
  })
  const acts = [
    () => addRecipient(db, `r${serial}`, { programme: 'sembako', householdId: one, familySeq: 1, nik: String(mine.members[0]!.nik), kkNumber: String(mine.families[0]!.kkNumber), name: one }),
    () => addRecipient(db, `r${serial}`, { programme: 'pkh', kkNumber: String(mine.families[0]!.kkNumber), nik: String(theirs.members[0]!.nik), name: one }),
    () => addRecipient(db, `r${serial}`, { programme: 'pbi', state: 'active', householdId: one, familySeq: 1, memberSeq: 2, nik: String(mine.members[1]!.nik), name: 'Orang' }),
    () => revise(one, (record) => void Object.assign(record.members[random.between(0, 1)]!, { memberPresence: random.between(1, 6) })),
    () => revise(one, (record) => void Object.assign(record.members[1]!, { nik: theirs.members[1]!.nik })),
    () => revise(one, (record) => void Object.assign(record.members[1]!, { working: true, employmentStatus: random.between(4, 5) })),
    () => as(db, rina, (tx) => {
      const gone = tx.db.insert(inactiveHouseholds).values({ householdId: one, reason: 'pindah', since: '2026-02-01', cause: 'test' }).onConflictDoNothing().run().changes
      if (gone === 0) tx.db.delete(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, one)).run()
      tx.audit(gone ? 'household.deactivated' : 'household.reactivated', one)
    }),
    () => as(db, rina, (tx) => {
      tx.db.update(households).set({ regionCode: random.between(0, 1) ? PONCOSARI : TRIMURTI }).where(eq(households.id, one)).run()
      tx.audit('household.moved', one)
    }),
    () => as(db, rina, (tx) => {
      const found = tx.db.select().from(recipients).where(eq(recipients.programme, 'sembako')).all()[0]
      if (found) moveRecipient(tx, found, random.pick(['active', 'suspended', 'removed']), { cause: 'test' })
    }),
  ]
  random.pick(acts)()
}

const standing = (db: Db) => findingsNow(db).filter(({ status }) => status === 'open')
  .map(({ subject, kind, key, regionCode, name, householdId, facts }) => [subject, kind, key, regionCode, name, householdId, JSON.stringify(facts)].join(' '))
const links = (db: Db) => db.select().from(recipients).orderBy(recipients.id).all().map(({ id, householdId, familySeq, memberSeq, regionCode }) => [id, householdId, familySeq, memberSeq, regionCode].join(' '))

const property = suite('the full run and the looks at each change')

property('find the same and link the same in any small world', async () => {
  let found = 0
  for (const seed of SEEDS) {
    const random = randomFrom(seed)
    const db = freshDatabase()
    build(db, random)
    await follow(db)
    for (let serial = 0; serial < 25; serial++) {
      happen(db, random, serial)
      await follow(db)
    }
    const whole = openDatabase(db.$client.serialize())
    await runAll(whole)
    assert.equal(links(db), links(whole), `links of ${seed}`)
    assert.equal(standing(db), standing(whole), `findings of ${seed}`)
    const fresh = openDatabase(db.$client.serialize())
    fresh.$client.exec('DELETE FROM crosscheck_findings WHERE id NOT IN (SELECT finding_id FROM crosscheck_events)')
    await runAll(fresh)
    assert.equal(standing(fresh), standing(db), `findings of ${seed} anew`)
    found += standing(db).length
  }
  assert.ok(found > SEEDS.length * 5, `only ${found} found`)
})

property.run()
