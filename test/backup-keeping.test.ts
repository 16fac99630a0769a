import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toKeep } from '#app/backup/keeping.ts'

const nights = (from: string, count: number) => Array.from({ length: count }, (_, n) => new Date(Date.parse(`${from}T18:30:00Z`) + n * 86_400_000).toISOString())
const days = (kept: Set<string>) => [...kept].map((at) => at.slice(0, 10)).sort()

const keeping = suite('which backups stay')

keeping('are seven days, four weeks and twelve months of a year and a half of nights', () => {
  const kept = days(toKeep(nights('2025-06-01', 550), { days: 7, weeks: 4, months: 12 }))
  assert.is(kept.at(-1), '2026-12-02')
  assert.equal(kept.slice(-7), ['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'])
  assert.equal(kept.slice(-9, -7), ['2026-11-14', '2026-11-21'])
  // A night of 18.30 UTC is the next day in WIB: the last of a week is that of Saturday, of a month that of the day before its end.
  assert.equal(kept.slice(0, 3), ['2026-01-30', '2026-02-27', '2026-03-30'])
  assert.is(kept.length, 7 + 2 + 10)
})

keeping('are the last of a day that has several', () =>
  assert.equal([...toKeep(['2026-03-02T01:00:00.000Z', '2026-03-02T09:00:00.000Z'], { days: 7, weeks: 4, months: 12 })], ['2026-03-02T09:00:00.000Z']))

keeping('are not used up by days without one', () => {
  const kept = toKeep([...nights('2026-01-01', 7), '2026-06-01T18:30:00.000Z'], { days: 7, weeks: 0, months: 0 })
  assert.is(kept.size, 7)
})

keeping('are those of the right days, though a clock ran ahead for a week of nights, and what it dated stays beside them', () => {
  const [right, ahead] = [nights('2026-03-01', 7), nights('2036-03-01', 7)]
  assert.equal([...toKeep([...right, ...ahead], { days: 7, weeks: 0, months: 0 }, right.at(-1))].sort(), [...right, ...ahead])
})

keeping('always hold the newest, never more than the schedule allows, and do not change when pruned again', () => {
  const moment = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-01-01') }).map((ms) => new Date(ms).toISOString())
  fc.assert(fc.property(fc.uniqueArray(moment, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 13 }), (moments, d, w, m) => {
    const schedule = { days: d, weeks: w, months: m }
    const kept = toKeep(moments, schedule)
    assert.ok(kept.size <= d + w + m + 1)
    if (moments.length > 0) assert.ok(kept.has([...moments].sort().at(-1)!))
    assert.equal(toKeep([...kept], schedule), kept)
  }), { numRuns: 200 })
})

keeping.run()
