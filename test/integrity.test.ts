import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/duplicates/checks.ts'
import { catchUp as followAll, checkedUpTo, followSome, readFollowing, restartRound } from '#app/integrity/following.ts'
import { judgeHousehold } from '#app/integrity/judging.ts'
import { readOverview } from '#app/integrity/overview.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { ageOn } from '#app/questionnaire/age.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { gateFailures, gateVerdicts, households, inactiveHouseholds } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, BALECATUR, BANTUL, freshApp, freshDatabase, mega, nia, oki, PONCOSARI, prita, rina, siti, SRANDAKAN, TRIMURTI } from '#test/support/world.ts'

const failuresOf = (db: Db, id: string) => db.select().from(gateFailures).where(eq(gateFailures.householdId, id)).all()
  .map(({ gate, severity, message }) => `${severity} ${gate}: ${message}`)
const countsOf = (db: Db, region: string) => {
  const { rows } = readOverview(db, rina, region)
  return Object.fromEntries(rows.map(({ code, judged, failing, a, e }) => [code, [judged, failing, a, e]]))
}
const sameNik = (record: HouseholdRecord, nik: string) => ({ ...record, members: record.members.map((member, i) => i === 1 ? { ...member, nik } : member) })
const revise = (db: Db, id: string, record: HouseholdRecord) => as(db, rina, (tx) => {
  const household = getHousehold(tx, id)
  reviseHousehold(tx, household, household.version, record, 'test')
})

const judging = suite('the live gates')

judging('keep what a household fails, and count it in its desa and in everything above', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  addHousehold(db, 'ujang', { record: aRecord({ household: { floorType: undefined } }) })
  addHousehold(db, 'tuti', { regionCode: TRIMURTI })
  await catchUp(db)

  assert.equal(failuresOf(db, 'asep'), [])
  assert.match(failuresOf(db, 'ujang').join(), /error e: .*lantai/i)
  assert.equal(countsOf(db, SRANDAKAN), { [PONCOSARI]: [2, 1, 0, 1], [TRIMURTI]: [1, 0, 0, 0] })
  assert.equal(readOverview(db, mega, '').rows.map(({ code, judged, failing }) => [code, judged, failing]), [['34', 3, 1]])
})

judging('go past a household that cannot be judged, and the log names it', async () => {
  const db = freshDatabase()
  for (const id of ['asep', 'ujang', 'tuti']) addHousehold(db, id)
  db.$client.prepare("UPDATE households SET record = '{}' WHERE id = 'ujang'").run()
  const [told, kept] = [[] as unknown[], console.error]
  console.error = (words: unknown) => void told.push(words)
  await followAll(db, [judgeHousehold]).finally(() => { console.error = kept })
  assert.equal(countsOf(db, SRANDAKAN), { [PONCOSARI]: [2, 0, 0, 0] })
  assert.equal([...new Set(told)], ['Rumah tangga ujang tidak dapat diperiksa.'])
  assert.is(readFollowing(db)!.waiting, 0)
})

judging('judge the other household of a NIK anew too: when it appears twice and when it no longer does', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  await catchUp(db)
  const { record } = getHousehold({ db, actor: rina }, 'asep')
  const double = String(record.members[1]!.nik)
  addHousehold(db, 'tuti', { regionCode: TRIMURTI, record: sameNik(aRecord({ head: 'Tuti Wibowo' }), double) })
  await catchUp(db)
  assert.equal([failuresOf(db, 'asep').length, failuresOf(db, 'tuti').filter((one) => one.startsWith('error')).length], [1, 1])
  assert.match(failuresOf(db, 'asep')[0]!, 'NIK sudah ada di rumah tangga Tuti Wibowo')

  revise(db, 'tuti', aRecord({ head: 'Tuti Wibowo' }))
  await catchUp(db)
  assert.equal([...failuresOf(db, 'asep'), ...failuresOf(db, 'tuti')], [])
  assert.equal(countsOf(db, SRANDAKAN), { [PONCOSARI]: [1, 0, 0, 0], [TRIMURTI]: [1, 0, 0, 0] })
})

judging('forget a household that is no longer active, and what it held against another', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  addHousehold(db, 'tuti', { record: sameNik(aRecord(), String(getHousehold({ db, actor: rina }, 'asep').record.members[1]!.nik)) })
  await catchUp(db)
  as(db, rina, (tx) => {
    tx.db.insert(inactiveHouseholds).values({ householdId: 'tuti', reason: 'ganda', since: '2026-03-02', cause: 'test' }).run()
    tx.audit('household.deactivated', 'tuti')
  })
  await catchUp(db)
  assert.equal([...failuresOf(db, 'asep'), ...failuresOf(db, 'tuti')], [])
  assert.equal(countsOf(db, SRANDAKAN), { [PONCOSARI]: [1, 0, 0, 0] })
})

judging('judge the visit under way rather than the master', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ household: { floorType: undefined } }) })
  await catchUp(db)
  assert.is(failuresOf(db, 'asep').length, 1)
  addVisit(db, 'asep', siti, { id: 'visit', record: aRecord() })
  await catchUp(db)
  assert.equal(failuresOf(db, 'asep').filter((one) => one.startsWith('error')), [])
  assert.is(db.select().from(gateVerdicts).get()!.basis, 'visit')
})

judging('hold no age against a record that was true when it was asked, years ago', async () => {
  const db = freshDatabase()
  const asked = aRecord({ household: { visitDate: '2023-05-02' } })
  addHousehold(db, 'asep', { record: asked })
  addHousehold(db, 'ujang', { record: { ...asked, household: { ...asked.household, visitDate: undefined } } })
  for (const id of ['asep', 'ujang']) {
    const { record } = getHousehold({ db, actor: rina }, id)
    revise(db, id, { ...record, members: record.members.map((member) => ({ ...member, age: ageOn(String(member.birthDate), '2023-05-02') })) })
  }
  await catchUp(db)
  assert.equal(failuresOf(db, 'asep').filter((one) => one.includes('umur')), [])
  assert.ok(failuresOf(db, 'ujang').some((one) => one.includes('umur')))
})

judging('warn of doubts about NIK and No KK without holding the household back', async () => {
  const db = freshDatabase()
  const record = aRecord()
  record.members[0]!.birthDate = '1980-05-13'
  record.families[0]!.kkNumber = '9902014503100001'
  addHousehold(db, 'asep', { record })
  await catchUp(db)
  const failures = failuresOf(db, 'asep')
  assert.ok(failures.every((one) => one.startsWith('warning')), failures.join())
  assert.match(failures.join(), /warning b: .*tanggal lahir berbeda dengan yang tersirat pada NIK/)
  assert.match(failures.join(), /warning c: .*tanggal terbit/)
  assert.equal(readOverview(db, rina, SRANDAKAN).rows.map(({ failing, w }) => [failing, w]), [[0, 1]])
})

judging('keep since when a failure stands, and move the time of change only when something changed', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: aRecord({ household: { floorType: undefined } }) })
  await catchUp(db, '2026-03-01T01:00:00.000Z')
  judgeHousehold(db, 'asep', '2026-03-09T01:00:00.000Z')
  const { judgedAt, changedAt } = db.select().from(gateVerdicts).get()!
  assert.equal([judgedAt, changedAt, db.select().from(gateFailures).get()!.foundAt], ['2026-03-09T01:00:00.000Z', '2026-03-01T01:00:00.000Z', '2026-03-01T01:00:00.000Z'])
})

judging.run()

const following = suite('the worker behind the gates')

following('fills in chunks, tells how far it is, and goes on where it was cut off', () => {
  const db = freshDatabase()
  for (let i = 0; i < 45; i += 1) addHousehold(db, `keluarga-${i}`)
  followSome(db, [judgeHousehold], '2026-03-01T01:00:00.000Z')
  const halfway = readFollowing(db)!
  assert.equal([halfway.total, halfway.done, halfway.finishedAt], [45, 20, null])
  while (followSome(db, [judgeHousehold], '2026-03-01T01:00:00.000Z')) { /* the next start of the server */ }
  assert.equal([readFollowing(db)!.done, db.select().from(gateVerdicts).all().length], [45, 45])
})

following('looks at nothing twice that was only read', async () => {
  const { db, as: signedIn } = freshApp()
  addHousehold(db, 'asep')
  await catchUp(db, '2026-03-01T01:00:00.000Z')
  assert.is((await signedIn(rina).get('/households/asep')).status, 200)
  await catchUp(db, '2026-03-09T01:00:00.000Z')
  assert.is(db.select().from(gateVerdicts).get()!.judgedAt, '2026-03-01T01:00:00.000Z')
})

following('knows the line of audit up to which everything has been looked at', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  await catchUp(db)
  const done = checkedUpTo(db)
  addHousehold(db, 'ujang')
  assert.ok(checkedUpTo(db) === done)
  await catchUp(db)
  assert.ok(checkedUpTo(db) > done)
})

following('goes over everything once more when asked', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  await catchUp(db, '2026-03-01T01:00:00.000Z')
  restartRound(db, '2026-03-09T01:00:00.000Z')
  await catchUp(db, '2026-03-09T01:00:00.000Z')
  assert.equal([readFollowing(db)!.round, db.select().from(gateVerdicts).get()!.judgedAt], [2, '2026-03-09T01:00:00.000Z'])
})

following.run()

const pages = suite('the pages of integrity')

async function furnished() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', household: { floorType: undefined } }) })
  addHousehold(world.db, 'tuti', { regionCode: TRIMURTI, record: aRecord({ head: 'Tuti Wibowo', household: { floorType: undefined } }) })
  addHousehold(world.db, 'slamet', { regionCode: BALECATUR, record: aRecord({ head: 'Slamet Riyadi', household: { floorType: undefined } }) })
  await catchUp(world.db)
  return world
}
const read = async (response: Response | Promise<Response>) => (await response).text()

pages('show a Dinsos each kecamatan, a village operator the own desa, and neither the neighbour', async () => {
  const world = await furnished()
  const office = await read(world.as(rina).get('/integrity'))
  assert.match(office, 'Srandakan')
  assert.not.match(office, 'Balecatur')
  assert.match(await read(world.as(rina).get(`/integrity?region=${SRANDAKAN}`)), /Poncosari[^]*Trimurti/)
  assert.match(await read(world.as(oki).get('/integrity')), 'Poncosari')
  assert.is((await world.as(oki).get(`/integrity?region=${SRANDAKAN}`)).status, 404)
  assert.is((await world.as(nia).get(`/integrity/households?region=${PONCOSARI}`)).status, 404)
  assert.is((await world.as(siti).get('/integrity')).status, 403)
})

pages('list for a criterion what is wrong, what to do, and where to propose the repair', async () => {
  const world = await furnished()
  const page = await read(world.as(rina).get(`/integrity/households?region=${BANTUL}&gate=e`))
  for (const words of ['Asep Suryana', 'Tuti Wibowo', 'lantai', 'Lengkapi isian yang disebut', '/proposals/new?household=asep&amp;kind=correction']) assert.match(page, words)
  assert.match(await read(world.as(rina).get(`/integrity/households?region=${BANTUL}&gate=a`)), 'Semua lolos')
  assert.not.match(await read(world.as(prita).get(`/integrity/households?region=${BANTUL}`)), 'Ajukan perbaikan')
})

pages('turn over a long list by place, so that nobody is shown twice or left out', async () => {
  const world = freshApp()
  for (let i = 0; i < 65; i += 1) addHousehold(world.db, `id${i}`, { regionCode: i % 2 ? TRIMURTI : PONCOSARI, record: aRecord({ head: `Kepala ${i}.`, household: { floorType: undefined } }) })
  await catchUp(world.db)
  const seen: string[] = []
  for (let href: string | undefined = `/integrity/households?region=${BANTUL}&gate=e`; href;) {
    const page: string = await read(world.as(rina).get(href))
    seen.push(...[...page.matchAll(/href="\/households\/(id\d+)"/g)].map((found) => found[1]!))
    href = /href="([^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.equal([seen.length, new Set(seen).size], [65, 65])
})

pages('refuse a place or a page that is none', async () => {
  const world = await furnished()
  assert.is((await world.as(rina).get('/integrity?region=xx')).status, 422)
  assert.is((await world.as(rina).get(`/integrity/households?region=${BANTUL}&after=x`)).status, 422)
  assert.is((await world.as(mega).get('/integrity?region=77')).status, 404)
  assert.is(world.db.select().from(households).all().length, 3)
})

pages.run()
