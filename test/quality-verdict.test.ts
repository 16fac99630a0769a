import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { figuresOf, paceOf, type OfficerFigures, type VisitFigure } from '#app/quality/officer-figures.ts'
import { judgeOfficer } from '#app/quality/officer-verdict.ts'
import { summariseDay, type Decided } from '#app/quality/reviewer-days.ts'
import { judgeReviewer, paceOfReviewer, sumOfDays, type ReviewerFigures } from '#app/quality/reviewer-verdict.ts'

const MINUTE = 60_000
const visit = (id: number, given: Partial<VisitFigure> = {}): VisitFigure => ({
  visitId: `v${id}`, submittedAt: `2026-03-01T0${id % 9}:00:00.000Z`, outcome: 1, activeMs: 24 * MINUTE, memberCount: 4, codes: {}, flagCount: 0, flagWeight: 0, returns: 0, changed: 0.25,
  latitude: -7.97 + id * 0.002, longitude: 110.22, prelistLatitude: -7.97 + id * 0.002, prelistLongitude: 110.22, ...given,
})
const many = (n: number, given: (i: number) => Partial<VisitFigure> = () => ({})) => Array.from({ length: n }, (_, i) => visit(i, given(i)))
const officer = (id: string, visits: VisitFigure[]): OfficerFigures => figuresOf(id, '34.02.01.2001', visits)
const peers = ['a', 'b', 'c', 'd'].map((id, k) => officer(id, many(20, (i) => ({ activeMs: (22 + k + i % 5) * MINUTE, ...(i === 0 ? { codes: { night: 1 } } : {}) }))))
const codesOf = (visits: VisitFigure[], others = peers) => judgeOfficer(officer('x', visits), others).reasons.map(({ code }) => code)

const figures = suite('the figures of an officer')

figures('count what his visits show', () => {
  const made = officer('x', [visit(1, { activeMs: 10 * MINUTE, codes: { same_point: 3, night: 1 }, flagCount: 2, flagWeight: 4 }), visit(2, { activeMs: 30 * MINUTE }), visit(3, { outcome: 2, returns: 1 })])
  assert.equal([made.visits, made.finished, made.notFound, made.returned, made.flagCount, made.medianMs], [3, 2, 1, 1, 2, 20 * MINUTE])
  assert.equal(made.codes, { same_point: { visits: 1, weight: 3 }, night: { visits: 1, weight: 1 } })
  assert.equal(made.weights, [2, 0, 0, 1])
})

// 24 minutes for a house of four are 24/8 = 3 minutes a part, and so are 15 for one person.
figures('hold a short talk with one person to be no quicker than a long one with many', () => {
  assert.ok(Math.abs(Math.exp(paceOf({ activeMs: 24 * MINUTE, memberCount: 4 })) - 3 * MINUTE) < 1)
  assert.ok(Math.abs(paceOf({ activeMs: 24 * MINUTE, memberCount: 4 }) - paceOf({ activeMs: 15 * MINUTE, memberCount: 1 })) < 1e-9)
})

// A degree of latitude is 111 km: the houses of `many` lie 222 m from each other.
figures('see visits made at one spot for houses that lie apart, and none where the prelist has them side by side', () => {
  const atHome = { latitude: -7.97, longitude: 110.22 }
  assert.equal(officer('x', many(6, () => atHome)).gathered, 6)
  assert.equal(officer('x', many(6, (i) => ({ ...atHome, prelistLatitude: -7.97 + i * 0.0001 }))).gathered, 0)
  assert.equal(officer('x', many(6)).gathered, 0)
  // Three wrong points of the prelist among ten houses wall to wall: only those three seem to have been made elsewhere.
  const wall = (i: number) => ({ latitude: -7.97 + i * 0.00003, prelistLatitude: i < 3 ? -7.9 + i * 0.01 : -7.97 + i * 0.00003 })
  assert.equal(officer('x', many(10, wall)).gathered, 3)
  assert.equal(officer('x', many(6, () => ({ ...atHome, prelistLatitude: null, prelistLongitude: null }))).placed, 0)
})

const verdict = suite('the verdict on an officer')

verdict('finds nothing in what the others do too', () => {
  assert.equal(judgeOfficer(officer('x', many(20, (i) => i < 2 ? { codes: { night: 1 } } : {})), peers), { level: 'fine', score: 0, reasons: [] })
})

verdict('says nothing of fewer than eight visits', () => assert.is(judgeOfficer(officer('x', many(7, () => ({ codes: { same_point: 3 }, flagWeight: 3 }))), peers).level, 'unknown'))

// 6 of 20 at an expected 2 %: the chance of that is 1.9e-6 (binomial). 2 of 20: 6 %.
verdict('tells a strong sign on a third of the visits, with its numbers, and forgives it on two', () => {
  const found = judgeOfficer(officer('x', many(20, (i) => i < 6 ? { codes: { same_point: 3 }, flagWeight: 3, flagCount: 1 } : {})), peers)
  assert.is(found.level, 'look')
  assert.match(found.reasons.find(({ code }) => code === 'same_point')!.sentence, /6 dari 20 kunjungan \(30%\), petugas lain biasanya 0%/)
  assert.equal(codesOf(many(20, (i) => i < 2 ? { codes: { same_point: 3 }, flagWeight: 3 } : {})), [])
})

verdict('does not count signs of the phone and the papers', () => {
  for (const code of ['rough_location', 'no_nik', 'odd_answers', 'clock']) assert.equal(codesOf(many(20, () => ({ codes: { [code]: 1 } }))), [], code)
})

verdict('finds who is far quicker than the others for houses of the size, and lets be who has small ones', () => {
  assert.ok(codesOf(many(20, () => ({ activeMs: 9 * MINUTE }))).includes('pace'))
  assert.not(codesOf(many(20, () => ({ activeMs: 15 * MINUTE, memberCount: 1 }))).includes('pace'))
})

verdict('finds one spot for all, and too many that were not found', () => {
  assert.ok(codesOf(many(20, () => ({ latitude: -7.97, longitude: 110.22 }))).includes('gathered'))
  assert.ok(codesOf(many(20, (i) => ({ outcome: i < 9 ? 2 : 1 }))).includes('not_found'))
  assert.not(codesOf(many(20, (i) => ({ outcome: i < 2 ? 2 : 1 }))).includes('not_found'))
})

// 9 of 20 visits carry a light sign each, where 7 % are expected, and 11 left the prelist as it was.
verdict('adds up what is light by itself: many small signs, and answers nobody asked for', () => {
  const visits = many(20, (i) => ({ ...(i < 9 ? { codes: { far_from_prelist: 1 }, flagWeight: 1, flagCount: 1 } : {}), changed: i < 11 ? 0 : 0.25 }))
  assert.equal(codesOf(visits).sort(), ['far_from_prelist', 'together', 'unchanged'])
  assert.equal(codesOf(many(20, (i) => i < 3 ? { codes: { far_from_prelist: 1 }, flagWeight: 1, flagCount: 1 } : {})), [])
  assert.equal(codesOf(many(20, (i) => ({ changed: i < 3 ? 0 : 0.25 }))), [])
})

// Where most make things up, the others are no measure: at most 8 % may be expected of a strong sign.
verdict('is not quieted by others who do the same', () => {
  const bad = (id: string) => officer(id, many(20, () => ({ codes: { reused_photo: 3 }, flagWeight: 3 })))
  assert.ok(judgeOfficer(bad('x'), ['a', 'b', 'c', 'd'].map(bad)).reasons.some(({ code }) => code === 'reused_photo'))
})

const days = suite('a reviewer at work')

const at = (seconds: number, given: Partial<Decided> = {}): Decided => ({ decidedAt: new Date(Date.UTC(2026, 2, 1, 2) + seconds * 1000).toISOString(), isApproval: true, isBulk: false, isWatched: true, isOpened: true, isFollowed: false, isOverturned: false, ...given })

// Two stretches: 0, 60, 120 s; after a pause of 40 minutes 2520 and 2580 s. Three gaps of 60 s stand within them.
days('counts minutes only within a stretch of work', () => {
  const day = summariseDay([0, 60, 120, 2520, 2580].map((seconds) => at(seconds)))
  assert.equal([day.sessions, day.inSession, day.sessionMs], [2, 3, 180_000])
  assert.is(paceOfReviewer(day), 1)
})

days('counts what was approved unseen, in bulk, and quickly in a row', () => {
  const day = summariseDay([at(0), at(5, { isOpened: false }), at(9, { isOpened: false }), at(15), at(60), at(64, { isApproval: false }), at(300, { isBulk: true, isOpened: false }), at(300, { isBulk: true, isOpened: false })])
  assert.equal([day.approved, day.returned, day.bulk, day.watched, day.unopened, day.streak], [7, 1, 2, 5, 2, 3])
})

const reviewer = (id: string, given: Partial<ReviewerFigures> = {}): ReviewerFigures =>
  ({ reviewerId: id, reviewLevel: 1, ...sumOfDays([]), approved: 80, returned: 20, watched: 80, inSession: 80, sessionMs: 80 * 2 * MINUTE, followed: 60, overturned: 3, ...given })
const colleagues = ['a', 'b', 'c'].map((id) => reviewer(id))
const troubles = (given: Partial<ReviewerFigures>) => judgeReviewer(reviewer('x', given), colleagues).reasons.map(({ code }) => code)

days('is told what is beyond the colleagues, and nothing where all is alike', () => {
  assert.equal(troubles({}), [])
  assert.ok(troubles({ unopened: 40 }).includes('unopened'))
  assert.ok(troubles({ overturned: 25 }).includes('overturned'))
  assert.ok(troubles({ streak: 30 }).includes('streak'))
  assert.ok(troubles({ sessionMs: 8 * MINUTE }).includes('pace'))
  assert.ok(troubles({ approved: 100, returned: 0 }).includes('approves_all'))
  assert.is(judgeReviewer(reviewer('x', { approved: 10, returned: 2 }), colleagues).level, 'unknown')
})

days('reads a large pace as whole decisions, with its thousands', () => {
  const sentences = (given: Partial<ReviewerFigures>) => judgeReviewer(reviewer('x', given), colleagues).reasons.map(({ sentence }) => sentence).join()
  assert.match(sentences({ inSession: 22, sessionMs: 0 }), /^1\.320 keputusan per menit/)
  assert.match(sentences({ sessionMs: 16 * MINUTE }), /^5,0 keputusan per menit/)
})

figures.run()
verdict.run()
days.run()
