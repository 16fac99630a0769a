import { reactivationOf } from '#app/pbi/deadlines.ts'
import { refuseNoNewborn } from '#app/pbi/newborns.ts'
import { personOf, type Person } from '#app/programmes/people.ts'
import type { Proposed, Settings } from '#app/programmes/programme.ts'
import { isTaken, type Recipient, type RecipientChange } from '#app/programmes/recipients.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { conflict, invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const OWN_SEGMENT = 'pbi'

const recipientById = statement<[string], Pick<Recipient, 'id' | 'name' | 'state' | 'endedOn' | 'stateAt' | 'regionCode' | 'reasonCode' | 'number'> & { segment: string | null }>(
  `SELECT id, name, state, ended_on AS endedOn, state_at AS stateAt, region_code AS regionCode, reason_code AS reasonCode, number, data ->> 'segment' AS segment
  FROM recipients WHERE id = ? AND programme = 'pbi'`)

// The engine has found whom the change is about in the proposer's scope.
function participant(db: Db, id: string | null) {
  const found = id === null ? undefined : recipientById(db).get(id)
  if (!found) throw conflict('Peserta yang dimaksud tidak ditemukan. Muat ulang dan pilih lagi.')
  return found
}

// That he lives there and does not stand in the programme yet, the engine has seen to.
function subjectOf(db: Db, change: Proposed): Person {
  const person = personOf(db, change)
  if (!person) throw invalid({ memberSeq: 'Pilih orang yang tercatat di rumah tangga ini.' })
  return person
}

function refuseBadNik({ nik, sex, birthDate }: Person, today: string) {
  const wrong = nik === null || findNikMistakes(nik, { sex: sex === 1 || sex === 2 ? sex : undefined, birthDate: birthDate ?? undefined, today }).some(({ severity }) => severity === 'error')
  if (wrong) throw invalid({ memberSeq: 'NIK orang ini kosong atau keliru di registri. Perbaiki dahulu NIK-nya, sebab Kemensos memadankan dengan Dukcapil.' })
}

export function checkAddition(db: Db, change: Proposed, now: string) {
  refuseBadNik(subjectOf(db, change), dayOf(now))
}

// Counted on the day it was proposed: a baby does not grow out of the rule while offices work.
export function checkNewborn(db: Db, change: Proposed) {
  refuseNoNewborn(db, subjectOf(db, change), dayOf(change.proposedAt), change.regionCode)
}

export function checkReplacement(db: Db, change: Proposed, now: string) {
  checkAddition(db, change, now)
  if (participant(db, change.replacedId).state !== 'active') throw conflict('Yang diganti bukan peserta aktif, jadi tidak meninggalkan tempat. Ajukan sebagai penambahan.')
}

export function checkRemoval(db: Db, { data, reasonCode }: Proposed, now: string) {
  if (reasonCode !== 'other_segment') return
  demandOtherSegment(db, data.segment, now)
}

function demandOtherSegment(db: Db, segment: unknown, now: string) {
  const kind = wordsOn(db, 'pbi', 'segment', dayOf(now)).find(({ code }) => code === segment)?.kind
  if (kind === undefined) throw invalid({ segment: 'Pilih segmen tujuannya.' })
  if (kind === OWN_SEGMENT) throw invalid({ segment: 'Segmen PBI-JK adalah segmen sekarang. Pilih segmen tujuannya.' })
}

export function checkSegment(db: Db, { recipientId, data }: Proposed, now: string) {
  demandOtherSegment(db, data.segment, now)
  if (participant(db, recipientId).segment === data.segment) throw invalid({ segment: 'Peserta sudah tercatat di segmen ini.' })
}

// Within the term, and only of whom the reason of the removal does not rule it out.
export function checkReactivation(db: Db, { recipientId, proposedAt }: Proposed, now: string) {
  const found = participant(db, recipientId)
  const { endedOn, lastDay, months, open } = reactivationOf(db, found, dayOf(proposedAt))
  if (!open) throw conflict(`Batas reaktivasi sudah lewat: dinonaktifkan ${inWords(endedOn)}, paling lambat ${inWords(lastDay)} (${months} bulan). Ajukan sebagai penambahan baru.`)
  const [words] = wordsOn(db, 'pbi', 'removal', dayOf(now)).filter(({ code, kind }) => code === found.reasonCode && kind === 'final')
  if (words) throw conflict(`Tidak dapat direaktivasi: dinonaktifkan karena ${words.label.toLowerCase()}.`)
  if (found.segment && found.segment !== OWN_SEGMENT) throw conflict('Peserta sudah tercatat di segmen lain. Keluarkan dahulu dari segmen itu di BPJS Kesehatan.')
}

export function checkCard(db: Db, { recipientId, data }: Proposed) {
  const { id, number } = participant(db, recipientId)
  if (!/^\d{13}$/.test(String(data.cardNumber ?? ''))) throw invalid({ cardNumber: 'Nomor kartu JKN terdiri atas 13 angka.' })
  if (String(data.cardNumber) === number) throw invalid({ cardNumber: 'Nomor ini sama dengan yang sudah tercatat.' })
  if (isTaken(db, 'pbi', String(data.cardNumber), id)) throw invalid({ cardNumber: 'Nomor kartu ini sudah tercatat pada peserta lain.' })
}

type Change = Pick<RecipientChange, 'data'>

// The card's number stands in the recipient itself, where lists and imports look for it.
export const cardNumber = ({ data }: Change): Settings => ({ number: String(data.cardNumber) })

export const approved = ({ data }: Change): Settings => ({ number: String(data.cardNumber), ...(data.coveredFrom ? { startedOn: String(data.coveredFrom) } : {}), data: { segment: OWN_SEGMENT } })

export const ownSegment = (): Settings => ({ data: { segment: OWN_SEGMENT } })
