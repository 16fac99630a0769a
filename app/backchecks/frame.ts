import { allocate, draw, frameHash, METHOD, sampleSize, weigh, type FrameVisit, type Wanted, type Weighed } from '#app/backchecks/sampling.ts'
import type { Round } from '#app/backchecks/rounds.ts'
import { addDays, startOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import { userNames } from '#app/users/people.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// More visits than this at once are drawn better by kecamatan or by month.
export const MOST_VISITS = 30_000

type Stretch = { region: string, end: string, from: string, to: string, limit: number }

// Every visit that has come from the region in these days, but for those already drawn in a round that counts.
const visitsIn = statement<Stretch[], FrameVisit>(`SELECT v.id AS visitId, v.officer_id AS officerId, v.region_code AS regionCode, v.flag_weight AS risk
  FROM visits v WHERE v.submitted_at IS NOT NULL AND v.region_code >= @region AND v.region_code < @end AND v.submitted_at >= @from AND v.submitted_at < @to
    AND NOT EXISTS (SELECT 1 FROM backchecks b WHERE b.visit_id = v.id AND b.status <> 'dropped')
  ORDER BY v.id LIMIT @limit`)

type Where = { regionCode: string, fromDay: string, toDay: string }

export const readFrame = (db: Db, { regionCode, fromDay, toDay }: Where): FrameVisit[] =>
  visitsIn(db).all({ region: regionCode, end: `${regionCode}:`, from: startOf(fromDay), to: startOf(addDays(toDay, 1)), limit: MOST_VISITS + 1 })

export type Preview = ReturnType<typeof previewOf>

// What would be drawn if it were drawn now: how many of each officer and about how many of each desa, never which.
export function previewOf(db: Db, round: Where & Wanted) {
  const frame = readFrame(db, round)
  if (frame.length === 0 || frame.length > MOST_VISITS) return { visits: frame.length, tooMany: frame.length > MOST_VISITS, total: 0, officers: [], villages: [] }
  const total = sampleSize(frame, round)
  const allocation = allocate(frame, total, round.riskShare)
  const names = userNames(db, allocation.keys())
  const counts = new Map([...allocation.keys()].map((id) => [id, { visits: 0, flagged: 0 }]))
  for (const { officerId, risk } of frame) {
    const own = counts.get(officerId)!
    own.visits += 1
    if (risk > 0) own.flagged += 1
  }
  return {
    visits: frame.length, tooMany: false, total,
    officers: [...allocation].map(([id, count]) => ({ id, name: names.get(id)!, ...counts.get(id)!, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    villages: byVillage(db, weigh(frame, allocation, round.riskShare)),
  }
}

function byVillage(db: Db, weighed: Weighed[]) {
  const sums = new Map<string, { visits: number, expected: number }>()
  for (const { regionCode, probability } of weighed) {
    const { visits, expected } = sums.get(regionCode) ?? { visits: 0, expected: 0 }
    sums.set(regionCode, { visits: visits + 1, expected: expected + probability })
  }
  const names = regionNames(db, sums.keys())
  return [...sums].map(([code, counts]) => ({ code, name: names.get(code)!, ...counts })).sort((a, b) => a.name.localeCompare(b.name, 'id'))
}

// The whole drawing, as it is kept and as it is repeated.
export function drawFrom(frame: FrameVisit[], { sizeKind, size, riskShare }: Wanted, seed: string) {
  const total = sampleSize(frame, { sizeKind, size })
  const weighed = weigh(frame, allocate(frame, total, riskShare), riskShare)
  return { total, weighed, hash: frameHash(frame, total, riskShare), drawn: draw(weighed, seed) }
}

const keepRow = statement<[string, string, string, string, number, number], unknown>(
  'INSERT INTO backcheck_frame (round_id, visit_id, officer_id, region_code, risk, probability) VALUES (?, ?, ?, ?, ?, ?)')

export function keepFrame(db: Db, roundId: string, weighed: Weighed[]) {
  for (const { visitId, officerId, regionCode, risk, probability } of weighed) keepRow(db).run(roundId, visitId, officerId, regionCode, risk, probability)
}

const keptFrame = statement<[string], Weighed>(`SELECT visit_id AS visitId, officer_id AS officerId, region_code AS regionCode, risk, probability
  FROM backcheck_frame WHERE round_id = ? ORDER BY visit_id`)
const keptDrawing = statement<[string], string>('SELECT visit_id FROM backchecks WHERE round_id = ? ORDER BY visit_id')

export type Repeated = ReturnType<typeof repeatDrawing>

// Draws once more from the frame that was kept, and says whether the same comes out. The caller has read the round in its scope.
export function repeatDrawing(db: Db, round: Round) {
  const frame = keptFrame(db).all(round.id)
  const { hash, drawn, weighed } = drawFrom(frame, round, round.seed!)
  const kept = keptDrawing(db).pluck().all(round.id) as string[]
  const chances = new Map(frame.map(({ visitId, probability }) => [visitId, probability]))
  return {
    sameMethod: round.method === METHOD, sameFrame: hash === round.frameHash, sameVisits: drawn.map(({ visitId }) => visitId).join() === kept.join(),
    sameProbabilities: weighed.every(({ visitId, probability }) => Math.abs(probability - chances.get(visitId)!) < 1e-9),
    visits: frame.length, drawn: kept.length,
  }
}

export function* frameRows(db: Db, round: Round): Generator<(Weighed & { drawn: boolean })[]> {
  const kept = new Set(keptDrawing(db).pluck().all(round.id) as string[])
  const frame = keptFrame(db).all(round.id)
  for (let at = 0; at < frame.length; at += 500) yield frame.slice(at, at + 500).map((row) => ({ ...row, drawn: kept.has(row.visitId) }))
}
