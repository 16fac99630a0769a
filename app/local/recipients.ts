import { demandRunning, getLocal, monthsIn, owns, type LocalProgramme, type Reader } from '#app/local/programmes.ts'
import { regionsIn } from '#app/households/filter.ts'
import { createRecipient, getRecipient, moveRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { refuseGone } from '#app/programmes/standing.ts'
import { findSubject, type Subject } from '#app/programmes/subjects.ts'
import { conflict, forbidden, invalid, notFound, Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Chosen = { householdId: string, familySeq: number }
type Crossing = { id: string, name: string, owner: string }

// The family in this programme, or in BLT of any desa whose months meet these: a family has one BLT, whichever desa pays it.
const OVERLAPS = `SELECT l.id, l.name, l.region_code AS owner FROM recipients r CROSS JOIN local_programmes l ON l.id = r.variant AND (l.id = @id OR @programme = 'blt' AND l.programme = 'blt' AND l.starts_on <= @endsOn AND l.ends_on >= @startsOn)`
const standing = statement<[Pick<LocalProgramme, 'id' | 'programme' | 'startsOn' | 'endsOn'> & Chosen & { kk: string | null }], Crossing>(`${OVERLAPS}
  WHERE r.household_id = @householdId AND r.family_seq = @familySeq AND r.programme = @programme AND r.phase <> 'ended'
  UNION ALL ${OVERLAPS} WHERE r.kk_number = @kk AND r.programme = @programme AND r.phase <> 'ended' LIMIT 1`)
const central = statement<[string, number], string>(`SELECT programme FROM recipients WHERE household_id = ? AND family_seq = ? AND programme IN ('pkh', 'sembako') AND phase IN ('receiving', 'paused') LIMIT 1`)

export const MOST_AT_ONCE = 200
export type Proposing = { key: string, families: Chosen[], reason: string }
export type Proposed = { added: number, known: number }

// Families of the proposer's places that are to be talked over in the musyawarah. Who stands in this programme already is passed over: two
// people may tick the same list. Whoever gets PKH or Sembako is named with a reason.
export function proposeFamilies(tx: Tx, id: string, { key, families, reason }: Proposing): Proposed {
  demand(tx.actor, 'local.manage')
  const local = getLocal(tx, id)
  if (families.length > MOST_AT_ONCE) throw invalid({ family: `Paling banyak ${MOST_AT_ONCE} keluarga sekaligus.` })
  if (families.length === 0) throw invalid({ family: 'Centang dahulu keluarga yang diusulkan.' })
  if (!isFirstTime(tx, key)) return { added: 0, known: families.length }
  demandRunning(local)
  const subjects = families.map((one) => subjectIn(tx, local, one))
  const aided = subjects.filter(({ householdId, familySeq }) => central(tx.db).get(householdId, familySeq!) !== undefined)
  if (aided.length > 0 && reason.length < 5) throw invalid({ reason: `Sudah menerima PKH atau Sembako: ${namesOf(aided)}. Tuliskan alasannya, atau hapus centangnya.` })
  const added = subjects.filter((subject) => enter(tx, local, subject, aided.includes(subject) ? reason : '')).length
  tx.audit('local_programme.families_proposed', id, { families: added, region: subjects[0]!.regionCode, ...(aided.length > 0 && { aided: aided.length, reason }) })
  return { added, known: subjects.length - added }
}

const namesOf = (subjects: Subject[]) => subjects.slice(0, 5).map(({ name }) => name).join(', ') + (subjects.length > 5 ? ` dan ${subjects.length - 5} lagi` : '')

function subjectIn(tx: Tx, { regionCode }: LocalProgramme, chosen: Chosen): Subject {
  const subject = findSubject(tx, chosen)
  if (!subject.regionCode.startsWith(regionCode)) throw notFound('Keluarga')
  try {
    refuseGone(tx.db, subject)
  } catch (error) {
    throw error instanceof Problem ? invalid({ family: `${subject.name}: ${error.message}` }) : error
  }
  return subject
}

function enter(tx: Tx, local: LocalProgramme, subject: Subject, note: string): boolean {
  const { householdId, familySeq, kkNumber, regionCode, name, nik, address } = subject
  const { id, programme, startsOn, endsOn } = local
  const crossing = standing(tx.db).get({ id, programme, startsOn, endsOn, householdId, familySeq: familySeq!, kk: kkNumber })
  if (crossing?.id === id) return false
  if (crossing) throw invalid({ family: `${name} sudah tercatat di ${crossing.name} (${regionNames(tx.db, [crossing.owner]).get(crossing.owner)}) untuk bulan yang sama. Hapus centangnya.` })
  createRecipient(tx, { id: crypto.randomUUID(), programme, variant: id, regionCode, householdId, familySeq, memberSeq: null, name, nik, kkNumber, address, state: 'proposed', data: { proposedBy: tx.actor.id } }, { cause: `local:${id}`, note })
  return true
}

// Taken back before it was confirmed, or ended afterwards: with a reason of the list and, where it says more, words.
export type Stopping = { key: string, seen: number, reasonCode: string, note: string }

export function stopRecipient(tx: Tx, recipientId: string, { key, seen, reasonCode, note }: Stopping): Recipient {
  demand(tx.actor, 'local.manage')
  const recipient = getRecipient(tx, recipientId)
  const local = getLocal(tx, recipient.variant)
  if (!isFirstTime(tx, key) || recipient.phase === 'ended') return recipient
  if (!mayStop(tx.actor, local, recipient)) throw forbidden('Bantuan APBD yang sudah disepakati dihentikan Dinsos. Beri tahu Dinsos alasannya.')
  if (recipient.version !== seen) throw conflict('Data penerima ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  const today = dayOf(tx.now, zoneOf(recipient.regionCode))
  if (!wordsOn(tx.db, recipient.programme, 'removal', today).some(({ code }) => code === reasonCode)) throw invalid({ reasonCode: 'Pilih alasannya.' })
  const state = recipient.phase === 'receiving' ? 'stopped' : 'dropped'
  const moved = moveRecipient(tx, recipient, state, { cause: `local:${local.id}`, reasonCode, note }, { endedOn: today })
  tx.audit('local_programme.family_stopped', local.id, { recipient: recipientId, state, reason: reasonCode })
  return moved
}

export const stoppingReasons = (db: Db, programme: Recipient['programme'], day: string) => wordsOn(db, programme, 'removal', day).map(({ code, label }) => ({ value: code, label }))

export type LocalRecipientPlace = { regionCode: string, name: string, id: string }
type Row = Pick<Recipient, 'id' | 'regionCode' | 'name' | 'nik' | 'kkNumber' | 'address' | 'state' | 'phase' | 'startedOn' | 'endedOn' | 'reasonCode' | 'householdId' | 'programme' | 'version'> & { paid: string | null, amount: number }
type Seek = LocalRecipientPlace & { programme: string, from: string, to: string, state: string, limit: number }
const inPlace = statement<[Seek], Row>(`SELECT r.id, r.region_code AS regionCode, r.name, r.nik, r.kk_number AS kkNumber, r.address, r.state, r.phase, r.started_on AS startedOn, r.ended_on AS endedOn,
    r.reason_code AS reasonCode, r.household_id AS householdId, r.programme, r.version,
    (SELECT group_concat(p.month) FROM local_payments p WHERE p.recipient_id = r.id AND p.cancelled_at IS NULL) AS paid,
    (SELECT coalesce(sum(p.amount), 0) FROM local_payments p WHERE p.recipient_id = r.id AND p.cancelled_at IS NULL) AS amount
  FROM recipients r INDEXED BY recipients_of_local WHERE r.programme IN ('blt', 'apbd') AND r.variant = @programme AND r.region_code >= @from AND r.region_code < @to
    AND (r.region_code, r.name, r.id) > (@regionCode, @name, @id) AND (@state = '' OR r.state = @state) ORDER BY r.region_code, r.name, r.id LIMIT @limit`)

const PAGE = 50

// By desa and name, of the reader's own places.
export function listLocalRecipients(reader: Reader, id: string, { region, state }: { region: string, state?: string }, after?: LocalRecipientPlace, limit = PAGE) {
  const { db, actor } = reader
  getLocal(reader, id)
  const start = after ?? { regionCode: '', name: '', id: '' }
  const rows = regionsIn(actor, region).flatMap((code) => inPlace(db).all({ ...start, programme: id, from: code, to: `${code}:`, state: state ?? '', limit: limit + 1 })).sort(byPlace)
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ paid, ...row }) => ({ ...row, months: paid ? paid.split(',').sort() : [], village: names.get(row.regionCode)!, reason: row.reasonCode && wordFor(db, row.programme, 'removal', row.reasonCode) })),
    next: last && { regionCode: last.regionCode, name: last.name, id: last.id },
  }
}
export type LocalRecipient = ReturnType<typeof listLocalRecipients>['rows'][number]

const order = (a: string, b: string) => a < b ? -1 : Number(a > b)
export const byPlace = (a: LocalRecipientPlace, b: LocalRecipientPlace) => order(a.regionCode, b.regionCode) || order(a.name, b.name) || order(a.id, b.id)

// The months somebody is to be paid for: from the first the decision named to the one he was ended in.
export const monthsFor = (local: LocalProgramme, { startedOn, endedOn }: Pick<Recipient, 'startedOn' | 'endedOn'>): string[] =>
  monthsIn(local).filter((month) => startedOn !== null && month >= startedOn.slice(0, 7) && (endedOn === null || month <= endedOn.slice(0, 7)))

// What the kabupaten pays, or was asked to, its Dinsos ends; before the minutes a family is the desa's to take back.
export const mayStop = (actor: Actor, local: LocalProgramme, { phase, state }: Pick<Recipient, 'phase' | 'state'>) =>
  can(actor, 'local.manage') && phase !== 'ended' && (state === 'proposed' || owns(actor, local))
