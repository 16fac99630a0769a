import { readFacts, readReason } from '#app/programmes/answers.ts'
import type { Wanted } from '#app/programmes/changes.ts'
import type { ChangeKind, Programme, Proposed } from '#app/programmes/programme.ts'
import { getRecipient, recipientOf, type Recipient, type RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { demandUnit, refuseGone, refuseStanding } from '#app/programmes/standing.ts'
import { hasOpenChange } from '#app/programmes/steps.ts'
import { findSubject } from '#app/programmes/subjects.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { can } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

export const kindOf = (programme: Programme, kind: string): ChangeKind => {
  const found = Object.hasOwn(programme.changes, kind) ? programme.changes[kind] : undefined
  if (!found) throw invalid({ kind: 'Pilih jenis perubahan.' })
  return found
}

export type Judged = Proposed & { sensitive: boolean, basis: number }

// Everything a change must be to be worth a checker's time: in one's own places, possible now, with a reason. A term counts to
// the day it was first proposed, also when it comes back mended.
export function judge(tx: Tx, wanted: Wanted, proposedAt = tx.now): Judged {
  const { db, now } = tx
  const programme = programmeOf(wanted.programme)
  const kind = kindOf(programme, wanted.kind)
  const today = dayOf(now)
  const about = kind.from === 'nobody' ? newcomer(tx, programme, wanted) : standing(tx, programme, kind, wanted)
  const judged: Judged = {
    ...about, programme: programme.code, kind: wanted.kind, proposedAt, replacedId: kind.replaces ? replacedOf(tx, programme, wanted, about.regionCode) : null,
    reasonCode: readReason(db, programme, kind, wanted.reasonCode, today), data: readFacts(db, programme, kind, wanted.data ?? {}, today),
  }
  kind.check?.(db, judged, now)
  return judged
}

type About = Pick<Judged, 'variant' | 'sensitive' | 'regionCode' | 'recipientId' | 'householdId' | 'familySeq' | 'memberSeq' | 'name' | 'basis'>

function newcomer(tx: Tx, programme: Programme, { id, subject, variant: chosen = '' }: Wanted): About {
  if (!subject) throw invalid({ subject: programme.unit === 'family' ? 'Pilih keluarga dari registri.' : 'Pilih orang dari registri.' })
  const place = { ...subject, memberSeq: programme.unit === 'person' ? subject.memberSeq ?? null : null }
  demandUnit(programme, place)
  const found = findSubject(tx, place)
  const { householdId, familySeq, memberSeq, regionCode, name } = found
  const variant = programme.variants ? chosen : ''
  const sensitive = demandVariant(tx, programme, variant)
  refuseGone(tx.db, found)
  refuseStanding(tx.db, programme, found, { id, variant })
  return { variant, sensitive, regionCode, recipientId: null, householdId, familySeq, memberSeq, name, basis: 0 }
}

// What few may see is proposed only by those few.
function demandVariant({ db, actor, now }: Tx, { code, variants, isSensitive }: Programme, variant: string): boolean {
  if (!variants) return false
  const sensitive = isSensitive?.(variant) ?? false
  if (!wordsOn(db, code, variants, dayOf(now)).some((word) => word.code === variant)) throw invalid({ variant: 'Pilih kategori.' })
  if (sensitive && !can(actor, 'ppks.sensitive')) throw invalid({ variant: 'Kategori ini dicatat oleh Dinsos kabupaten/kota. Sampaikan langsung kepada petugasnya.' })
  return sensitive
}

function standing(tx: Tx, programme: Programme, kind: ChangeKind, { id, recipientId }: Wanted): About {
  const { code, states } = programme
  const recipient = getRecipient(tx, recipientId ?? '')
  if (recipient.programme !== code) throw notFound('Penerima')
  if (!kind.from.includes(recipient.state)) throw conflict(`${recipient.name} sekarang "${states[recipient.state]?.label ?? recipient.state}"; perubahan ini tidak dapat diajukan dari keadaan itu.`)
  if (hasOpenChange(tx.db, recipient.id, id)) throw conflict(`Masih ada usulan yang belum selesai untuk ${recipient.name}.`)
  if (bringsBack(programme, kind, recipient)) refuseStanding(tx.db, programme, recipient, { ...recipient, id })
  const { variant, sensitive, regionCode, householdId, familySeq, memberSeq, name, version } = recipient
  return { variant, sensitive, regionCode, recipientId: recipient.id, householdId, familySeq, memberSeq, name, basis: version }
}

// Who ended may have been added anew since, and stands but once.
const bringsBack = ({ states }: Programme, { to }: ChangeKind, { phase }: Pick<Recipient, 'phase'>) => phase === 'ended' && states[to] !== undefined && states[to].phase !== 'ended'

// Whose place is taken: of the same programme and kabupaten/kota, and not already on his way out.
function replacedOf(tx: Tx, { code }: Programme, { id, replacedId }: Wanted, regionCode: string): string {
  if (!replacedId) throw invalid({ replacedId: 'Pilih penerima yang diganti.' })
  const replaced = getRecipient(tx, replacedId)
  if (replaced.programme !== code || regencyOf(replaced.regionCode) !== regencyOf(regionCode)) throw notFound('Penerima yang diganti')
  if (replaced.phase === 'ended') throw conflict(`${replaced.name} sudah tidak menerima, jadi tidak meninggalkan tempat.`)
  if (hasOpenChange(tx.db, replaced.id, id)) throw conflict(`Masih ada usulan yang belum selesai untuk ${replaced.name}.`)
  return replaced.id
}

// What stands against a change that is already a row, now: asked before it is decided, frozen and ratified. The reader of
// the change has it in his scope. Thrown as a problem in the words for the screen.
export function refuseUnfit({ db, actor, now }: Tx, change: RecipientChange) {
  const programme = programmeOf(change.programme)
  const kind = kindOf(programme, change.kind)
  if (kind.from === 'nobody') {
    const subject = findSubject({ db, actor: { ...actor, regions: [regencyOf(change.regionCode)] } }, { householdId: change.householdId ?? '', familySeq: change.familySeq, memberSeq: change.memberSeq })
    refuseGone(db, subject)
    refuseStanding(db, programme, subject, change)
  } else {
    const recipient = recipientOf(db, change.recipientId)
    if (!recipient || !kind.from.includes(recipient.state)) throw conflict(`Keadaan ${change.name} sudah berubah; perubahan ini tidak dapat diterapkan lagi.`)
    if (bringsBack(programme, kind, recipient)) refuseStanding(db, programme, recipient, change)
  }
  const replaced = recipientOf(db, change.replacedId)
  if (replaced?.phase === 'ended') throw conflict(`${replaced.name}, yang diganti, sudah tidak menerima.`)
  kind.check?.(db, change, now)
}
