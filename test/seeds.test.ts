import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import jpeg from 'jpeg-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readKept } from '#app/files/opened.ts'
import { pathOf } from '#app/files/store.ts'
import { CURRENT, findMistakes } from '#app/questionnaire/questionnaire.ts'
import { countWaiting } from '#app/reviews/queue.ts'
import { verifyPassword } from '#app/sessions/passwords.ts'
import { ROLES } from '#app/users/permissions.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { batches, eligibilityRows, eligibilityRuns, files, households, members, musdesResults, pkhCommitments, recipientBatches, recipientChanges, recipients, users, visitPhotos, numberWaits } from '#db/schema/index.ts'
import { CHANGE_STATUSES } from '#db/schema/programmes.ts'
import { DEMO_PASSWORD, demoPeople } from '#db/seeds/demo-users.ts'
import { seedFirstTime } from '#db/seeds/first-time.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { PONCOSARI } from '#test/support/world.ts'

const TODAY = '2026-03-02'
const making = suite('a made-up household')

making('breaks no rule of the questionnaire, not even one that only warns', () => {
  fc.assert(fc.property(fc.integer(), fc.nat(1_000_000), (seed, serial) => {
    const record = makeHousehold(randomFrom(seed), { regionCode: PONCOSARI, serial, today: TODAY })
    assert.equal(findMistakes(CURRENT, record, { context: { today: TODAY } }), [])
  }), { numRuns: 400 })
})

making('is the same for the same seed, and of nobody who could exist', () => {
  const made = (seed: number) => makeHousehold(randomFrom(seed), { regionCode: PONCOSARI, serial: 7, today: TODAY })
  assert.equal(made(3), made(3))
  assert.not.equal(made(3), made(4))
  assert.ok(made(3).members.every(({ nik }) => String(nik).startsWith('99')))
  assert.ok(made(3).families.every(({ kkNumber }) => String(kkNumber).startsWith('99')))
})

making.run()

const folder = mkdtempSync(join(tmpdir(), 'siks-seeds-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

async function demo() {
  const db = openDatabase(':memory:')
  migrate(db)
  const log = console.log
  const said: string[] = []
  console.log = (line) => said.push(line)
  await seedFirstTime(db, folder, new Date('2026-11-24T03:00:00Z')).finally(() => (console.log = log))
  return { db, said: said.join('\n') }
}
const first = suite('the first start')
const told = demo()

first('prints a login for every role, and it opens', async () => {
  const { db, said } = await told
  const accounts = db.select().from(users).all()
  assert.equal([...new Set(accounts.map(({ role }) => role))].sort(), [...ROLES].sort())
  assert.ok(accounts.every(({ username, status }) => said.includes(username) && status === 'active'))
  assert.ok(said.includes(DEMO_PASSWORD))
  assert.ok(await verifyPassword(accounts[0]!.passwordHash, DEMO_PASSWORD))
})

first('shows programmes with recipients in every phase and changes in every status', async () => {
  const { db } = await told
  const phases = new Set(db.select().from(recipients).all().map(({ programme, phase }) => `${programme} ${phase}`))
  for (const one of ['pkh waiting', 'pkh receiving', 'pkh paused', 'pkh ended', 'sembako receiving', 'pbi receiving', 'pbi ended', 'ppks receiving']) assert.ok(phases.has(one), one)
  assert.equal([...new Set(db.select().from(recipientChanges).all().map(({ status }) => status))].sort(), [...CHANGE_STATUSES].sort())
  const signed = db.select().from(recipientBatches).all().map(({ status }) => status)
  assert.ok(signed.includes('frozen') && signed.includes('ratified'))
})

first('shows what families of PKH kept of their commitments, and what the rules come to', async () => {
  const { db } = await told
  assert.equal([...new Set(db.select().from(pkhCommitments).all().map(({ met }) => met))].sort(), [false, true])
  assert.equal(db.select().from(eligibilityRuns).all().map(({ programme, trial, status }) => [programme, trial, status]), [['pkh', false, 'ready'], ['sembako', true, 'ready']])
  assert.equal([...new Set(db.select().from(eligibilityRows).all().map(({ kind }) => kind))].sort(), ['entry', 'exit'])
})

first('leaves something waiting for each of them', async () => {
  const { db } = await told
  const people = demoPeople(['34.02.01.2001', '34.02.01.2002', '34.02.02.2001'])
  const held = (officer: string, stage: 'assigned' | 'returned' | 'deliberated') =>
    db.select().from(households).where(eq(households.officerId, officer)).all().filter((row) => row.stage === stage).length
  assert.ok(held('petugas', 'assigned') > 10 && held('petugas', 'returned') > 0)
  assert.ok(held('operator', 'deliberated') > 0)
  assert.ok(db.select().from(musdesResults).all().length > 10)
  for (const checker of ['pengawas', 'korcam', 'korcam2', 'dinsos']) {
    const { waiting, flagged } = countWaiting(db, people[checker]!)
    assert.ok(waiting > 5 && flagged > 0, checker)
  }
  assert.equal(db.select().from(batches).all().map(({ status }) => status), ['determined', 'dispatched', 'frozen'])
  assert.is(db.select().from(numberWaits).all().length, 2, 'one household of each officer waits for Dukcapil')
  assert.ok(db.select().from(households).where(eq(households.stage, 'determined')).all().every(({ version }) => version === 2))
})

first('holds 600 valid households and one proposal, none of a real person', async () => {
  const { db } = await told
  const rows = db.select().from(households).all()
  assert.is(rows.length, 601)
  const wrong = rows.filter(({ origin }) => origin === 'prelist')
    .flatMap(({ record }) => findMistakes(CURRENT, record, { context: { today: '2026-11-24' } })).filter(({ severity }) => severity === 'error')
  assert.equal(wrong, [])
  assert.ok(db.select().from(members).all().every(({ nik }) => nik === null || nik.startsWith('99')))
})

first('stores photos that are photos, each on the disk', async () => {
  const { db } = await told
  const named = db.select().from(visitPhotos).innerJoin(files, eq(files.sha256, visitPhotos.sha256)).all()
  assert.ok(named.length > 300)
  assert.ok(named.every(({ files: file }) => existsSync(pathOf(folder, file)) && file.bytes < 60_000))
  assert.ok(jpeg.decode(await readKept(folder, pathOf(folder, named[0]!.files))).width > 100)
})

first('keeps the trail whole, and does not happen twice', async () => {
  const { db } = await told
  assert.is(findBrokenLine(db), undefined)
  const before = db.select().from(households).all().length
  await seedFirstTime(db, folder)
  assert.is(db.select().from(households).all().length, before)
})

first.run()
