import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { ALIVE } from '#app/households/living.ts'
import { findByText, readSearch } from '#app/households/search.ts'
import { writeRecipient } from '#app/intake/applying.ts'
import { getIntake, type Intake, type IntakeRow } from '#app/intake/intakes.ts'
import { findKnown } from '#app/intake/matching.ts'
import { recipientReader } from '#app/intake/recipient-rows.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findSubject } from '#app/programmes/subjects.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { isPresent } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { intakeRows } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

const PAGE = 50
export type Which = 'left' | 'settled'

// Whom the registry does not have: those still to be settled, or those that are.
export function listUnmatched(db: Db, actor: Actor, id: string, which: Which, after = 0, limit = PAGE) {
  const intake = getIntake({ db, actor }, id)
  const rows = db.select().from(intakeRows).where(and(eq(intakeRows.intakeId, id), eq(intakeRows.action, 'unmatched'), which === 'left' ? isNull(intakeRows.settlement) : isNotNull(intakeRows.settlement), gt(intakeRows.position, after)))
    .orderBy(asc(intakeRows.position)).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return { intake, rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)! })), next: rows.length > limit ? shown.at(-1)!.position : undefined }
}

export type UnmatchedRow = ReturnType<typeof listUnmatched>['rows'][number]

export function getUnmatched(reader: Pick<Tx, 'db' | 'actor'>, id: string, position: number): { intake: Intake, row: IntakeRow } {
  const intake = getIntake(reader, id)
  demand(reader.actor, 'programme.import')
  const row = reader.db.select().from(intakeRows).where(and(eq(intakeRows.intakeId, id), eq(intakeRows.position, position), eq(intakeRows.action, 'unmatched'))).get()
  if (!row) throw notFound('Baris')
  return { intake, row }
}

export type Candidate = { householdId: string, familySeq: number | null, memberSeq: number | null, name: string, nik: string | null, kkNumber: string | null, address: string, regionCode: string, village: string }
const MOST_CANDIDATES = 20
const MOST_HOUSEHOLDS = 40

type Seek = { numbers: string, low: string, high: string, limit: number }
const WHERE = `h.number IN (SELECT value FROM json_each(@numbers)) AND h.region_code >= @low AND h.region_code < @high AND ${ALIVE('h.id')}`
const PLACE = 'h.id AS householdId, h.region_code AS regionCode, h.address'
const families = statement<[Seek], Omit<Candidate, 'village'>>(`SELECT ${PLACE}, f.seq AS familySeq, NULL AS memberSeq, f.kk_number AS kkNumber, m.name, m.nik FROM households h JOIN families f ON f.household_id = h.id
  JOIN members m ON m.household_id = h.id AND m.seq = (SELECT seq FROM members WHERE household_id = h.id AND family_seq = f.seq ORDER BY relation IS 1 DESC, seq LIMIT 1)
  WHERE ${WHERE} ORDER BY m.name, h.number LIMIT @limit`)
const persons = statement<[Seek], Omit<Candidate, 'village'>>(`SELECT ${PLACE}, m.family_seq AS familySeq, m.seq AS memberSeq, f.kk_number AS kkNumber, m.name, m.nik FROM households h JOIN members m ON m.household_id = h.id
  LEFT JOIN families f ON f.household_id = h.id AND f.seq = m.family_seq WHERE ${WHERE} ORDER BY m.name, h.number LIMIT @limit`)

// Families, or persons, of the place the file is for, by words of a name or an address, or by a whole number.
export function searchCandidates(db: Db, actor: Actor, { programme, regionCode }: Intake, q: string): Candidate[] {
  const search = readSearch(q)
  if (!search) return []
  const numbers = findByText(db, search, actor.regions.includes('') ? [regionCode] : actor.regions, MOST_HOUSEHOLDS)
  const find = programmeOf(programme).unit === 'family' ? families : persons
  const found = find(db).all({ numbers: JSON.stringify(numbers), low: regionCode, high: `${regionCode}:`, limit: MOST_HOUSEHOLDS * 10 })
  // Of a household all come; those of the name that was typed stand first.
  const isNamed = ({ name }: { name: string }) => search.kind === 'words' && search.words.some((word) => name.toLowerCase().includes(word))
  const rows = [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))].slice(0, MOST_CANDIDATES)
  const names = regionNames(db, rows.map((row) => row.regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

export type Decision = { key: string, note: string } & (
  { decision: 'link', householdId: string, familySeq: number | null, memberSeq: number | null } | { decision: 'keep', village?: string } | { decision: 'throw' })

const OUTCOMES = { link: 'linked', keep: 'kept', throw: 'thrown' } as const

// What becomes of a row nobody was found for. A row is settled once.
export function settleRow(tx: Tx, id: string, position: number, decision: Decision) {
  const { intake, row } = getUnmatched(tx, id, position)
  if (!isFirstTime(tx, decision.key)) return
  if (intake.status !== 'applied') throw conflict('Konfirmasi dahulu impor ini; yang tidak ditemukan diselesaikan sesudahnya.')
  if (row.settlement) throw conflict('Baris ini sudah diselesaikan.')
  if (decision.decision !== 'keep' && decision.note.trim().length < 3) throw invalid({ note: 'Tuliskan alasannya.' })
  const written = decision.decision === 'throw' ? {} : enter(tx, intake, row, decision)
  tx.db.update(intakeRows).set({ ...written, settlement: OUTCOMES[decision.decision], settledBy: tx.actor.id, settledAt: tx.now, note: decision.note.trim().slice(0, 300) })
    .where(and(eq(intakeRows.intakeId, id), eq(intakeRows.position, position))).run()
  tx.audit(`intake.row_${OUTCOMES[decision.decision]}`, id, { line: position, ...written })
}

function enter(tx: Tx, intake: Intake, row: IntakeRow, decision: Exclude<Decision, { decision: 'throw' }>) {
  const { listed, known, errors } = recipientReader(tx.db, { programme: intake.programme, regionCode: intake.regionCode, today: dayOf(tx.now) })(row.facts)
  if (errors[0]) throw conflict(errors[0].message)
  if (decision.decision === 'keep') {
    const village = listed.village ?? demandPlace(tx.db, intake, decision.village)
    return { targetId: writeRecipient(tx, intake, { listed: { ...listed, village }, known }, decision.note).id, regionCode: village }
  }
  const place = { householdId: decision.householdId, familySeq: decision.familySeq, memberSeq: programmeOf(intake.programme).unit === 'person' ? decision.memberSeq : null }
  const { familySeq, memberSeq, householdId, regionCode } = findSubject(tx, place)
  if (!regionCode.startsWith(intake.regionCode)) throw notFound('Rumah tangga')
  const found = { householdId, familySeq, memberSeq, regionCode, matchedBy: 'nik' as const, remark: '' }
  const standing = findKnown(tx.db, { programme: intake.programme, scope: intake.regionCode, nik: null, kkNumber: null, number: null, name: '', variant: listed.variant }, found)
  if (standing && standing.id !== known?.id) throw conflict(`Sudah tercatat sebagai penerima: ${standing.name}. Perbaiki penerima itu, atau keluarkan baris ini.`)
  return { targetId: writeRecipient(tx, intake, { listed, known, found }, decision.note).id, householdId, familySeq, memberSeq, regionCode, matchedBy: 'hand' as const }
}

function demandPlace(db: Db, { regionCode }: Intake, village = ''): string {
  if (village.length !== VILLAGE || !village.startsWith(regionCode) || !isPresent(db, village)) throw invalid({ region: 'Berkas tidak memuat kode desa. Pilih desa/kelurahannya.' })
  return village
}

const MOST_AT_ONCE = 500

// Keeps the first of those left as they are in the file, as far as the file names their desa; returns how many are left.
export function keepRest(tx: Tx, id: string, { key, note }: { key: string, note: string }): { kept: number, left: number } {
  const { intake, rows } = listUnmatched(tx.db, tx.actor, id, 'left', 0, MOST_AT_ONCE)
  if (intake.status !== 'applied') throw conflict('Konfirmasi dahulu impor ini; yang tidak ditemukan diselesaikan sesudahnya.')
  if (!isFirstTime(tx, key)) return { kept: 0, left: rows.length }
  const named = rows.filter(({ regionCode }) => regionCode.length === VILLAGE)
  for (const { position } of named) settleRow(tx, id, position, { decision: 'keep', key: `${key}-${position}`, note })
  return { kept: named.length, left: rows.length - named.length }
}
