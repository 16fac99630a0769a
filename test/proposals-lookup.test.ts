import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reachHousehold } from '#app/proposals/reaching.ts'
import { auditEntries, householdLookups, inactiveHouseholds, proposals } from '#db/schema/index.ts'
import { kkOf } from '#test/support/changes.ts'
import { hidden, nikOf, rini, seek, send, ticketIn, WEDDING, world } from '#test/support/two-desa.ts'
import { as, budi, mega, oki, PONCOSARI, siti } from '#test/support/world.ts'

const looking = suite('looking for a household of another desa by its number')

looking('tells a shortened name and the desa, and nothing more', async () => {
  const made = world()
  const answer = await seek(made, oki, nikOf('Fitri Riyadi').replace(/(.{4})/g, '$1 '))
  assert.is(answer.status, 303)
  assert.match(ticketIn(answer), /^[0-9a-f-]{36}$/)
  const page = await (await made.as(oki).get(answer.headers.get('Location')!)).text()
  assert.match(page, /B\*+ R\*+/)
  assert.match(page, /Trimurti/)
  assert.equal(hidden(page), [])
})

looking('keeps the number masked in the trail, found or not', async () => {
  const made = world()
  await seek(made, oki, nikOf('Fitri Riyadi'))
  assert.is((await seek(made, oki, '9902015010800999')).status, 422)
  const lines = made.db.select().from(auditEntries).where(eq(auditEntries.action, 'household.sought')).all()
  assert.equal(lines.map(({ subject }) => subject), [nikOf('Fitri Riyadi'), '9902015010800999'].map((number) => `99${'*'.repeat(10)}${number.slice(-4)}`))
  // All of a line but the hashes of the chain, in which sixteen figures may follow each other by chance.
  assert.not.match(JSON.stringify(lines.map((line) => ({ ...line, hash: '', previousHash: '' }))), /\d{16}/)
})

looking('asks for the whole number, and knows no inactive household and nobody who left', async () => {
  const made = world()
  for (const number of ['990201', 'Fitri Riyadi', '']) assert.is((await seek(made, oki, number)).status, 422)
  assert.is(made.db.select().from(auditEntries).where(eq(auditEntries.action, 'household.sought')).all().length, 0)
  made.db.$client.exec("UPDATE members SET presence = 3 WHERE name = 'Fitri Riyadi'")
  assert.is((await seek(made, oki, nikOf('Fitri Riyadi'))).status, 422)
  made.db.insert(inactiveHouseholds).values({ householdId: 'bambang', reason: 'mampu', since: '2026-01-01', cause: 'test' }).run()
  assert.is((await seek(made, oki, kkOf(21))).status, 422)
})

looking('leads to the ordinary form where the household is one\'s own', async () => {
  const made = world(PONCOSARI)
  assert.match((await seek(made, oki, kkOf(21))).headers.get('Location')!, /other=bambang/)
  assert.is(made.db.select().from(householdLookups).all().length, 0)
})

looking('is braked at twenty an hour for each person, and counts what is not found', async () => {
  const made = world()
  const at = '2026-03-02T03:00:00.000Z'
  for (let i = 0; i < 20; i += 1) as(made.db, oki, (tx) => reachHousehold(tx, randomUUID(), `99020150108000${String(i).padStart(2, '0')}`), at)
  assert.throws(() => as(made.db, oki, (tx) => reachHousehold(tx, randomUUID(), kkOf(21)), at), /Terlalu banyak pencarian nomor/)
  as(made.db, rini, (tx) => reachHousehold(tx, randomUUID(), kkOf(21)), at)
  as(made.db, oki, (tx) => reachHousehold(tx, randomUUID(), kkOf(21)), '2026-03-02T04:00:01.000Z')
})

looking('sent twice is one finding and one line', async () => {
  const made = world()
  const key = randomUUID()
  const [one, other] = [await seek(made, oki, kkOf(21), 'member_move', 'asep', key), await seek(made, oki, kkOf(21), 'member_move', 'asep', key)]
  assert.is(one.headers.get('Location'), other.headers.get('Location'))
  assert.is(made.db.select().from(auditEntries).where(eq(auditEntries.action, 'household.sought')).all().length, 1)
})

looking('is for operators of desa and Dinsos, and a finding is its finder\'s alone, for a day', async () => {
  const made = world()
  for (const person of [siti, budi, mega]) assert.is((await seek(made, person, kkOf(21))).status, 403)
  const reached = ticketIn(await seek(made, oki, nikOf('Fitri Riyadi')))
  assert.is((await send(made, siti, { ...WEDDING, reached })).status, 422)
  made.db.update(householdLookups).set({ foundAt: '2026-01-01T00:00:00.000Z' }).run()
  assert.is((await send(made, oki, { ...WEDDING, reached })).status, 422)
  assert.is((await send(made, oki, { ...WEDDING, other: 'bambang' })).status, 404)
  assert.is(made.db.select().from(proposals).all().length, 0)
})

looking.run()
