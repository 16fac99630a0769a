import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weightedShare, wilson } from '#app/backchecks/intervals.ts'
import { allocate, draw, frameHash, probabilities, sampleSize, systematic, weigh, type FrameVisit } from '#app/backchecks/sampling.ts'

const visit = (visitId: string, officerId: string, risk = 0): FrameVisit => ({ visitId, officerId, regionCode: '34.02.01.2001', risk })
const many = (officerId: string, risks: number[]) => risks.map((risk, i) => visit(`${officerId}-${i}`, officerId, risk))
const near = (is: number, wanted: number, by: number) => assert.ok(Math.abs(is - wanted) <= by, `${is} is not ${wanted}`)

const intervals = suite('the interval of a share')

// Newcombe (1998), Statistics in Medicine 17:857–872, table I, method 3 (score without continuity correction).
for (const [hits, count, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
  intervals(`is the published one for ${hits} of ${count}`, () => {
    const found = wilson(hits, count)
    near(found.low, low, 0.00006)
    near(found.high, high, 0.00006)
  })
}

intervals('says nothing where nothing was seen', () => assert.equal(wilson(0, 0), { share: 0, low: 0, high: 1, count: 0 }))

intervals('of equally drawn visits is the plain one', () => {
  const drawn = Array.from({ length: 20 }, (_, i) => ({ probability: 0.25, hit: i < 5 }))
  const { share, low, high, effective } = weightedShare(drawn)
  near(effective, 20, 1e-9)
  near(share, 0.25, 1e-9)
  near(low, wilson(5, 20).low, 1e-9)
  near(high, wilson(5, 20).high, 1e-9)
})

// By hand: weights 2, 2, 10 and 10; two hits of weight 2 and 10 give 12/24; (24)² / (4+4+100+100) = 576/208.
intervals('of visits drawn with unequal probabilities weighs each by what it stands for', () => {
  const { share, effective, count } = weightedShare([{ probability: 0.5, hit: true }, { probability: 0.5, hit: false }, { probability: 0.1, hit: true }, { probability: 0.1, hit: false }])
  near(share, 0.5, 1e-9)
  near(effective, 576 / 208, 1e-9)
  assert.is(count, 4)
})

intervals.run()

const sampling = suite('drawing visits')

sampling('takes visits where the steps fall on the line of probabilities', () => {
  // By hand: 0–0.5, 0.5–0.75, 0.75–1.5, 1.5–2; 0.3 and 1.3 fall in the first and the third.
  assert.equal(systematic([0.5, 0.25, 0.75, 0.5], 0.3), [0, 2])
  // 0.6 and 1.6: the second and the fourth.
  assert.equal(systematic([0.5, 0.25, 0.75, 0.5], 0.6), [1, 3])
  assert.equal(systematic([1, 1, 1], 0), [0, 1, 2])
})

sampling('gives a visit no more than certainty, and the rest share what is left', () => {
  // By hand: sizes 6, 1, 1, 1, 1 for two: 2·6/10 > 1, so the first is sure and four share one.
  assert.equal(probabilities([6, 1, 1, 1, 1], 2), [1, 0.25, 0.25, 0.25, 0.25])
  assert.equal(probabilities([1, 1, 2], 3), [1, 1, 1])
  assert.equal(probabilities([1, 1], 0), [0, 0])
})

sampling('gives every officer at least one, and more to whom has more visits and flags', () => {
  const frame = [...many('ana', Array(60).fill(0)), ...many('budi', Array(39).fill(0)), ...many('cici', [0])]
  // By hand: three for three officers, seven left by 0.60, 0.39 and 0.01 → 4.2, 2.73 and 0.07: 4, 2, 0 and the last to the largest remainder.
  assert.equal([...allocate(frame, 10, 0)], [['ana', 5], ['budi', 4], ['cici', 1]])
  const flagged = [...many('ana', Array(50).fill(0)), ...many('budi', Array(50).fill(1))]
  assert.equal([...allocate(flagged, 14, 50)], [['ana', 4], ['budi', 10]])
})

sampling('asks for as many as wanted, but never for fewer than officers or more than visits', () => {
  const frame = [...many('ana', [0, 0, 0]), ...many('budi', [0, 0])]
  assert.is(sampleSize(frame, { sizeKind: 'count', size: 1 }), 2)
  assert.is(sampleSize(frame, { sizeKind: 'count', size: 99 }), 5)
  assert.is(sampleSize(frame, { sizeKind: 'share', size: 50 }), 3)
})

const FRAME = [...many('ana', [0, 0, 3, 1, 0, 0, 0, 2]), ...many('budi', [5, 0, 0, 0, 0])]
const weighed = weigh(FRAME, allocate(FRAME, 5, 50), 50)

sampling('draws the same visits from the same frame and seed, whatever order it was read in', () => {
  const ids = (seed: string, frame = weighed) => draw(frame, seed).map(({ visitId }) => visitId)
  assert.equal(ids('benih'), ids('benih', [...weighed].reverse()))
  assert.ok(Array.from({ length: 10 }, (_, i) => ids(`benih ${i}`).join()).some((one) => one !== ids('benih').join()))
  assert.is(frameHash(FRAME, 5, 50), frameHash([...FRAME].reverse(), 5, 50))
  assert.not.equal(frameHash(FRAME, 5, 50), frameHash([{ ...FRAME[0]!, risk: 1 }, ...FRAME.slice(1)], 5, 50))
})

sampling('draws each visit as often as its probability says, and for each officer always the same number', () => {
  const times = 4000
  const counts = new Map<string, number>()
  for (let i = 0; i < times; i += 1) {
    const drawn = draw(weighed, `benih ${i}`)
    assert.is(drawn.length, 5)
    assert.is(drawn.filter(({ officerId }) => officerId === 'budi').length, allocate(FRAME, 5, 50).get('budi'))
    for (const { visitId } of drawn) counts.set(visitId, (counts.get(visitId) ?? 0) + 1)
  }
  // Four standard errors of a share of 4,000 are 0.032 at most.
  for (const { visitId, probability } of weighed) near((counts.get(visitId) ?? 0) / times, probability, 0.032)
  assert.ok(weighed.every(({ probability }) => probability > 0))
})

sampling.run()
