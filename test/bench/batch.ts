import { randomUUID } from 'node:crypto'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { beginGathering } from '#app/ratification/gathering.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { acceptAll } from '#app/ratification/deciding.ts'
import { askDispatch } from '#app/ratification/dispatch.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { readBatch } from '#app/ratification/reading.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { stepsDone, workOnStep } from '#app/ratification/step-work.ts'
import { system, type Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { regions, userRegions, users, visits } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { filledDatabase } from '#test/bench/filled.ts'
import { watchLoop } from '#test/bench/pulse.ts'
import { aRecord } from '#test/support/records.ts'

// A batch of five thousand, from opening to the ministry's word: how long each step takes, and how long anybody else waits.
// `node --import tsx test/bench/batch.ts [households]`.
const MANY = Number(process.argv[2] ?? 5000)
const VILLAGES = 40
const dinsos: Actor = { id: 'dinsos', name: 'Dinsos', role: 'regency_officer', regions: ['99.01'] }
const bupati: Actor = { id: 'bupati', name: 'Bupati', role: 'regency_approver', regions: ['99.01'] }
const pusdatin: Actor = { id: 'pusdatin', name: 'Pusdatin', role: 'ministry_officer', regions: [''] }
const round = (value: number) => Math.round(value * 10) / 10
const FILE = { sha256: 'aa'.repeat(32), mime: 'application/pdf', bytes: 1, field: 'letter', name: 's.pdf' }

const { db, directory, run } = filledDatabase('batch')
await run(fill, measure)

async function measure() {
  const id = randomUUID()
  const steps: [string, Actor, (tx: Tx) => void][] = [
    ['gather', dinsos, (tx) => beginGathering(tx, openBatch(tx, { id, regionCode: '99.01', title: 'Pengukuran' }))],
    ['freeze', dinsos, (tx) => freezeBatch(tx, id)],
    ['ratify', bupati, (tx) => ratifyBatch(tx, id, { letterNumber: '460/1', letterDate: '2026-11-24', signatory: 'Bupati' }, { ...FILE, id: randomUUID() })],
    ['dispatch', dinsos, (tx) => askDispatch(tx, id)],
    ['accept', pusdatin, (tx) => acceptAll(tx, id)],
  ]
  const took: Record<string, { s: number, longest_ms: number }> = {}
  for (const [name, actor, ask] of steps) {
    const stop = watchLoop()
    const begin = performance.now()
    transact(db, actor, ask)
    workOnStep({ db, dataDirectory: directory }, id)
    await stepsDone(db)
    took[name] = { s: round((performance.now() - begin) / 1000), longest_ms: Math.round(stop()) }
  }
  const begin = performance.now()
  const { batch } = readBatch(db, dinsos, id)
  const page = Math.round(performance.now() - begin)
  const all = Object.values(took)
  const line = { unit: 's', n: batch.itemCount, status: batch.status, steps: took, page_ms: page }
  console.log(JSON.stringify({ name: 'batch_5000_s', value: round(all.reduce((sum, { s }) => sum + s, 0)), ...line }))
  console.log(JSON.stringify({ name: 'batch_5000_longest_wait_ms', value: Math.max(...all.map(({ longest_ms: ms }) => ms)), unit: 'ms', n: batch.itemCount, bar: '<= 300' }))
}

// Households that Dinsos has verified, each with its visit.
function fill(db: Db) {
  const add = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  add('99', 'Provinsi Contoh'); add('99.01', 'Kabupaten Contoh'); add('99.01.01', 'Kecamatan Contoh')
  for (let i = 0; i < VILLAGES; i++) add(`99.01.01.${2001 + i}`, `Desa ${i + 1}`)
  for (const { id, name, role, regions: places } of [dinsos, bupati, pusdatin]) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    for (const regionCode of places) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
  const at = '2026-11-20T03:00:00.000Z'
  for (let from = 0; from < MANY; from += 500) {
    transact(db, system, (tx) => {
      for (let i = from; i < Math.min(MANY, from + 500); i++) {
        const [id, visitId, regionCode] = [randomUUID(), randomUUID(), `99.01.01.${2001 + i % VILLAGES}`]
        const record = aRecord({ serial: i + 1, head: `Kepala ${i}` })
        createHousehold(tx, { id, regionCode, prelistId: `99${i}`, origin: 'prelist', record, cause: 'bench', stage: 'listed' })
        db.insert(visits).values({
          id: visitId, householdId: id, regionCode, officerId: dinsos.id, status: 'verified', outcome: 1, record: setAnswer(record, 'household.floorType', 2),
          savedSections: {}, revision: 1, baseVersion: 1, questionnaireVersion: '2026', latitude: -7.9, longitude: 110.2, accuracyM: 9, locatedAt: at, openedAt: at, activeMs: 1_200_000, submittedAt: at,
        }).run()
        moveStage(tx, { id, stage: null }, 'verified', { set: { visitId, outcome: 1 } })
      }
    })
  }
}
