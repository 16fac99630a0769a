import { allocate, draw, frameHash, METHOD, sampleSize, weigh, type FrameVisit, type Wanted, type Weighed } from '#app/backchecks/sampling.ts'
import type { Round } from '#app/backchecks/rounds.ts'
import { letOthers } from '#app/background.ts'
import { addDays, startOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { regionNames } from '#app/regions/regions.ts'
import { userNames } from '#app/users/people.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// More visits than this at once are drawn better by kecamatan or by month.
const MOST_VISITS = 100_000

type Stretch = { region: string, end: string, from: string, to: string }

// Every visit that has come from the region in these days, but for those already drawn in a round that counts.
const SENT = 'v.submitted_at IS NOT NULL AND v.region_code >= @region AND v.region_code < @end AND v.submitted_at >= @from AND v.submitted_at < @to'
const UNDRAWN = "NOT EXISTS (SELECT 1 FROM backchecks b WHERE b.visit_id = v.id AND b.status <> 'dropped')"
const villagesIn = statement<Stretch[], string>(`SELECT DISTINCT v.region_code FROM visits v INDEXED BY visits_by_region WHERE ${SENT} ORDER BY v.region_code`)
const visitsIn = statement<Stretch[], FrameVisit>(`SELECT v.id AS visitId, v.officer_id AS officerId, v.region_code AS regionCode, v.flag_weight AS risk
  FROM visits v INDEXED BY visits_by_region WHERE ${SENT} AND ${UNDRAWN}`)
const oneIn = statement<Stretch[], unknown>(`SELECT 1 FROM visits v INDEXED BY visits_by_region WHERE ${SENT} AND ${UNDRAWN} LIMIT 1`)
const countIn = statement<[Stretch & { most: number }], number>(`SELECT count(*) FROM (SELECT 1 FROM visits v INDEXED BY visits_by_region WHERE ${SENT} LIMIT @most)`)
type Alike = { officerId: string, regionCode: string, risk: number, visits: number }
const alikeIn = statement<Stretch[], Alike>(`SELECT v.officer_id AS officerId, v.region_code AS regionCode, v.flag_weight AS risk, count(*) AS visits
  FROM visits v INDEXED BY visits_by_region WHERE ${SENT} AND ${UNDRAWN} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)

type Where = { regionCode: string, fromDay: string, toDay: string }

const stretchOf = ({ regionCode, fromDay, toDay }: Where, until?: string): Stretch => {
  const zone = zoneOf(regionCode)
  const to = startOf(addDays(toDay, 1), zone)
  return { region: regionCode, end: `${regionCode}:`, from: startOf(fromDay, zone), to: until && until < to ? until : to }
}

// What was sent until then, desa by desa.
export function* readFrame(db: Db, where: Where, until: string): Generator<FrameVisit[]> {
  const stretch = stretchOf(where, until)
  for (const region of villagesIn(db).pluck().all(stretch) as string[]) yield visitsIn(db).all({ ...stretch, region, end: `${region}:` })
}

export const isEmpty = (db: Db, where: Where) => oneIn(db).get(stretchOf(where)) === undefined
export const isTooMany = (db: Db, where: Where) => (countIn(db).pluck().get({ ...stretchOf(where), most: MOST_VISITS + 1 }) as number) > MOST_VISITS

export type Preview = ReturnType<typeof previewOf>

// What would be drawn if it were drawn now: how many of each officer and about how many of each desa, never which. For that
// visits that weigh the same need not be told apart.
export function previewOf(db: Db, round: Where & Wanted) {
  const tooMany = isTooMany(db, round)
  const frame = tooMany ? [] : alikeIn(db).all(stretchOf(round)).flatMap(({ visits, ...one }) => Array.from({ length: visits }, (): FrameVisit => ({ ...one, visitId: '' })))
  if (frame.length === 0) return { visits: 0, tooMany, total: 0, officers: [], villages: [] }
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

// How many are drawn and the probability of each: all that is settled before chance has its turn.
export function weighFrame(frame: FrameVisit[], { sizeKind, size, riskShare }: Wanted) {
  const total = sampleSize(frame, { sizeKind, size })
  return { total, weighed: weigh(frame, allocate(frame, total, riskShare), riskShare) }
}

const keepRow = statement<[string, string, string, string, number, number], unknown>(
  'INSERT INTO backcheck_frame (round_id, visit_id, officer_id, region_code, risk, probability) VALUES (?, ?, ?, ?, ?, ?)')

export function keepFrame(db: Db, roundId: string, weighed: Weighed[]) {
  for (const { visitId, officerId, regionCode, risk, probability } of weighed) keepRow(db).run(roundId, visitId, officerId, regionCode, risk, probability)
}

const readKept = statement<[string], Weighed>(`SELECT visit_id AS visitId, officer_id AS officerId, region_code AS regionCode, risk, probability
  FROM backcheck_frame WHERE round_id = ? ORDER BY visit_id`)
const keptDrawing = statement<[string], string>('SELECT visit_id FROM backchecks WHERE round_id = ? ORDER BY visit_id')

export const keptFrame = (db: Db, roundId: string): Weighed[] => readKept(db).all(roundId)

export type Repeated = Awaited<ReturnType<typeof repeatDrawing>>

// Draws once more from the frame that was kept, and says whether the same comes out; a large one in steps, so that others are
// served between. The caller has read the round in its scope.
export async function repeatDrawing(db: Db, round: Round) {
  const frame = keptFrame(db, round.id)
  await letOthers()
  const { weighed, total } = weighFrame(frame, round)
  await letOthers()
  const drawn = draw(weighed, round.seed!)
  await letOthers()
  const kept = keptDrawing(db).pluck().all(round.id) as string[]
  const chances = new Map(frame.map(({ visitId, probability }) => [visitId, probability]))
  return {
    sameMethod: round.method === METHOD, sameFrame: frameHash(frame, total, round.riskShare) === round.frameHash, sameVisits: drawn.map(({ visitId }) => visitId).join() === kept.join(),
    sameProbabilities: weighed.every(({ visitId, probability }) => Math.abs(probability - chances.get(visitId)!) < 1e-9),
    visits: frame.length, drawn: kept.length,
  }
}

export function* frameRows(db: Db, round: Round): Generator<(Weighed & { drawn: boolean })[]> {
  const kept = new Set(keptDrawing(db).pluck().all(round.id) as string[])
  const frame = keptFrame(db, round.id)
  for (let at = 0; at < frame.length; at += 500) yield frame.slice(at, at + 500).map((row) => ({ ...row, drawn: kept.has(row.visitId) }))
}
