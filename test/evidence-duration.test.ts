import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Comparable, Peers } from '#app/evidence/rows.ts'
import { judgeDuration } from '#app/evidence/signals/duration.ts'
import { binomialTail, median, modifiedZ, quantile, spreadOf, theilSen } from '#app/evidence/statistics.ts'

// Golden values, worked out by hand where a comment shows the working, else by NumPy 2.4.6 and SciPy 1.17.1 with the calls that are named.
const near = (value: number | undefined, wanted: number, digits = 9) =>
  assert.ok(Math.abs(value! - wanted) < 10 ** -digits * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`)

const measures = suite('robust measures')

measures('find the median and the middle distance from it', () => {
  // 2.1 2.1 2.3 2.3 2.4 2.5 2.6 2.6 8.2 8.3: the middle of 2.4 and 2.5 is 2.45. Distances from it, in order:
  // 0.05 0.05 0.15 0.15 0.15 0.15 0.35 0.35 5.75 5.85; their middle is 0.15. 0.6745 × 5.75 / 0.15 = 25.8558.
  const spread = spreadOf([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])
  near(spread.centre, 2.45)
  near(spread.mad, 0.15)
  near(modifiedZ(8.2, spread), 25.855833333)
  near(modifiedZ(8.3, spread), 26.3055)
  near(modifiedZ(2.3, spread), -0.6745)
})

// The loss of ammonia in Brownlee's plant (R's `stackloss`): the four days with a loss of 28 and more are its known outliers. By scipy.stats.
// median_abs_deviation: median 15, MAD 4. At 3.5 the rule names 37, 37 and 42, and leaves 28 (2.19) to those who regress.
measures('tell the known outliers of the stack loss data', () => {
  const loss = [42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
  const spread = spreadOf(loss)
  assert.equal([spread.centre, spread.mad], [15, 4])
  assert.equal(loss.filter((value) => Math.abs(modifiedZ(value, spread)) > 3.5), [42, 37, 37])
  near(modifiedZ(42, spread), 4.552875)
  near(modifiedZ(37, spread), 3.70975)
  near(modifiedZ(28, spread), 2.192125)
})

// Seven of ten the same: MAD is 0. Mean distance (6 + 15 + 60) / 10 = 8.1, so 90 scores 60 / (1.253314 × 8.1) = 5.9103.
measures('take the mean distance where most values are the same, and the infinite where all are', () => {
  const spread = spreadOf([30, 30, 30, 30, 30, 30, 30, 24, 45, 90])
  assert.equal([spread.mad, spread.meanDeviation], [0, 8.1])
  near(modifiedZ(90, spread), 5.910256653)
  assert.equal([modifiedZ(30, spreadOf([30, 30])), modifiedZ(31, spreadOf([30, 30])), modifiedZ(29, spreadOf([30, 30]))], [0, Infinity, -Infinity])
})

// numpy.percentile([3, 1, 4, 1, 5, 9, 2, 6], [0, 10, 25, 50, 75, 90, 100])
measures('find quantiles as NumPy and R do', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6]
  assert.equal([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((share) => Number(quantile(values, share).toFixed(9))), [1, 1, 1.75, 3.5, 5.25, 6.9, 9])
  assert.is(median([7]), 7)
})

// scipy.stats.binom.sf(k - 1, n, p)
measures('give the chance of at least so many', () => {
  near(binomialTail(4, 12, 0.1), 0.025637470165)
  near(binomialTail(9, 10, 0.3), 0.0001436859)
  near(binomialTail(20, 60, 0.15), 0.000310558830827)
  assert.equal([binomialTail(0, 5, 0.2), binomialTail(6, 5, 0.2), binomialTail(1, 5, 0), binomialTail(5, 5, 1)], [1, 0, 0, 1])
})

const SIZES = [1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 3, 4, 7, 1]
const MINUTES = [14, 18, 22, 27, 31, 40, 17, 24, 25, 33, 21, 29, 46, 90]

// scipy.stats.theilslopes(log(minutes), sizes).slope; the last house, one person and ninety minutes, is wrong and moves nothing.
measures('find the slope of minutes on people whatever one house says', () => {
  near(theilSen(SIZES.map((x, i) => ({ x, y: Math.log(MINUTES[i]!) }))), 0.1962755168731108)
  assert.is(theilSen([{ x: 2, y: 1 }, { x: 2, y: 5 }]), 0)
  // 0,0 1,1 2,4: slopes 1, 3 and 2, the middle is 2.
  assert.is(theilSen([{ x: 0, y: 0 }, { x: 1, y: 1 }, { x: 2, y: 4 }]), 2)
})

measures.run()

const rule = suite('the duration of an interview')
const peers = (rows: [size: number, minutes: number][], more: Partial<Peers> = {}) => ({
  basis: 'village' as const, visits: rows.length, officers: 3, rows: rows.map(([size, minutes]) => ({ size, logMinutes: Math.log(minutes) }) as Comparable), ...more,
})
const judge = (size: number, minutes: number, others: Parameters<typeof judgeDuration>[1]) => judgeDuration({ size, logMinutes: Math.log(minutes) }, others)[0]!
const REAL = peers(SIZES.map((size, i) => [size, MINUTES[i]!]))

// adjusted = log(minutes) + slope × (size − sizes); median, 0.6745 × (log(mine) − median) / median_abs_deviation, percentile 25 and 75.
const GOLDEN: [size: number, minutes: number, level: string, z: number][] = [
  [4, 6, 'look', -21.728529750], [4, 30, 'fine', 1.688930348], [4, 200, 'look', 29.292189350], [1, 12, 'fine', -3.075701664],
]
for (const [size, minutes, level, z] of GOLDEN) {
  rule(`of ${minutes} minutes for ${size} people scores ${z.toFixed(2)}`, () => {
    const signal = judge(size, minutes, REAL)
    assert.is(signal.level, level)
    near(Number(signal.numbers!.z), z, 7)
  })
}

rule('is told with the band of a house of this size', () => {
  const { numbers, sentence } = judge(4, 6, REAL)
  near(Number(numbers!.median), 26.71219976, 8)
  near(Number(numbers!.q1), 25.48875762, 8)
  near(Number(numbers!.q3), 27.09247837, 8)
  assert.match(sentence, 'Wawancara 6 menit, jauh lebih singkat: 14 kunjungan oleh 3 petugas lain di desa ini pada periode yang sama, untuk 4 orang, biasanya 25–27 menit (tengah 27).')
  near(Number(judge(1, 12, REAL).numbers!.median), 14.824686980, 8)
})

// Eight of thirty minutes each: MAD and mean distance are 0, so any other value is infinitely far. 35 minutes are 1.17 times the
// usual: less than twice, so nothing. 14 minutes are less than half.
rule('says nothing of a trifle where all take equally long, and speaks of less than half', () => {
  const alike = peers(Array.from({ length: 8 }, () => [3, 30]))
  assert.equal([judge(3, 35, alike).level, judge(3, 59, alike).level, judge(3, 61, alike).level, judge(3, 14, alike).level], ['fine', 'fine', 'look', 'look'])
  assert.is(Number.isFinite(judge(3, 14, alike).numbers!.z), false)
})

// Where interviews differ widely, five minutes are a fifth of the usual and no sign yet. By numpy and scipy: median log 27.386, MAD 0.617372.
rule('says nothing of much less than the usual where the usual is wide', () => {
  const wide = peers([8, 12, 16, 22, 30, 40, 55, 75, 100, 25].map((minutes) => [3, minutes]))
  near(Number(judge(3, 5, wide).numbers!.z), -1.858, 3)
  assert.equal([judge(3, 5, wide).level, judge(3, 120, wide).level, judge(3, 1, wide).level], ['fine', 'fine', 'look'])
})

rule('weighs far too short more than far too long', () => {
  const wide = peers([18, 21, 23, 25, 27, 29, 32, 36, 41, 30].map((minutes) => [3, minutes]))
  // By numpy and scipy, of the logarithms: median log 27.98, MAD 0.1651; 6 minutes score −6.3, 2 minutes −10.8.
  assert.equal([judge(3, 6, wide).weight, judge(3, 2, wide).weight, judge(3, 300, wide).weight], [2, 3, 1])
})

rule('is not judged with too few others, and says why', () => {
  const signal = judge(3, 5, { basis: 'unknown', rows: [], visits: 5, officers: 1 })
  assert.is(signal.level, 'unknown')
  assert.match(signal.sentence, 'baru 5 kunjungan selesai oleh 1 petugas lain')
  assert.equal(judgeDuration({ size: 3, logMinutes: null }, REAL), [])
})

rule('says when it was held against the kecamatan instead', () => {
  assert.match(judge(4, 30, { ...REAL, basis: 'district' }).sentence, 'di kecamatan ini (di desa ini belum cukup)')
})

rule.run()
