import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '#app/changes/changes.ts'
import { createHousehold } from '#app/households/records.ts'
import type { Undo } from '#app/proposals/kinds.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { happen, homesIn, presences, recordsIn, replay, undoOf, versionsOf, type Homes } from '#test/support/changing.ts'
import { aFamily, asep, bambang } from '#test/support/changes.ts'
import { draws, readDraw, type Draw } from '#test/support/village-life.ts'
import { freshDatabase, PONCOSARI, TRIMURTI } from '#test/support/world.ts'

// Any order of life events in a village of four households: what has to hold whatever happens.
const village = (): Db => {
  const db = freshDatabase()
  const cici = aFamily({ head: 'Cecep Hidayat', spouse: 'Cici Hidayati', serial: 31 })
  const dedi = aFamily({ head: 'Dedi Kurnia', spouse: 'Darti Kurnia', serial: 41, children: [{ name: 'Ujang Kurnia', sex: 1, birthDate: '2001-01-05', serial: 42 }] })
  const homes = Object.entries({ asep: [asep(), PONCOSARI], bambang: [bambang(), TRIMURTI], cecep: [cici, PONCOSARI], dedi: [dedi, TRIMURTI] } as const)
  transact(db, system, (tx) => homes.forEach(([id, [record, regionCode]]) => createHousehold(tx, { id, regionCode, prelistId: id, origin: 'prelist', record, cause: 'prelist:test', stage: 'published' })))
  return db
}

type Lived = { db: Db, first: Homes, log: (Change | Undo)[] }

// Plays the draws; `look` sees the village after each that was written.
function live(drawn: Draw[], look: (homes: Homes, before: Homes, change: Change | Undo, undone: Homes | undefined) => void = () => {}): Lived {
  const db = village()
  const first = homesIn(db)
  const log: (Change | Undo)[] = []
  let last: { undo: Undo, before: Homes } | undefined
  drawn.forEach((draw, step) => {
    const before = homesIn(db)
    const change = readDraw(draw, before, step, last?.undo)
    const made = change && happen(db, change, `test:${step}`)
    if (!made) return
    log.push(change)
    look(homesIn(db), before, change, change.kind === 'undo' ? last?.before : undefined)
    last = change.kind === 'undo' ? undefined : { undo: undoOf(made), before }
  })
  return { db, first, log }
}

const holds = suite('whatever happens in a village')
// Once found by chance, tried ever since: somebody dies, and a correction gives the dead the NIK of one who lives elsewhere.
const FOUND: [Draw[]][] = [[[{ what: 1, a: 26, b: 0, c: 0 }, { what: 10, a: 6, b: 0, c: 0 }]]]
const check = (property: (drawn: Draw[]) => void, numRuns = 20) => fc.assert(fc.property(draws(12), property), { numRuns, examples: FOUND })

holds('no member is present in two active households, nor twice in one', () => check((drawn) => {
  live(drawn, (homes) => presences(homes).forEach((ids, nik) => assert.is(ids.length, 1, `${nik} lives in ${ids.join(' and ')}`)))
}))

holds('nobody is lost: everybody lives somewhere or is known to have died', () => check((drawn) => {
  const known = new Set<unknown>()
  const people = (homes: Homes) => [...homes.values()].flatMap(({ record }) => record.members)
  const { db, first, log } = live(drawn)
  people(first).forEach(({ nik }) => known.add(nik))
  const undoneBirths = log.flatMap((change, i) => change.kind === 'undo' && log[i - 1]?.kind === 'birth' ? [log[i - 1]] : [])
  log.forEach((change) => { if (change.kind === 'birth' && !undoneBirths.includes(change)) known.add(change.nik) })
  const accounted = people(homesIn(db)).filter(({ memberPresence }) => [undefined, 1, 2, 4].includes(memberPresence as number)).map(({ nik }) => nik)
  known.forEach((nik) => assert.ok(accounted.includes(String(nik)), `${String(nik)} is nowhere`))
}))

holds('the records are what their first versions and the changes make of them', () => check((drawn) => {
  const { db, first, log } = live(drawn)
  const text = (records: ReturnType<typeof recordsIn>) => JSON.stringify([...records].sort(([a], [b]) => a < b ? -1 : 1))
  assert.is(text(replay(recordsIn(first), log)), text(recordsIn(homesIn(db))))
}))

holds('versions ascend one by one, and the last is the record', () => check((drawn) => {
  const { db } = live(drawn)
  homesIn(db).forEach(({ record, version }, id) => {
    const kept = versionsOf(db, id)
    assert.equal(kept.map((one) => one.version), Array.from({ length: version }, (_, i) => i + 1))
    assert.is(JSON.stringify(kept.at(-1)!.record), JSON.stringify(record))
  })
}))

holds('an undo restores what was, by a version of its own', () => check((drawn) => {
  // Every second change is regretted at once, so that each kind is undone.
  const regretted = drawn.flatMap((draw) => draw.b % 2 ? [draw, { ...draw, what: 11 }] : [draw])
  live(regretted, (homes, before, _change, wanted) => wanted?.forEach(({ record, regionCode, active }, id) => {
    const now = homes.get(id)!
    assert.is(JSON.stringify(now.record), JSON.stringify(record))
    assert.equal([now.regionCode, now.active], [regionCode, active])
    if (now.version !== before.get(id)!.version) assert.is(now.version, before.get(id)!.version + 1)
  }))
}))

holds('numbers of members and families never pass to somebody else', () => check((drawn) => {
  // An undone change never was: what it numbered is free again.
  const { db } = live(drawn.filter(({ what }) => what !== 11))
  homesIn(db).forEach((_, id) => {
    const owners = new Map<unknown, unknown>()
    versionsOf(db, id).flatMap(({ record }) => record.members).forEach(({ memberSeq, nik }) => {
      if (!owners.has(memberSeq)) owners.set(memberSeq, nik)
      assert.is(owners.get(memberSeq), nik, `${id}: number ${String(memberSeq)} passed on`)
    })
  })
}))

holds('most kinds of change do happen in these villages', () => {
  const seen = new Map<string, number>()
  fc.sample(draws(12), { seed: 11, numRuns: 40 }).forEach((drawn) => live(drawn).log.forEach(({ kind }) => seen.set(kind, (seen.get(kind) ?? 0) + 1)))
  for (const kind of ['birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation', 'reactivation', 'correction', 'undo']) assert.ok(seen.get(kind), `${kind} never happened`)
})

holds.run()
