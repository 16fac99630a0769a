import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addWorkdays, forecast, workdaysBefore } from '#app/dashboards/forecast.ts'
import { addDays } from '#app/questionnaire/age.ts'
import { randomFrom } from '#db/seeds/random.ts'

// 2 March 2026 is a Monday.
const MONDAY = '2026-03-30'
const weekdays = (from: string, counts: number[]) => {
  const visits: Record<string, number> = {}
  let day = addWorkdays(addDays(from, -1), 1)
  for (const n of counts) {
    visits[day] = n
    day = addWorkdays(day, 1)
  }
  return visits
}

const test = suite('the forecast of the finishing date')

test('counts working days from Monday to Friday', () => {
  assert.is(addWorkdays('2026-03-27', 1), '2026-03-30')
  assert.is(addWorkdays('2026-03-30', 5), '2026-04-06')
})

test('gives the visits of a weekend to the Friday before it, and leaves out the days before the work began and today', () => {
  assert.equal(workdaysBefore(MONDAY, { '2026-03-24': 4, '2026-03-27': 1, '2026-03-28': 2, '2026-03-29': 3, [MONDAY]: 99 }), [4, 0, 0, 6])
})

test('is exact for a steady pace', () => {
  const visits = weekdays('2026-03-16', Array.from({ length: 10 }, () => 6))
  assert.equal(forecast(30, visits, MONDAY), { pace: 6, days: 10, left: 30, earliest: '2026-04-03', likely: '2026-04-03', latest: '2026-04-03' })
})

// Worked by hand: ten days of 4 and 8 in turn, mean 6, spread sqrt(40/9) = 2.108. For 60 visits N = 10 at the mean.
// Earliest: 9·6 + 1.2816·2.108·sqrt(9 + 8.1) = 65.2 ≥ 60, 8·6 + 2.702·sqrt(8 + 6.4) = 58.3 < 60: nine days.
// Latest: 12·6 − 2.702·sqrt(12 + 14.4) = 58.1 < 60, 13·6 − 2.702·sqrt(13 + 16.9) = 63.2 ≥ 60: thirteen.
test('has a range that follows from how much the days differ', () => {
  const found = forecast(60, weekdays('2026-03-16', [4, 8, 4, 8, 4, 8, 4, 8, 4, 8]), MONDAY)!
  assert.equal([found.earliest, found.likely, found.latest], [addWorkdays(addDays(MONDAY, -1), 9), addWorkdays(addDays(MONDAY, -1), 10), addWorkdays(addDays(MONDAY, -1), 13)])
})

test('says nothing by four days, by nine visits, or when nothing is left', () => {
  assert.is(forecast(100, weekdays('2026-03-24', [20, 20, 20, 20]), MONDAY), undefined)
  assert.is(forecast(100, weekdays('2026-03-16', [1, 1, 1, 1, 1, 1, 1, 1, 1, 0]), MONDAY), undefined)
  assert.is(forecast(0, weekdays('2026-03-16', Array.from({ length: 10 }, () => 6)), MONDAY), undefined)
  assert.is(forecast(100, {}, MONDAY), undefined)
})

test('names no latest day when the pace may as well be none', () => {
  assert.is(forecast(500, weekdays('2026-03-16', [0, 40, 0, 0, 0, 0, 0, 0, 0, 1].map((n, i) => i === 0 ? 1 : n)), MONDAY)!.latest, undefined)
})

test('is in order, and more work never ends sooner', () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 5, maxLength: 20 }), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 500 }), (counts, left, more) => {
    const visits = weekdays('2026-03-02', counts)
    const [one, other] = [forecast(left, visits, MONDAY), forecast(left + more, visits, MONDAY)]
    if (!one || !other) return
    assert.ok(one.earliest <= one.likely && (one.latest === undefined || one.likely <= one.latest))
    assert.ok(one.earliest <= other.earliest && one.likely <= other.likely)
    if (one.latest && other.latest) assert.ok(one.latest <= other.latest)
  }), { numRuns: 300, seed: 7 })
})

test('holds the true end in about eight of ten worlds', () => {
  const random = randomFrom(11)
  let inside = 0
  const WORLDS = 400
  for (let world = 0; world < WORLDS; world++) {
    const draw = () => random.between(5, 25)
    const found = forecast(400, weekdays('2026-03-02', Array.from({ length: 20 }, draw)), MONDAY)!
    let [days, done] = [0, 0]
    while (done < 400) {
      done += draw()
      days += 1
    }
    const end = addWorkdays(addDays(MONDAY, -1), days)
    if (found.earliest <= end && end <= found.latest!) inside += 1
  }
  assert.ok(inside / WORLDS > 0.76 && inside / WORLDS < 0.92, `${inside} of ${WORLDS}`)
})

test.run()
