import { median } from '#app/evidence/statistics.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { figuresOf, isAboutPresence, type OfficerFigures, type VisitFigure } from '#app/quality/officer-figures.ts'
import { FEWEST, judgeOfficer } from '#app/quality/officer-verdict.ts'
import { queue, STEP } from '#app/quality/queue.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Judged = {
  officerId: string, regionCode: string, submittedAt: string, outcome: number, activeMs: number, memberCount: number, flags: string, returns: number, changed: number | null
  latitude: number, longitude: number, prelistLatitude: number | null, prelistLongitude: number | null
}
const judged = statement<[string], Judged>(`SELECT v.officer_id AS officerId, v.region_code AS regionCode, v.submitted_at AS submittedAt, v.outcome,
    v.active_ms AS activeMs, json_array_length(v.record, '$.members') AS memberCount, v.latitude, v.longitude,
    h.latitude AS prelistLatitude, h.longitude AS prelistLongitude,
    (SELECT json_group_array(json_array(code, weight)) FROM (SELECT code, weight FROM visit_flags WHERE visit_id = v.id ORDER BY code)) AS flags,
    (SELECT count(*) FROM reviews WHERE visit_id = v.id AND outcome = 'returned') AS returns,
    (SELECT changed FROM visit_evidence WHERE visit_id = v.id) AS changed
  FROM visits v JOIN households h ON h.id = v.household_id WHERE v.id = ? AND v.submitted_at IS NOT NULL`)
const before = statement<[string], { officerId: string, regionCode: string, month: string }>(
  'SELECT officer_id AS officerId, region_code AS regionCode, month FROM visit_figures WHERE visit_id = ?')
// The point of the prelist stays the one the visit was first held against: once determined, the household has that of the visit.
const write = statement<unknown[], unknown>(`INSERT INTO visit_figures (visit_id, officer_id, region_code, submitted_at, month, outcome, active_ms, member_count,
    codes, flag_count, flag_weight, returns, changed, latitude, longitude, prelist_latitude, prelist_longitude) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (visit_id) DO UPDATE SET submitted_at = excluded.submitted_at, month = excluded.month, outcome = excluded.outcome, active_ms = excluded.active_ms,
    member_count = excluded.member_count, codes = excluded.codes, flag_count = excluded.flag_count, flag_weight = excluded.flag_weight, returns = excluded.returns, changed = excluded.changed,
    latitude = excluded.latitude, longitude = excluded.longitude`)

// The whole time stands as a month without a name.
export const ALL_MONTHS = ''
// By the calendar of the place where the visit was made.
export const monthOf = (at: string, regionCode: string) => dayOf(at, zoneOf(regionCode)).slice(0, 7)

export function keepVisit(db: Db, visitId: string) {
  const visit = judged(db).get(visitId)
  if (!visit) return
  const { officerId, regionCode, submittedAt, outcome, activeMs, memberCount, returns, changed, latitude, longitude, prelistLatitude, prelistLongitude } = visit
  const flags = JSON.parse(visit.flags) as [code: string, weight: number][]
  const weight = flags.filter(([code]) => isAboutPresence(code)).reduce((sum, [, one]) => sum + one, 0)
  const was = before(db).get(visitId)
  const month = monthOf(submittedAt, regionCode)
  write(db).run(visitId, officerId, regionCode, submittedAt, month, outcome, activeMs, memberCount, flags.map(([code, weight]) => `${code}:${weight}`).join(),
    flags.length, weight, returns, changed, latitude, longitude, prelistLatitude, prelistLongitude)
  for (const one of new Set([ALL_MONTHS, month, was?.month ?? ALL_MONTHS])) queue(db, STEP.officer, officerId, regionCode, one)
}

type Row = Omit<VisitFigure, 'codes'> & { codes: string }
const ofOfficer = statement<[string, string, string, string], Row>(`SELECT visit_id AS visitId, submitted_at AS submittedAt, outcome, active_ms AS activeMs, member_count AS memberCount,
    codes, flag_count AS flagCount, flag_weight AS flagWeight, returns, changed, latitude, longitude, prelist_latitude AS prelistLatitude, prelist_longitude AS prelistLongitude
  FROM visit_figures WHERE officer_id = ? AND region_code = ? AND (? = '' OR month = ?) ORDER BY submitted_at, visit_id`)

export const visitsOf = (db: Db, officerId: string, regionCode: string, month: string): VisitFigure[] =>
  ofOfficer(db).all(officerId, regionCode, month, month).map((row) => ({ ...row, codes: asCodes(row.codes) }))

const asCodes = (text: string) => Object.fromEntries(text.split(',').filter(Boolean).map((one) => one.split(':')).map(([code, weight]) => [code!, Number(weight)]))

const writeOfficer = statement<unknown[], unknown>(`INSERT INTO officer_figures (officer_id, region_code, month, visits, finished, not_found, returned, flag_count, median_ms,
    figures, level, score, reasons, judged_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'unknown', 0, '[]', ?)
  ON CONFLICT (officer_id, region_code, month) DO UPDATE SET visits = excluded.visits, finished = excluded.finished, not_found = excluded.not_found,
    returned = excluded.returned, flag_count = excluded.flag_count, median_ms = excluded.median_ms, figures = excluded.figures`)

const DISTRICT = 8

export function keepOfficer(db: Db, officerId: string, regionCode: string, month: string, now: string) {
  const made = figuresOf(officerId, regionCode, visitsOf(db, officerId, regionCode, month))
  writeOfficer(db).run(officerId, regionCode, month, made.visits, made.finished, made.notFound, made.returned, made.flagCount, made.medianMs, JSON.stringify(made), now)
  queue(db, STEP.place, regionCode.slice(0, DISTRICT), month)
}

type Kept = { officerId: string, regionCode: string, figures: string, level: string, score: number, reasons: string, bandMs: number | null }
const inPlace = statement<[string, string, string], Kept>(`SELECT officer_id AS officerId, region_code AS regionCode, figures, level, score, reasons, band_ms AS bandMs
  FROM officer_figures WHERE month = ? AND region_code >= ? AND region_code < ? ORDER BY region_code, officer_id`)
const writeVerdict = statement<unknown[], unknown>(`UPDATE officer_figures SET band_ms = ?, level = ?, score = ?, reasons = ?, judged_at = ?
  WHERE officer_id = ? AND region_code = ? AND month = ?`)

const readPlace = (db: Db, code: string, month: string) => inPlace(db).all(month, code, `${code}:`)
const figuresIn = (row: Kept) => JSON.parse(row.figures) as OfficerFigures

// All officers of a kecamatan anew: each is the others' measure.
export function judgePlace(db: Db, district: string, month: string, now: string) {
  const rows = readPlace(db, district, month)
  const all = rows.map(figuresIn)
  let regency: OfficerFigures[] | undefined
  rows.forEach((row, i) => {
    const officer = all[i]!
    const village = all.filter(({ regionCode }) => regionCode === row.regionCode)
    const peers = enough(officer, village) ? village : enough(officer, all) ? all : regency ??= readPlace(db, regencyOf(district), month).map(figuresIn)
    const verdict = judgeOfficer(officer, peers)
    const usual = peers.filter(({ officerId }) => officerId !== row.officerId).flatMap(({ medianMs }) => medianMs ?? [])
    const bandMs = usual.length > 0 ? Math.round(median(usual)) : null
    const reasons = JSON.stringify(verdict.reasons)
    if (reasons === row.reasons && verdict.level === row.level && verdict.score === row.score && bandMs === row.bandMs) return
    writeVerdict(db).run(bandMs, verdict.level, verdict.score, reasons, now, row.officerId, row.regionCode, month)
  })
}

const FEWEST_PEERS = 5
const enough = ({ officerId }: OfficerFigures, group: OfficerFigures[]) => group.filter((one) => one.officerId !== officerId && one.visits >= FEWEST).length >= FEWEST_PEERS
