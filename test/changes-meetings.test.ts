import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '#app/changes/applying.ts'
import type { Change, ChangeOf } from '#app/changes/changes.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, households, inactiveHouseholds } from '#db/schema/index.ts'
import { homesIn } from '#test/support/changing.ts'
import { afterOf, asep, bambang, kkOf, memberOf, namesIn, planned, records, refusal } from '#test/support/changes.ts'
import { actions, addHousehold, as, BALECATUR, freshDatabase, PONCOSARI, siti, TRIMURTI } from '#test/support/world.ts'

const on = '2026-03-01'

const marrying = suite('a marriage')
const WEDDING: ChangeOf<'marriage'> = { kind: 'marriage', on, householdId: 'asep', memberSeq: 3, otherId: 'bambang', otherSeq: 3, living: 'with_family', certificate: 1 }

marrying('moves one into the family of the other, as a child-in-law', () => {
  const result = planned(WEDDING)
  const [from, to] = [afterOf(result, 'asep'), afterOf(result, 'bambang')]
  assert.equal([memberOf(from, 'Dani Suryana').memberPresence, from.household.memberCount], [3, 3])
  const groom = memberOf(to, 'Dani Suryana')
  assert.equal([groom.memberSeq, groom.familySeq, groom.relationToHead, groom.relationToFamilyHead, groom.maritalStatus], [4, 1, 4, 4, 2])
  assert.is(memberOf(to, 'Fitri Riyadi').maritalStatus, 2)
})

marrying('founds a family with its own card in the partner\'s household', () => {
  const to = afterOf(planned({ ...WEDDING, living: 'new_family', kkNumber: '9902012802260031', familyHead: 'member' }), 'bambang')
  assert.equal(to.families.map(({ kkNumber }) => kkNumber), [kkOf(21), '9902012802260031'])
  assert.equal([memberOf(to, 'Dani Suryana').relationToFamilyHead, memberOf(to, 'Fitri Riyadi').relationToFamilyHead], [1, 2])
  assert.equal([memberOf(to, 'Dani Suryana').familySeq, memberOf(to, 'Fitri Riyadi').familySeq], [2, 2])
})

marrying('founds a household of two, and both parents\' houses stay active', () => {
  const { created, revised, deactivated } = planned({ ...WEDDING, living: 'new_household', kkNumber: '9902012802260031', familyHead: 'member', home: { id: 'baru', regionCode: TRIMURTI, address: 'Jl. Mawar 9' } })
  assert.equal(namesIn(created[0]!.record), ['Dani Suryana', 'Fitri Riyadi'])
  assert.equal(revised.map(({ after }) => namesIn(after).length), [3, 2])
  assert.equal(deactivated, [])
})

marrying('is refused for the married, for two of one sex, and without what a new card needs', () => {
  assert.ok(refusal({ ...WEDDING, memberSeq: 1 }).memberSeq)
  assert.ok(refusal({ ...WEDDING, memberSeq: 4 }).otherSeq)
  assert.ok(refusal({ ...WEDDING, memberSeq: 9 }).memberSeq)
  assert.ok(refusal({ ...WEDDING, living: 'new_family', familyHead: 'member' }).kkNumber)
  assert.ok(refusal({ ...WEDDING, living: 'new_family', kkNumber: kkOf(11), familyHead: 'member' }).kkNumber)
  assert.ok(refusal({ ...WEDDING, living: 'new_family', kkNumber: '9902012802260031' }).familyHead)
})

marrying.run()

const moving = suite('a move')
const MOVE: ChangeOf<'member_move'> = { kind: 'member_move', on, householdId: 'asep', otherId: 'bambang', movers: [{ memberSeq: 4, relationToHead: 8, relationToFamilyHead: 8 }], familySeq: 1 }

moving('of a member leaves the row behind and makes one there', () => {
  const result = planned(MOVE)
  assert.is(memberOf(afterOf(result, 'asep'), 'Lilis Suryani').memberPresence, 3)
  assert.equal([memberOf(afterOf(result, 'bambang'), 'Lilis Suryani').memberSeq, memberOf(afterOf(result, 'bambang'), 'Lilis Suryani').memberPresence], [4, 4])
})

moving('back gives the person the old number again', () => {
  const away = planned(MOVE)
  const from = new Map([['asep', afterOf(away, 'asep')], ['bambang', afterOf(away, 'bambang')]])
  const back = planned({ ...MOVE, householdId: 'bambang', otherId: 'asep', movers: [{ memberSeq: 4, relationToHead: 3, relationToFamilyHead: 3 }] }, from)
  assert.equal(afterOf(back, 'asep').members.map(({ memberSeq, name, memberPresence }) => [memberSeq, name, memberPresence]).at(-1), [4, 'Lilis Suryani', 4])
})

moving('takes a business along with its owner', () => {
  const from = records()
  Object.assign(from.get('asep')!, { businesses: [{ ownerName: 'Lilis Suryani', ownerMemberSeq: 4, businessField: 'warung', businessFieldCode: 12, workerCount: 0, hasBusinessPlace: 1, monthlyTurnover: 1 }] })
  from.get('asep')!.household.anyMemberHasBusiness = true
  const result = planned(MOVE, from)
  assert.equal([afterOf(result, 'asep').businesses.length, afterOf(result, 'asep').household.anyMemberHasBusiness], [0, false])
  assert.equal([afterOf(result, 'bambang').businesses[0]!.ownerMemberSeq, afterOf(result, 'bambang').household.anyMemberHasBusiness], [4, true])
})

moving('is refused for the head without a successor, for nobody, and into an unknown family', () => {
  assert.ok(refusal({ ...MOVE, movers: [{ memberSeq: 1, relationToHead: 8, relationToFamilyHead: 8 }] }).newHead)
  assert.ok(refusal({ ...MOVE, movers: [{ memberSeq: 8, relationToHead: 8, relationToFamilyHead: 8 }] }).movers)
  assert.ok(refusal({ ...MOVE, familySeq: 5 }).familySeq)
  assert.ok(refusal({ ...MOVE, movers: [{ memberSeq: 4, relationToFamilyHead: 8 }] })['relationToHead.4'])
})

moving('of a household to another kabupaten needs a new card for each family; inside one it does not', () => {
  const move: ChangeOf<'household_move'> = { kind: 'household_move', on, householdId: 'asep', from: PONCOSARI, to: BALECATUR, address: 'Jl. Gamping 1', kkNumbers: [] }
  assert.ok(refusal(move)['kkNumber.1'])
  assert.ok(refusal({ ...move, kkNumbers: [{ familySeq: 1, kkNumber: kkOf(11) }] })['kkNumber.1'])
  const { revised: [far] } = planned({ ...move, kkNumbers: [{ familySeq: 1, kkNumber: '9904012802260031' }] })
  assert.equal([far!.before.families[0]!.kkNumber, far!.after.families[0]!.kkNumber, far!.after.household.address], [kkOf(11), '9904012802260031', 'Jl. Gamping 1'])
  assert.is(planned({ ...move, to: TRIMURTI }).revised[0]!.after.families[0]!.kkNumber, kkOf(11))
})

moving.run()

const applying = suite('writing a plan')

const village = (): Db => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: asep() })
  addHousehold(db, 'bambang', { record: bambang(), regionCode: TRIMURTI })
  return db
}
const base = { asep: 1, bambang: 1 }
const write = (db: Db, change: Change, versions: Record<string, number> = base, cause = 'determination:b1') =>
  as(db, system, (tx) => applyPlan(tx, planned(change), versions, cause))

applying('writes both households, a line of audit for each, and is a success when repeated', () => {
  const db = village()
  const seen = db.select().from(auditEntries).all().length
  write(db, MOVE)
  write(db, MOVE)
  assert.equal([...homesIn(db).values()].map(({ version }) => version), [2, 2])
  assert.equal(actions(db, seen), ['household.revised', 'household.revised'])
})

applying('is a conflict when a household has moved on, and then nothing is written', () => {
  const db = village()
  write(db, { kind: 'correction', on, householdId: 'bambang', answers: { 'household.roofType': 3 } }, { bambang: 1 }, 'determination:b0')
  assert.throws(() => write(db, MOVE), /sudah berubah/)
  assert.equal([...homesIn(db).values()].map(({ version }) => version), [1, 2])
})

applying('moves the household, its place in lists and its search', () => {
  const db = village()
  write(db, { kind: 'household_move', on, householdId: 'asep', from: PONCOSARI, to: TRIMURTI, address: 'Jl. Baru 1', kkNumbers: [] }, { asep: 1 })
  assert.is(homesIn(db).get('asep')!.regionCode, TRIMURTI)
  assert.is(db.$client.prepare("SELECT count(*) FROM household_search WHERE household_search MATCH 'region:r3402012002'").pluck().get(), 2)
})

applying('a move takes the household from the officer it was with, also when it was sent back to be mended', () => {
  for (const stage of ['assigned', 'returned'] as const) {
    const db = freshDatabase()
    addHousehold(db, 'asep', { record: asep(), stage, officer: siti })
    write(db, { kind: 'household_move', on, householdId: 'asep', from: PONCOSARI, to: TRIMURTI, address: 'Jl. Baru 1', kkNumbers: [] }, { asep: 1 })
    const home = db.select().from(households).get()!
    assert.equal([home.regionCode, home.stage, home.officerId], [TRIMURTI, 'published', null], stage)
  }
})

applying('refuses a person who lives in another active household, and a card used there', () => {
  const db = village()
  const nik = String(bambang().members[2]!.nik)
  assert.throws(() => write(db, { kind: 'correction', on, householdId: 'asep', answers: { 'members.3.nik': nik } }, { asep: 1 }), /sudah tercatat tinggal/)
  assert.throws(() => write(db, { kind: 'family_split', on, householdId: 'asep', movers: [{ memberSeq: 3, relationToFamilyHead: 1 }], kkNumber: kkOf(21) }, { asep: 1 }), /sudah dipakai/)
  write(db, { kind: 'deactivation', on, householdId: 'bambang', reason: 'mampu' }, { bambang: 1 })
  write(db, { kind: 'correction', on, householdId: 'asep', answers: { 'members.3.nik': nik } }, { asep: 1 }, 'determination:b2')
  assert.throws(() => as(db, system, (tx) => applyPlan(tx, planned({ kind: 'reactivation', on, householdId: 'bambang' }), { bambang: 2 }, 'determination:b3')), /sudah tercatat tinggal/)
})

applying('takes out and brings back', () => {
  const db = village()
  write(db, { kind: 'deactivation', on, householdId: 'asep', reason: 'mampu' }, { asep: 1 })
  assert.equal(db.select().from(inactiveHouseholds).all().map(({ householdId, reason, cause }) => [householdId, reason, cause]), [['asep', 'mampu', 'determination:b1']])
  write(db, { kind: 'reactivation', on, householdId: 'asep' }, { asep: 2 }, 'determination:b2')
  assert.equal(db.select().from(inactiveHouseholds).all(), [])
})

applying('makes a household that waits for its first visit', () => {
  const db = village()
  write(db, { ...WEDDING, living: 'new_household', kkNumber: '9902012802260031', familyHead: 'member', home: { id: 'baru', regionCode: TRIMURTI, address: 'Jl. Mawar 9' } })
  const made = db.select().from(households).all().find(({ id }) => id === 'baru')!
  assert.equal([made.stage, made.origin, made.headName, made.version], ['published', 'new', 'Dani Suryana', 1])
})

applying.run()
