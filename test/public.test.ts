import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countUse, DOORS, networkOf, refuseOveruse, sweepUses, TooMany } from '#app/public/brake.ts'
import { lookUp } from '#app/public/lookup.ts'
import { isWholeName, maskName, wordsOf } from '#app/public/names.ts'
import { lookupUsage } from '#app/public/usage.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { inactiveHouseholds, lookupCounts, publicUses } from '#db/schema/index.ts'
import { openDatabase } from '#db/connection.ts'
import { aRecord } from '#test/support/records.ts'
import { sendReport } from '#test/support/reports.ts'
import { addHousehold, agus, BALECATUR, freshApp, freshDatabase, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const NOON = Date.parse('2026-03-02T05:00:00.000Z')
const MINUTE = 60_000
const ask = (name: string, region = PONCOSARI, address = '10.0.0.1') => ({ name, region, address })
const record = (head: string, given: Parameters<typeof aRecord>[0] = {}): HouseholdRecord => aRecord({ head, spouse: 'Wati Suryani', ...given })

function registry() {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'determined', record: record('Asep Suryana', { household: { progPkh: true, progKis: true, progKur: true } }) })
  return db
}
const found = (db: ReturnType<typeof registry>, name: string, region?: string) => lookUp(db, ask(name, region), NOON).found

const looking = suite('looking up a name')

looking('answers with a masked name, an age band and the programmes, and nothing else', () => {
  assert.equal(found(registry(), 'ASEP  SURYANA'), [{ name: 'A*** S******', age: '45-59', programmes: ['pkh', 'pbi'] }])
})

looking('finds members as well as heads, whatever signs and accents the name is written with', () => {
  const db = registry()
  assert.equal(found(db, 'wati suryani').length, 1)
  addHousehold(db, 'rene', { stage: 'determined', record: record("Réné Ma'ruf, S.Pd") })
  assert.equal(found(db, 'rene ma ruf s pd').map(({ name }) => name), ['R*** M**** S**'])
})

looking('knows the whole name only: no part, no beginning, no other order, no wildcard', () => {
  const db = registry()
  for (const name of ['Asep', 'Asep Sury', 'Suryana', 'Suryana Asep', 'Asep Suryana Wati', 'Ase* Sur*', 'asep OR wati', '"asep" suryana*x', 'names:asep suryana x']) assert.equal(found(db, name), [], name)
})

looking('finds a person of one name by exactly that name, of three letters or more', () => {
  const db = registry()
  addHousehold(db, 'tumi', { stage: 'determined', record: record('Tumijan') })
  assert.is(found(db, 'tumijan').length, 1)
  assert.equal(found(db, 'tumija'), [])
  for (const short of ['', 'a', 'as', 'a b', '%%%', '***']) assert.throws(() => lookUp(db, ask(short), NOON), (problem: { fields: Record<string, string> }) => Boolean(problem.fields.name))
})

looking('needs the desa: a kecamatan, a kabupaten, a code that is none are refused', () => {
  const db = registry()
  for (const region of ['', '34', '34.02', '34.02.01', '34.02.01.9999', "34.02.01.2001' OR 1"]) {
    assert.throws(() => lookUp(db, ask('Asep Suryana', region), NOON), (problem: { fields: Record<string, string> }) => Boolean(problem.fields.region), region)
  }
  for (const region of [TRIMURTI, BALECATUR]) assert.equal(found(db, 'Asep Suryana', region), [])
})

looking('takes no NIK for a name', () => {
  assert.throws(() => lookUp(registry(), ask('9902011205800001'), NOON), /./)
})

looking('says nothing of a household that was never determined, is inactive or was withdrawn', () => {
  const db = freshDatabase()
  for (const stage of ['listed', 'submitted', 'verified', 'dispatched', 'withdrawn'] as const) addHousehold(db, stage, { stage, record: record('Asep Suryana') })
  assert.equal(found(db, 'Asep Suryana'), [])
  const other = registry()
  other.insert(inactiveHouseholds).values({ householdId: 'asep', reason: 'pindah', since: '2026-02-01', cause: 'test' }).run()
  assert.equal(found(other, 'Asep Suryana'), [])
})

looking('leaves out children, and members who died or moved away', () => {
  const db = freshDatabase()
  const gone = record('Asep Suryana')
  gone.members[0]!.memberPresence = 2
  gone.members[1]!.birthDate = '2012-08-20'
  addHousehold(db, 'asep', { stage: 'determined', record: gone })
  assert.equal([found(db, 'Asep Suryana'), found(db, 'Wati Suryani')], [[], []])
})

looking('shows no namesakes when there are more than three', () => {
  const db = freshDatabase()
  for (const id of ['a', 'b', 'c']) addHousehold(db, id, { stage: 'determined', record: record('Siti Aminah') })
  assert.is(found(db, 'Siti Aminah').length, 3)
  addHousehold(db, 'd', { stage: 'determined', record: record('Siti Aminah') })
  const answer = lookUp(db, ask('Siti Aminah'), NOON)
  assert.equal([answer.found, answer.tooMany], [[], true])
})

looking('is counted by day and desa for the administrator, never with the name', async () => {
  const db = registry()
  for (const name of ['Asep Suryana', 'Budi Nirwana']) lookUp(db, ask(name), NOON)
  assert.equal(db.select().from(lookupCounts).all(), [{ day: '2026-03-02', regionCode: PONCOSARI, asked: 2, found: 1, refused: 0 }])
  assert.not.match(JSON.stringify([db.select().from(publicUses).all(), db.select().from(lookupCounts).all()]), /asep|budi/i)
  assert.equal(lookupUsage(db, agus, new Date(NOON)).villages.map(({ name, asked }) => [name, asked]), [['Poncosari', 2]])
  const world = freshApp(db)
  assert.is((await world.as(agus).get('/reports/usage')).status, 200)
  assert.is((await world.as(rina).get('/reports/usage')).status, 403)
})

looking('masks every letter but the first of each word', () => {
  assert.equal(['Budi Santoso', 'A', '  siti   nur  '].map(maskName), ['B*** S******', 'A*', 'S*** N**'])
  assert.equal([wordsOf('Ma’ruf/Ali'), isWholeName(['ab']), isWholeName(['ab', 'cd'])], [['ma', 'ruf', 'ali'], false, true])
})

looking.run()

const brake = suite('the brake')

brake('closes after so many look-ups from one address and tells when it opens, then opens', () => {
  const db = registry()
  for (let i = 0; i < DOORS.lookup.limit; i += 1) lookUp(db, ask('Asep Suryana', i % 2 ? PONCOSARI : TRIMURTI), NOON + i * 1000)
  const refusal = (at: number) => { try { lookUp(db, ask('Asep Suryana'), at); return null } catch (error) { return error as TooMany } }
  const refused = refusal(NOON + MINUTE)
  assert.instance(refused, TooMany)
  assert.is(refused!.openAt, '2026-03-02T05:15:00.000Z')
  assert.is(lookUp(db, ask('Asep Suryana', PONCOSARI, '10.0.0.2'), NOON + MINUTE).found.length, 1)
  assert.ok(refusal(NOON + 15 * MINUTE - 1))
  assert.is(refusal(NOON + 15 * MINUTE), null)
})

brake('closes for a desa whoever asks, and leaves the next desa open', () => {
  const db = registry()
  for (let i = 0; i < DOORS.lookupVillage.limit; i += 1) lookUp(db, ask('Asep Suryana', PONCOSARI, `10.0.1.${i}`), NOON)
  assert.throws(() => lookUp(db, ask('Asep Suryana', PONCOSARI, '10.9.9.9'), NOON + 1), (error: unknown) => error instanceof TooMany)
  assert.equal(lookUp(db, ask('Asep Suryana', TRIMURTI, '10.9.9.9'), NOON + 1).found, [])
  assert.is(db.select().from(lookupCounts).where(eq(lookupCounts.regionCode, PONCOSARI)).get()!.refused, 1)
})

brake('survives a restart, and forgets after a day', () => {
  const db = registry()
  for (let i = 0; i < DOORS.code.limit; i += 1) countUse(db, DOORS.code, '10.0.0.1', NOON)
  const again = openDatabase(db.$client.serialize())
  assert.throws(() => refuseOveruse(again, DOORS.code, '10.0.0.1', NOON + 1), (error: unknown) => error instanceof TooMany)
  sweepUses(again, NOON + 25 * 60 * MINUTE)
  assert.equal(again.select().from(publicUses).all(), [])
})

brake('takes a whole IPv6 line for one', () => {
  assert.is(networkOf('2001:db8:1:2:aaaa::1'), networkOf('2001:db8:1:2:bbbb:cc::2'))
  assert.is.not(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'))
  assert.equal([networkOf('2001:db8::1'), networkOf('10.0.0.1'), networkOf('::ffff:10.0.0.1')], ['2001:db8:0:0', '10.0.0.1', '::ffff:10.0.0.1'])
})

brake('answers 429 with a plain page and the time', async () => {
  const world = freshApp(registry())
  for (let i = 0; i < DOORS.lookup.limit; i += 1) countUse(world.db, DOORS.lookup, 'local', Date.now())
  const answer = await world.anybody.post('/cek', { region: PONCOSARI, name: 'Asep Suryana' })
  assert.is(answer.status, 429)
  assert.ok(Number(answer.headers.get('Retry-After')) > 800)
  assert.match(await answer.text(), /Coba lagi sekitar 15 menit lagi, sesudah pukul <time/)
})

brake.run()

const pages = suite('the pages before any sign-in')

pages('are kept by nobody and found by no search engine', async () => {
  const world = freshApp(registry())
  for (const path of ['/cek', '/lapor', '/lapor/new', '/lapor/BCDF-GHJK-MNPQ']) {
    const { headers } = await world.anybody.get(path)
    assert.equal([headers.get('Cache-Control'), headers.get('X-Robots-Tag')], ['no-store', 'noindex, nofollow'], path)
  }
})

pages('send only the children that were asked for, and lead on step by step without script', async () => {
  const world = freshApp(registry())
  const first = await (await world.anybody.get('/cek')).text()
  assert.match(first, 'DAERAH ISTIMEWA YOGYAKARTA')
  assert.not.match(first, 'BANTUL')
  assert.match(await (await world.anybody.get('/cek/children?above=1&region=34')).text(), 'KAB. BANTUL')
  const steps = [['34', 'KAB. BANTUL'], ['34.02', 'Srandakan'], ['34.02.01', 'Poncosari']] as const
  for (const [i, [code, next]] of steps.entries()) {
    const chosen = steps.slice(0, i).map(([one]) => one)
    const answer = await world.anybody.post('/cek', { region: [...chosen, code], name: 'Asep Suryana', step: 'region' })
    const html = await answer.text()
    assert.equal([answer.status, html.includes(next), html.includes('value="Asep Suryana"')], [200, true, true])
  }
})

pages('carry no NIK, KK, address or illness, found or not', async () => {
  const world = freshApp(freshDatabase())
  addHousehold(world.db, 'asep', { stage: 'determined', record: record('Asep Suryana', { address: 'Jl. Rahasia 7', member: { chronicIllness: 5, disabilityType: 3 } }) })
  const code = sendReport(world.db, { statement: 'Rumahnya sudah bagus sekali, tetapi masih dapat.' })
  const asked = [
    world.anybody.post('/cek', { region: PONCOSARI, name: 'Asep Suryana' }), world.anybody.post('/cek', { region: PONCOSARI, name: 'Budi Nirwana' }),
    ...['/cek', '/lapor', '/lapor/new', `/lapor/new?region=${PONCOSARI}`, `/lapor/${code}`].map((path) => world.anybody.get(path)),
  ]
  for (const answer of await Promise.all(asked)) {
    const html = await answer.text()
    assert.not.match(html, /\d{16}|99\*+|Rahasia 7|Wati|[Dd]isabilitas|[Pp]enyakit/)
  }
})

pages('give the same words for a name that is not there, not determined, or inactive', async () => {
  const world = freshApp(registry())
  addHousehold(world.db, 'ujang', { stage: 'verified', record: record('Ujang Belum') })
  addHousehold(world.db, 'tuti', { stage: 'determined', record: record('Tuti Nonaktif') })
  world.db.insert(inactiveHouseholds).values({ householdId: 'tuti', reason: 'mampu', since: '2026-02-01', cause: 'test' }).run()
  const answers = await Promise.all(['Nama Lain', 'Ujang Belum', 'Tuti Nonaktif'].map(async (name) =>
    (await (await world.anybody.post('/cek', { region: PONCOSARI, name })).text()).replaceAll(name, '')))
  assert.is(new Set(answers).size, 1)
  assert.match(answers[0]!, 'Tidak ada orang dengan nama itu')
})

pages('are led to from the page on which one signs in', async () => {
  const html = await (await freshApp().anybody.get('/session')).text()
  assert.match(html, /href="\/cek"/)
  assert.match(html, /href="\/lapor"/)
})

pages.run()
