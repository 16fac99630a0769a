import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/duplicates/checks.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Answers } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { duplicatePairs, inactiveHouseholds, proposals } from '#db/schema/index.ts'
import { addCouple, SUMIYATI } from '#test/support/alike.ts'
import { actions, as, BALECATUR, budi, freshApp, mega, nia, oki, prita, rina, siti, TRIMURTI } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>
const pairsOf = (db: Db) => db.select().from(duplicatePairs).all()
const onlyPair = (db: Db) => {
  const pairs = pairsOf(db)
  assert.is(pairs.length, 1)
  return pairs[0]!
}

// Sumiyati lives in two households: by the same card but one digit.
async function double({ regionCode = TRIMURTI, wife = {} }: { regionCode?: string, wife?: Answers } = {}) {
  const world = freshApp()
  addCouple(world.db, 'asep', { wife: SUMIYATI })
  addCouple(world.db, 'tuti', { regionCode, wife: { ...SUMIYATI, nik: '9902016008840977', ...wife } })
  await catchUp(world.db)
  return world
}
const change = (db: Db, id: string, wife: Answers) => as(db, mega, (tx) => {
  const household = getHousehold(tx, id)
  const members = household.record.members.map((member, i) => i === 1 ? { ...member, ...wife } : member)
  reviseHousehold(tx, household, household.version, { ...household.record, members }, 'test')
})
const caseOf = async (world: World, who: Actor) => (await world.as(who).get(`/duplicates/${onlyPair(world.db).id}`)).text()
const valueIn = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)![1]!
async function decide(world: World, who: Actor, fields: Record<string, string>, page?: string) {
  const shown = page ?? await caseOf(world, who)
  const form = { key: valueIn(shown, 'key'), seen: valueIn(shown, 'seen'), proposalId: valueIn(shown, 'proposalId'), note: 'sudah ditanyakan', ...fields }
  return world.as(who).post(`/duplicates/${onlyPair(world.db).id}/decision`, form)
}

const finding = suite('a pair of households')

finding('is found with score and reasons, once, whoever was entered first', async () => {
  const { db } = await double()
  const { kind, status, score, findings, oneHousehold, otherHousehold } = onlyPair(db)
  assert.equal([kind, status, oneHousehold, otherHousehold], ['person', 'open', 'asep', 'tuti'])
  assert.equal(findings.map(({ oneSeq, otherSeq }) => [oneSeq, otherSeq]), [[2, 2]])
  assert.match(findings[0]!.reasons.join(', '), 'nama sama, tanggal lahir sama, NIK beda 1 angka')
  assert.ok(score > 90)
})

finding('of one NIK, or of one No KK, is said to be that', async () => {
  const { db } = await double({ wife: { nik: SUMIYATI.nik } })
  assert.is(onlyPair(db).kind, 'nik')
  const other = freshApp()
  addCouple(other.db, 'asep', { given: { serial: 71 } })
  addCouple(other.db, 'tuti', { given: { serial: 72 } })
  as(other.db, rina, (tx) => {
    const { record, ...household } = getHousehold(tx, 'tuti')
    reviseHousehold(tx, household, household.version, { ...record, families: [{ familySeq: 1, kkNumber: '9902011503100071' }] }, 'test')
  })
  await catchUp(other.db)
  assert.equal(pairsOf(other.db).map(({ kind }) => kind), ['kk'])
})

finding('is over when one is corrected or leaves the register', async () => {
  const { db } = await double()
  change(db, 'tuti', { name: 'Parjiyem', birthDate: '1970-01-20', nik: '9902016001700003', motherMaidenName: 'Ngatirah' })
  await catchUp(db)
  assert.is(onlyPair(db).status, 'gone')
  change(db, 'tuti', SUMIYATI)
  await catchUp(db)
  assert.is(onlyPair(db).status, 'open')
  as(db, rina, (tx) => {
    tx.db.insert(inactiveHouseholds).values({ householdId: 'tuti', reason: 'ganda', since: '2026-03-02', cause: 'test' }).run()
    tx.audit('household.deactivated', 'tuti')
  })
  await catchUp(db)
  assert.is(onlyPair(db).status, 'gone')
})

finding.run()

const deciding = suite('the decision')

deciding('to keep apart is remembered for good, and opens again only when an identity changes', async () => {
  const world = await double()
  assert.is((await decide(world, rina, { decision: 'apart' })).status, 303)
  change(world.db, 'asep', { age: 42 })
  await catchUp(world.db)
  assert.equal([onlyPair(world.db).status, onlyPair(world.db).settledBy], ['apart', 'rina'])
  change(world.db, 'tuti', { nik: '9902016008840177' })
  await catchUp(world.db)
  assert.is(onlyPair(world.db).status, 'open')
  assert.ok(actions(world.db).includes('duplicate.kept_apart'))
})

deciding('to merge writes a draft that takes the chosen household out as double', async () => {
  const world = await double()
  const answer = await decide(world, rina, { decision: 'merge', keep: 'one', member: '' })
  const proposal = world.db.select().from(proposals).get()!
  assert.equal([proposal.kind, proposal.householdId, proposal.status, proposal.reasonCode], ['deactivation', 'tuti', 'draft', 'ganda'])
  assert.is(answer.headers.get('Location'), `/proposals/${proposal.id}`)
  assert.equal([onlyPair(world.db).status, onlyPair(world.db).proposalId], ['merging', proposal.id])
})

deciding('to merge one member alone proposes that she was never in the other household', async () => {
  const world = await double()
  assert.is((await decide(world, rina, { decision: 'merge', keep: 'other', member: onlyPair(world.db).findings[0]!.print })).status, 303)
  const { kind, householdId, change: proposed } = world.db.select().from(proposals).get()!
  assert.equal([kind, householdId, proposed], ['correction', 'asep', { kind: 'correction', on: (proposed as { on: string }).on, householdId: 'asep', answers: { 'members.1.memberPresence': 5 } }])
})

deciding('sent twice is taken once, and on an old page not at all', async () => {
  const world = await double()
  const page = await caseOf(world, rina)
  for (const _ of [1, 2]) assert.is((await decide(world, rina, { decision: 'merge', keep: 'one', member: '' }, page)).status, 303)
  assert.is(world.db.select().from(proposals).all().length, 1)
  const other = await double()
  const old = await caseOf(other, rina)
  change(other.db, 'asep', { age: 42 })
  assert.is((await decide(other, rina, { decision: 'apart' }, old)).status, 409)
  assert.is(onlyPair(other.db).status, 'open')
})

deciding('can be asked of a desa, which then sees why', async () => {
  const world = await double()
  assert.is((await decide(world, rina, { decision: 'return' })).status, 422)
  assert.is((await decide(world, rina, { decision: 'return', to: 'one', note: 'lihat KTP-nya' })).status, 303)
  assert.is(onlyPair(world.db).status, 'returned')
  assert.match(await (await world.as(oki).get('/duplicates?status=returned')).text(), 'Bapak asep')
  assert.match(await caseOf(world, oki), 'lihat KTP-nya')
  assert.is((await decide(world, oki, { decision: 'apart' }, await caseOf(world, rina))).status, 403)
})

deciding('without a reason, or for a person who is not in the pair, is refused and changes nothing', async () => {
  const world = await double()
  assert.is((await decide(world, rina, { decision: 'apart', note: ' ' })).status, 422)
  assert.is((await decide(world, rina, { decision: 'merge', member: '' })).status, 422)
  assert.is((await decide(world, rina, { decision: 'merge', keep: 'one', member: 'ffff' })).status, 422)
  assert.equal([onlyPair(world.db).status, world.db.select().from(proposals).all().length], ['open', 0])
})

deciding('of a kecamatan, which may not propose, is an order to the office of that desa', async () => {
  const world = await double()
  assert.is((await decide(world, budi, { decision: 'merge', keep: 'one', member: '' })).status, 303)
  assert.equal([onlyPair(world.db).status, onlyPair(world.db).keep, onlyPair(world.db).returnedTo], ['returned', 'one', TRIMURTI])
  assert.match(await caseOf(world, rina), 'Yang dipertahankan: Data 1')
})

deciding('is open again when its proposal came to nothing', async () => {
  const world = await double()
  await decide(world, rina, { decision: 'merge', keep: 'one', member: '' })
  world.db.update(proposals).set({ status: 'withdrawn' }).run()
  assert.match(await caseOf(world, rina), 'putuskan lagi')
  assert.is((await decide(world, rina, { decision: 'apart' })).status, 303)
  assert.is(onlyPair(world.db).status, 'apart')
})

deciding.run()

const across = suite('a pair across two kabupaten')

across('shows each side the other only masked', async () => {
  const world = await double({ regionCode: BALECATUR })
  const page = await caseOf(world, rina)
  assert.match(page, 'Sumiyati Handayani')
  assert.match(page, 'S******* H********')
  assert.match(page, '************0977')
  assert.not.match(page, '9902016008840977')
  assert.not.match(page, 'Bapak tuti')
  assert.match(await caseOf(world, nia), 'Bapak tuti')
  assert.match(await (await world.as(nia).get('/duplicates')).text(), 'B**** a***')
  for (const who of [prita, mega]) assert.match(await caseOf(world, who), 'Bapak tuti')
  assert.not.match(await caseOf(world, prita), '9902016008840077')
  assert.is((await world.as(oki).get(`/duplicates/${onlyPair(world.db).id}`)).status, 200)
  assert.is((await world.as(siti).get('/duplicates')).status, 403)
})

across('lets each side give up its own record only', async () => {
  const world = await double({ regionCode: BALECATUR })
  assert.is((await decide(world, rina, { decision: 'merge', keep: 'one', member: '' })).status, 403)
  assert.is((await decide(world, rina, { decision: 'merge', keep: 'other', member: '' })).status, 303)
  assert.is(world.db.select().from(proposals).get()!.householdId, 'asep')
})

across('is kept apart when both sides say so, or the ministry does', async () => {
  const world = await double({ regionCode: BALECATUR })
  await decide(world, rina, { decision: 'apart' })
  assert.equal([onlyPair(world.db).status, onlyPair(world.db).votes], ['open', 'one'])
  await decide(world, nia, { decision: 'apart' })
  assert.is(onlyPair(world.db).status, 'apart')
  const other = await double({ regionCode: BALECATUR })
  await decide(other, mega, { decision: 'apart' })
  assert.is(onlyPair(other.db).status, 'apart')
})

across('is nobody else\'s business', async () => {
  const world = await double()
  const { id } = onlyPair(world.db)
  assert.is((await world.as(nia).get(`/duplicates/${id}`)).status, 404)
  assert.is((await world.as(nia).post(`/duplicates/${id}/decision`, { key: randomUUID(), proposalId: randomUUID(), seen: '', decision: 'apart', note: 'x' })).status, 404)
  assert.not.match(await (await world.as(nia).get('/duplicates')).text(), 'Bapak asep')
})

across.run()

const list = suite('the list of pairs')

list('turns over by score and number, from either side, without showing one twice', async () => {
  const world = freshApp()
  addCouple(world.db, 'asep', { wife: SUMIYATI })
  for (let i = 0; i < 60; i += 1) addCouple(world.db, `id${i}`, { regionCode: i % 2 ? TRIMURTI : BALECATUR })
  const at = '2026-03-01T00:00:00.000Z'
  for (let i = 0; i < 60; i += 1) {
    world.db.insert(duplicatePairs).values({ id: `p${i}`, oneHousehold: 'asep', otherHousehold: `id${i}`, oneRegion: '34.02.01.2001', otherRegion: i % 2 ? TRIMURTI : BALECATUR, kind: i % 3 ? 'person' : 'nik', status: 'open', score: 60 + i % 7, foundAt: at, changedAt: at, findings: [], apart: [] }).run()
  }
  for (const [who, expected] of [[rina, 60], [nia, 30], [mega, 60]] as const) {
    const seen: string[] = []
    for (let href: string | undefined = '/duplicates'; href;) {
      const page: string = await (await world.as(who).get(href)).text()
      seen.push(...[...page.matchAll(/href="\/duplicates\/(p\d+)"/g)].map((found) => found[1]!))
      href = /href="([^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    assert.equal([seen.length, new Set(seen).size], [expected, expected], who.id)
  }
  assert.is((await (await world.as(rina).get('/duplicates?kind=nik')).text()).match(/href="\/duplicates\/p\d+"/g)!.length, 20)
  assert.is(world.db.select().from(duplicatePairs).where(eq(duplicatePairs.status, 'open')).all().length, 60)
})

list.run()
