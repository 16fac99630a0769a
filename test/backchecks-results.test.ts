import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareVisits, matchNames, type First, type Second } from '#app/backchecks/comparing.ts'
import { wilson } from '#app/backchecks/intervals.ts'
import { judgePair, openPair } from '#app/backchecks/judging.ts'
import { discrepanciesOf, readResults } from '#app/backchecks/results.ts'
import type { Verdict } from '#app/backchecks/items.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { backcheckJudgements, backchecks } from '#db/schema/index.ts'
import { addRound, backcheckOf, LATER, revisit } from '#test/support/backchecks.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, budi, eko, freshApp, freshDatabase, GADINGSARI, nia, oki, PONCOSARI, rina, siti, tono, wawan } from '#test/support/world.ts'

const first: First = { outcome: 1, record: aRecord(), latitude: -7.9713, longitude: 110.2217, accuracyM: 10 }
const second = (answers: Second['answers'], more: Partial<Second> = {}): Second => ({ meeting: 'met', answers, latitude: -7.9713, longitude: 110.2217, accuracyM: 10, ...more })
const item = (key: string, tolerance = 0) => ({ key, type: 1 as const, tolerance })
const differs = (key: string, is: Second, { tolerance = 0, was = first }: { tolerance?: number, was?: First } = {}) => compareVisits([item(key, tolerance)], was, is)[0]?.isDifferent

const comparing = suite('comparing two visits')

comparing('tells the same answer from another, in the words of the form', () => {
  assert.equal(compareVisits([item('floorType')], first, second({ floorType: 9 })), [{ item: 'floorType', type: 1, first: 'Semen/bata merah', second: 'Tanah', isDifferent: true }])
  assert.is(differs('floorType', second({ floorType: 6 })), false)
  assert.is(differs('hasMotorcycle', second({ hasMotorcycle: false })), true)
})

comparing('lets numbers lie apart as far as is tolerated', () => {
  assert.is(differs('floorAreaM2', second({ floorAreaM2: 43 }), { tolerance: 20 }), false)
  assert.is(differs('floorAreaM2', second({ floorAreaM2: 44 }), { tolerance: 20 }), true)
  assert.is(differs('floorAreaM2', second({ floorAreaM2: 37 })), true)
})

comparing('does not compare what one of them does not know, nor answers of a visit without an interview', () => {
  assert.is(differs('floorType', second({})), undefined)
  assert.is(differs('floorType', second({ floorType: 9 }), { was: { ...first, outcome: 2 } }), undefined)
  assert.is(differs('visitedBefore', second({ visitedBefore: false }), { was: { ...first, outcome: 2 } }), undefined)
})

comparing('finds a household that should not be there, and misses one that should', () => {
  assert.is(differs('found', second({}, { meeting: 'absent' })), false)
  assert.is(differs('found', second({}, { meeting: 'not_found' })), true)
  assert.is(differs('found', second({}, { meeting: 'met' }), { was: { ...first, outcome: 2 } }), true)
  assert.is(differs('found', second({}), { was: { ...first, outcome: 4 } }), undefined)
})

comparing('says when nobody remembers the officer', () => {
  assert.is(differs('visitedBefore', second({ visitedBefore: false })), true)
  assert.is(differs('visitedBefore', second({ visitedBefore: true })), false)
})

comparing('counts a house as moved only beyond what both fixes allow', () => {
  // A hundredth of a degree of latitude is 1,112 metres; a thousandth 111.
  assert.is(differs('location', second({}, { latitude: -7.9723 }), { tolerance: 200 }), false)
  assert.is(differs('location', second({}, { latitude: -7.9813 }), { tolerance: 200 }), true)
  assert.is(differs('location', second({}, { latitude: -7.9813, accuracyM: 2000 }), { tolerance: 200 }), false)
})

comparing('knows a name however it is spelled or shortened, one for each person', () => {
  assert.equal(matchNames(['Asep Suryana', 'Wati Suryani'], ['wati', 'Asep S.']), { missing: [], added: [] })
  assert.equal(matchNames(['Asep Suryana'], ['Asep Suryana', 'Bayi']), { missing: [], added: ['Bayi'] })
  assert.equal(matchNames(['Asep Suryana', 'Wati'], ['Dadang']), { missing: ['Asep Suryana', 'Wati'], added: ['Dadang'] })
  assert.is(differs('memberNames', second({ memberNames: 'Asep Suryana' })), true)
})

comparing.run()

// Siti's four visits and Tono's one; two of Siti's turn out to be wrong, one of them without anybody having been there.
function revisited(): Db {
  const db = freshDatabase()
  for (const [id, officer, regionCode] of [['a', siti, PONCOSARI], ['b', siti, PONCOSARI], ['c', siti, PONCOSARI], ['d', siti, GADINGSARI], ['e', tono, PONCOSARI]] as const) {
    addHousehold(db, id, { stage: 'assigned', officer, regionCode })
    addVisit(db, id, officer, { id: `visit-${id}` })
  }
  addRound(db, 'r')
  db.update(backchecks).set({ officerId: 'oki' }).run()
  db.$client.prepare("INSERT INTO user_regions (user_id, region_code) VALUES ('oki', ?)").run(GADINGSARI)
  const here = { ...oki, regions: [PONCOSARI, GADINGSARI] }
  revisit(db, here, backcheckOf(db, 'a').id, { visitedBefore: 'false', floorType: '9' })
  revisit(db, here, backcheckOf(db, 'b').id, { floorType: '9', hasFridge: 'true' })
  for (const id of ['c', 'd', 'e']) revisit(db, here, backcheckOf(db, id).id)
  return db
}
const judge = (db: Db, household: string, verdicts: Record<string, Verdict>, actor: Actor = budi, revision = backcheckOf(db, household).revision) =>
  as(db, actor, (tx) => judgePair(tx, backcheckOf(db, household).id, { key: randomUUID(), revision, verdicts, note: 'ditanya kepala dusun' }), LATER)

const judging = suite('judging a difference')

judging('shows both answers and both photos side by side to who coordinates', async () => {
  const db = revisited()
  const html = await (await freshApp(db).as(budi).get(`/backchecks/visits/${backcheckOf(db, 'a').id}`)).text()
  for (const words of ['Semen/bata merah', 'Tanah', 'Siti Rahayu', 'Oki Prasetyo', `/files/attachments/front-${backcheckOf(db, 'a').id}`]) assert.match(html, words)
})

judging('shows nothing of the first visit before the second has come', async () => {
  const db = revisited()
  db.update(backchecks).set({ status: 'open', submittedAt: null }).where(eq(backchecks.householdId, 'a')).run()
  const html = await (await freshApp(db).as(budi).get(`/backchecks/visits/${backcheckOf(db, 'a').id}`)).text()
  assert.not.match(html, 'Semen/bata merah')
})

judging('keeps every judgement; the last one counts, and what is excused no longer stands against the officer', () => {
  const db = revisited()
  assert.is(backcheckOf(db, 'a').firmDifferences, 2)
  judge(db, 'a', { floorType: 'officer_wrong' })
  assert.equal([backcheckOf(db, 'a').firmDifferences, backcheckOf(db, 'a').openDifferences], [2, 1])
  judge(db, 'a', { floorType: 'changed' })
  assert.equal([backcheckOf(db, 'a').firmDifferences, backcheckOf(db, 'a').openDifferences], [1, 1])
  assert.equal(db.select().from(backcheckJudgements).all().map(({ verdict }) => verdict), ['officer_wrong', 'changed'])
})

judging('is refused on an older page, without a choice, and to who was there', () => {
  const db = revisited()
  assert.throws(() => judge(db, 'a', { floorType: 'changed' }, budi, 1), /sudah berubah/)
  assert.throws(() => judge(db, 'a', {}), /Periksa kembali/)
  assert.throws(() => judge(db, 'a', { roofType: 'officer_wrong' }), /Periksa kembali/)
  db.update(backchecks).set({ officerId: 'budi' }).where(eq(backchecks.householdId, 'a')).run()
  assert.throws(() => judge(db, 'a', { floorType: 'changed' }), /Orang lain yang menilai/)
  assert.throws(() => judge(db, 'b', { floorType: 'changed' }, wawan), /tidak berwenang/)
  assert.throws(() => judge(db, 'b', { floorType: 'changed' }, eko), /tidak ditemukan/)
  assert.throws(() => as(db, nia, (tx) => openPair(tx, backcheckOf(db, 'b').id)), /tidak ditemukan/)
})

judging.run()

const results = suite('what the revisits found')
const everything = { region: '', round: '' }

results('is counted per question with its interval', () => {
  const { fields, visits, undecided } = readResults(revisited(), rina, everything)
  assert.is(visits, 5)
  assert.is(undecided, 4)
  const floor = fields.find(({ item: key }) => key === 'floorType')!
  assert.equal([floor.compared, floor.different], [5, 2])
  assert.is(floor.high, wilson(2, 5).high)
  assert.is(fields.find(({ item: key }) => key === 'hasFridge')!.different, 1)
})

results('is counted per officer by visits with a difference that should never be', () => {
  const { officers } = readResults(revisited(), rina, everything)
  assert.equal(officers.map(({ id, firm, count }) => [id, firm, count]), [['siti', 2, 4], ['tono', 0, 1]])
  assert.is(officers[0]!.low, wilson(2, 4).low)
})

results('is estimated per desa by what each visit stands for', () => {
  const db = revisited()
  // a stands for ten, b for two, c for two, e for one: (10 + 2) / 15.
  for (const [id, probability] of [['a', 0.1], ['b', 0.5], ['c', 0.5], ['e', 1]] as const) db.update(backchecks).set({ probability }).where(eq(backchecks.householdId, id)).run()
  const village = readResults(db, rina, everything).villages.find(({ code }) => code === PONCOSARI)!
  assert.is(Math.round(village.share * 1e9) / 1e9, 0.8)
  assert.is(Math.round(village.effective * 1e9) / 1e9, Math.round(225 / 109 * 1e9) / 1e9)
})

results('stay within the reader’s places and the chosen round', () => {
  const db = revisited()
  assert.is(readResults(db, budi, everything).visits, 4)
  assert.is(readResults(db, nia, everything).visits, 0)
  assert.is(readResults(db, rina, { region: '', round: 'another' }).visits, 0)
  assert.throws(() => readResults(db, budi, { region: '34.04', round: '' }), /tidak ditemukan/)
  assert.throws(() => readResults(db, siti, everything), /tidak berwenang/)
})

results('are told of one officer to whoever asks for the officer’s page', () => {
  const db = revisited()
  judge(db, 'a', { visitedBefore: 'officer_wrong' })
  const { revisited: count, firm, wrong, byType, share, latest } = discrepanciesOf(db, rina, 'siti')
  assert.equal([count, firm, wrong], [4, 2, 1])
  assert.equal(byType.map(({ type, different }) => [type, different]), [[1, 3], [2, 1], [3, 0]])
  assert.is(share.high, wilson(2, 4).high)
  assert.is(latest.length, 4)
  assert.is(discrepanciesOf(db, rina, 'dewi').revisited, 0)
  assert.is(discrepanciesOf(db, nia, 'siti').revisited, 0)
})

results('are drawn, with a table and a file each', async () => {
  const client = freshApp(revisited()).as(rina)
  const html = await (await client.get('/backchecks/results')).text()
  assert.ok(html.split('class="bar"').length > 10)
  assert.match(html, '40% (12%–77%) dari 5')
  const csv = await (await client.get('/backchecks/results/officers.csv')).text()
  assert.match(csv, /^petugas;nama;/)
  assert.match(csv, /siti;Siti Rahayu;4;2;0,5;0,15;0,85;/)
})

results.run()
