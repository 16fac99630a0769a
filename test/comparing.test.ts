import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countPair, differencesOf, mergeWindow, NOTHING, withinPlace, type Difference, type Tally } from '#app/periods/comparing.ts'
import { lineOf, type SnapshotRow } from '#app/periods/lines.ts'
import { PONCOSARI, TRIMURTI, BALECATUR } from '#test/support/world.ts'
import { hashOf } from '#test/support/periods.ts'

const byId = (one: SnapshotRow, other: SnapshotRow) => (one.householdId < other.householdId ? -1 : 1)

// The whole comparison as the background does it, in windows of this size.
function compare(before: SnapshotRow[], after: SnapshotRow[], size: number, place = '') {
  const [old, now] = [[...before].sort(byId), [...after].sort(byId)]
  const tallies = new Map<string, Tally>()
  const differences: Difference[] = []
  let reads = 0
  for (let from: string | undefined = ''; from !== undefined;) {
    const window = (rows: SnapshotRow[]) => rows.filter(({ householdId }) => householdId > from!).slice(0, size)
    const { pairs, upTo } = mergeWindow(window(old), window(now), size)
    for (const pair of pairs.map((one) => withinPlace(one, place))) {
      countPair(tallies, pair)
      differences.push(...differencesOf(pair))
    }
    reads += 1
    from = upTo
  }
  return { tallies, differences, reads }
}

const rows = (...ids: string[]) => ids.map((householdId): SnapshotRow => ({
  householdId, regionCode: PONCOSARI, version: 2, memberCount: 2, desil: null, programmes: '', headName: householdId, address: 'Jl. Melati',
}))

// Two snapshots of a small registry: what each household was, if anything, and what it is.
const face = fc.record({
  regionCode: fc.constantFrom(PONCOSARI, TRIMURTI, BALECATUR), version: fc.integer({ min: 1, max: 9 }), memberCount: fc.integer({ min: 1, max: 3 }),
  desil: fc.option(fc.integer({ min: 1, max: 10 })), programmes: fc.constantFrom('', ',pkh,'), headName: fc.constantFrom('Asep', 'Ujang', 'Wati "Ibu"\n'), address: fc.constantFrom('Jl. A', 'Jl. B'),
})
const registry = fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 60 }), before: fc.option(face), after: fc.option(face) }), { selector: ({ id }) => id, maxLength: 40 })
  .map((entries) => {
    const side = (name: 'before' | 'after') => entries.flatMap(({ id, [name]: one }) => one ? [{ householdId: `h${String(id).padStart(3, '0')}`, ...one }] : [])
    return { before: side('before'), after: side('after') }
  })
const sizes = fc.integer({ min: 1, max: 7 })

const comparing = suite('comparing two snapshots')

comparing('adds up, in the whole and in every desa', () => {
  fc.assert(fc.property(registry, sizes, ({ before, after }, size) => {
    const { tallies, differences } = compare(before, after, size)
    const sum = (key: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[key], 0)
    const stays = before.filter((row) => after.some(({ householdId }) => householdId === row.householdId)).length
    assert.equal([sum('before'), sum('after')], [before.length, after.length])
    assert.equal([sum('exits') + stays, sum('entries') + stays, sum('movedIn')], [before.length, after.length, sum('movedOut')])
    for (const tally of tallies.values()) assert.is(tally.before + tally.entries + tally.movedIn - tally.exits - tally.movedOut, tally.after)
    const told = (kind: string) => differences.filter((one) => one.kind === kind).length
    assert.equal([told('entry'), told('exit'), told('moved_in'), told('moved_out')], [sum('entries'), sum('exits'), sum('movedIn'), sum('movedOut')])
  }))
})

comparing('names exactly the households that differ, each once in each of its desa', () => {
  fc.assert(fc.property(registry, sizes, ({ before, after }, size) => {
    const old = new Map(before.map((row) => [row.householdId, row]))
    const now = new Map(after.map((row) => [row.householdId, row]))
    const same = (one?: SnapshotRow, other?: SnapshotRow) => one && other
      && one.regionCode === other.regionCode && one.memberCount === other.memberCount && one.headName === other.headName && one.address === other.address
    const expected = [...new Set([...old.keys(), ...now.keys()])].filter((id) => !same(old.get(id), now.get(id))).sort()
    const { differences } = compare(before, after, size)
    assert.equal([...new Set(differences.map(({ householdId }) => householdId))].sort(), expected)
    const keys = differences.map(({ householdId, regionCode, kind }) => `${householdId} ${regionCode} ${kind}`)
    assert.is(new Set(keys).size, keys.length)
  }))
})

comparing('finds nothing between a snapshot and itself', () => {
  fc.assert(fc.property(registry, sizes, ({ before }, size) => {
    const { tallies, differences } = compare(before, before, size)
    assert.equal(differences, [])
    for (const { before: was, after: is, ...rest } of tallies.values()) {
      assert.is(was, is)
      assert.ok(Object.values(rest).every((count) => count === 0))
    }
  }))
})

comparing('says the same whatever the size of the window, and the reverse backwards', () => {
  fc.assert(fc.property(registry, sizes, ({ before, after }, size) => {
    const whole = compare(before, after, 1000)
    const inOrder = ({ tallies, differences }: typeof whole) => [[...tallies].sort(), differences.map((one) => JSON.stringify(one)).sort()]
    assert.equal(inOrder(compare(before, after, size)), inOrder(whole))
    const back = compare(after, before, size)
    const count = ({ differences }: typeof whole, kind: string) => differences.filter((one) => one.kind === kind).length
    assert.equal([count(back, 'entry'), count(back, 'exit'), count(back, 'changed')], [count(whole, 'exit'), count(whole, 'entry'), count(whole, 'changed')])
  }))
})

comparing('reads each row a bounded number of times', () => {
  fc.assert(fc.property(registry, sizes, ({ before, after }, size) => {
    assert.ok(compare(before, after, size).reads <= Math.ceil(before.length / size) + Math.ceil(after.length / size) + 1)
  }))
})

comparing('of a narrower place sees who crossed its border come and go', () => {
  const [asep] = rows('asep') as [SnapshotRow]
  const { tallies, differences } = compare([asep], [{ ...asep, regionCode: BALECATUR }], 5, '34.02')
  assert.equal(differences.map(({ kind, regionCode }) => [kind, regionCode]), [['exit', PONCOSARI]])
  assert.equal([...tallies], [[PONCOSARI, { ...NOTHING, before: 1, exits: 1 }]])
})

comparing('tells what changed about a household that stayed', () => {
  const [asep] = rows('asep') as [SnapshotRow]
  const kind = (after: Partial<SnapshotRow>) => differencesOf({ before: asep, after: { ...asep, ...after } }).map((one) => [one.kind, one.changes])
  assert.equal(kind({ version: 3, desil: 2, programmes: ',pkh,' }), [])
  assert.equal(kind({ memberCount: 3, address: 'Jl. Kenanga' }), [['changed', ',members,address,']])
  assert.equal(kind({ headName: 'Wati', regionCode: TRIMURTI }), [['moved_out', ',head,'], ['moved_in', ',head,']])
})

comparing.run()

const fingerprint = suite('the fingerprint of a snapshot')

fingerprint('is the same in whatever order the rows come', () => {
  fc.assert(fc.property(registry.chain(({ before }) => fc.tuple(fc.constant(before), fc.shuffledSubarray(before, { minLength: before.length }))), ([before, shuffled]) => {
    assert.is(hashOf(shuffled), hashOf(before))
  }))
})

fingerprint('is another for any other row', () => {
  fc.assert(fc.property(registry, ({ before, after }) => {
    const text = (side: SnapshotRow[]) => [...side].sort(byId).map(lineOf).join('')
    assert.is(hashOf(before) === hashOf(after), text(before) === text(after))
  }))
})

fingerprint.run()
