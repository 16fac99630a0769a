import { createHash } from 'node:crypto'
import { notFound } from '#app/problems.ts'
import { programmeName } from '#app/crosschecks/overview.ts'
import { sentenceOf, type Knowing } from '#app/crosschecks/sentences.ts'
import { waysOut, type WayOut } from '#app/crosschecks/ways-out.ts'
import type { Facts, ProgrammeCode } from '#app/programmes/programme.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { findRegion, findRegionName, pathTo } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import type { FindingKind, FindingStatus } from '#db/schema/crosschecks.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Village = { code: string, name: string, places: string[] }
export type Filter = { show: FindingStatus, kind?: FindingKind, programme?: ProgrammeCode | '' }
export type After = { name: string, id: number }
export type Stored = {
  id: number, kind: FindingKind, programme: ProgrammeCode | '', recipientId: string | null, householdId: string | null, familySeq: number | null, memberSeq: number | null
  regionCode: string, name: string, status: FindingStatus, statusAt: string, foundAt: string, note: string, decidedBy: string | null, deciderName: string | null
  facts: string, state: string | null, number: string | null, householdRegion: string | null
}
export type Finding = Omit<Stored, 'facts' | 'householdRegion'> & { sentence: string, programmeName: string, ways: WayOut[], print: string }

export const PAGE = 50
const FIRST: After = { name: '', id: 0 }
// On paper and in files the sensitive categories of PPKS have no place.
export const NOT_SENSITIVE = 0

// A desa in the reader's scope.
export function getVillage({ db, actor }: Pick<Tx, 'db' | 'actor'>, code: string): Village {
  demand(actor, 'programme.read')
  const region = code.length === VILLAGE && isWithin(code, actor) ? findRegion(db, code) : undefined
  if (!region) throw notFound('Desa/kelurahan')
  return { code, name: region.name, places: pathTo(db, code).map(({ name }) => name).reverse() }
}

const COLUMNS = `c.id, c.kind, c.programme, c.recipient_id AS recipientId, c.household_id AS householdId, c.family_seq AS familySeq, c.member_seq AS memberSeq, c.region_code AS regionCode, c.name,
  c.status, c.status_at AS statusAt, c.found_at AS foundAt, c.note, c.decided_by AS decidedBy, u.name AS deciderName, c.facts, r.state, r.number, h.region_code AS householdRegion`
const FROM = `crosscheck_findings c LEFT JOIN recipients r ON r.id = c.recipient_id LEFT JOIN households h ON h.id = c.household_id LEFT JOIN users u ON u.id = c.decided_by`
type Asked = { status: FindingStatus, region: string, kind: FindingKind | null, programme: string | null, sensitive: 0 | 1, name: string, id: number, limit: number }
const inVillage = statement<[Asked], Stored>(`SELECT ${COLUMNS} FROM ${FROM} WHERE c.status = @status AND c.region_code = @region AND (c.name, c.id) > (@name, @id)
  AND (@kind IS NULL OR c.kind = @kind) AND (@programme IS NULL OR c.programme = @programme) AND c.sensitive <= @sensitive ORDER BY c.name, c.id LIMIT @limit`)
const sensitiveFor = (actor: Actor): 0 | 1 => can(actor, 'ppks.sensitive') ? 1 : 0

// By name, those of one recipient together.
export function findingsIn(db: Db, actor: Actor, region: string, { show, kind, programme }: Filter, after: After = FIRST, limit = PAGE, sensitive = sensitiveFor(actor)): Finding[] {
  return inVillage(db).all({ status: show, region, kind: kind ?? null, programme: programme ?? null, sensitive, ...after, limit }).map(worded(db, actor))
}

export function listFindings(db: Db, actor: Actor, code: string, filter: Filter, after?: After) {
  const village = getVillage({ db, actor }, code)
  const rows = findingsIn(db, actor, code, filter, after, PAGE + 1)
  const findings = rows.slice(0, PAGE)
  const last = findings.at(-1)
  return { village, findings, next: rows.length > PAGE && last ? { name: last.name, id: last.id } : undefined }
}

const MOST_PRINTED = 1000

// The paper a desa takes along. Printing it is reading people's names, so it leaves a line.
export function printFindings(tx: Tx, code: string, filter: Filter) {
  const village = getVillage(tx, code)
  const findings = findingsIn(tx.db, tx.actor, code, filter, FIRST, MOST_PRINTED, NOT_SENSITIVE)
  tx.audit('crosscheck.printed', code, { ...filter, rows: findings.length })
  return { village, findings, whole: findings.length < MOST_PRINTED, printedAt: tx.now }
}

const one = statement<[number, 0 | 1], Stored>(`SELECT ${COLUMNS} FROM ${FROM} WHERE c.id = ? AND c.sensitive <= ?`)

// Scoped; out of scope or not for these eyes is not found.
export function getFinding({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: number): Stored {
  demand(actor, 'programme.read')
  const found = one(db).get(id, sensitiveFor(actor))
  if (!found || !isWithin(found.regionCode, actor)) throw notFound('Temuan')
  return found
}

const ofRecipient = statement<[string, 0 | 1], Stored>(`SELECT ${COLUMNS} FROM ${FROM} WHERE c.recipient_id = ? AND c.status <> 'settled' AND c.sensitive <= ? ORDER BY c.status DESC, c.id LIMIT 50`)

// What stands open or was set aside about one recipient. The caller has read him within his scope.
export const findingsOf = (db: Db, actor: Actor, recipientId: string): Finding[] => ofRecipient(db).all(recipientId, sensitiveFor(actor)).map(worded(db, actor))

export const printOf = ({ facts }: Pick<Stored, 'facts'>) => createHash('sha256').update(facts).digest('hex').slice(0, 16)

export const worded = (db: Db, actor: Actor) => (stored: Stored): Finding => {
  const { facts: written, householdRegion, ...rest } = stored
  const facts = JSON.parse(written) as Facts
  const knowing: Knowing = { place: (code) => findRegionName(db, code) ?? code, sees: (code) => isWithin(code, actor) }
  const seesHome = householdRegion !== null && isWithin(householdRegion, actor)
  return {
    ...rest, householdId: seesHome ? rest.householdId : null, sentence: sentenceOf({ ...rest, facts }, knowing), programmeName: programmeName(rest.programme),
    ways: waysOut(actor, { ...rest, facts, seesHome }), print: printOf(stored),
  }
}
