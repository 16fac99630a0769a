import type { DeliveryText } from '#app/deliveries/format.ts'
import { firstVisit, meet } from '#app/deliveries/meeting.ts'
import type { Stage } from '#app/households/stages.ts'
import { Problem } from '#app/problems.ts'
import { isWithin } from '#app/users/scope.ts'
import type { NewPhoto } from '#app/visits/photos.ts'
import { IN_HAND } from '#app/visits/answers.ts'
import { isSameVisit, reviseSubmitted, submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { savepoint } from '#db/savepoint.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// Why a delivery waits for a person. What it brought is kept whole, whatever the reason.
export type HeldReason = 'conflict' | 'reassigned' | 'sent_before' | 'incomplete' | 'unknown_household' | 'out_of_region'
export type Verdict =
  | { status: 'accepted', reason: 'merged' | null }
  | { status: 'held', reason: HeldReason, problem: { message: string, fields: Record<string, string> } }

const WORDS: Record<HeldReason, string> = {
  conflict: 'Rumah tangga ini sudah dikirim dari HP lain dengan jawaban yang berbeda. Koordinator akan memilih.',
  reassigned: 'Tugas ini sudah diberikan kepada petugas lain. Kiriman Anda tetap disimpan; hubungi koordinator.',
  sent_before: 'Kunjungan rumah tangga ini sudah diperiksa. Kiriman Anda tetap disimpan; hubungi koordinator.',
  incomplete: 'Kunjungan belum lengkap. Perbaiki, lalu kirim lagi.',
  unknown_household: 'Rumah tangga ini tidak dikenal server. Kiriman tetap disimpan; hubungi Dinsos.',
  out_of_region: 'Rumah tangga ini di luar wilayah Anda. Kiriman tetap disimpan; hubungi Dinsos.',
}
const held = (reason: HeldReason, fields: Record<string, string> = {}, message = WORDS[reason]): Verdict =>
  ({ status: 'held', reason, problem: { message, fields } })

type Household = { id: string, regionCode: string, officerId: string | null, stage: Stage, visitId: string | null, version: number }
const findHousehold = statement<[string], Household>(
  'SELECT id, region_code AS regionCode, officer_id AS officerId, stage, visit_id AS visitId, version FROM households WHERE id = ?')

export const regionOf = (db: Db, householdId: string) => findHousehold(db).get(householdId)?.regionCode

// Nobody holds it: it was taken back from the officer and waits to be given out again.
const UNGIVEN: readonly Stage[] = ['listed', 'published']

// A delivery whose text and photos are all here becomes the submitted visit, by the same rules as the pages; or it says
// why it cannot. tx.actor is the officer who made it.
export function takeUp(tx: Tx, delivery: DeliveryText, photos: NewPhoto[]): Verdict {
  const household = findHousehold(tx.db).get(delivery.householdId)
  if (!household) return held('unknown_household')
  if (!isWithin(household.regionCode, tx.actor)) return held('out_of_region')
  if (isSameVisit(tx, delivery, photos)) return { status: 'accepted', reason: null }
  if (household.officerId !== tx.actor.id) return held(household.officerId === null && !UNGIVEN.includes(household.stage) ? 'sent_before' : 'reassigned')
  if (!IN_HAND.includes(household.stage)) return meetFirst(tx, household, delivery, photos)
  return attempt(tx, () => submitWhole(tx, household, delivery, photos))
}

// A savepoint: what was begun for a visit that turns out incomplete is undone, the delivery itself stays.
function attempt(tx: Tx, work: () => void): Verdict {
  try {
    savepoint(tx.db, work)
    return { status: 'accepted', reason: null }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'invalid') return held('incomplete', error.fields)
    return held('conflict', {}, error.message)
  }
}

// Another visit to the same household came first and nobody has judged it yet: answers to different questions are put
// together, two answers to one question wait for a person.
function meetFirst(tx: Tx, household: Household, delivery: DeliveryText, photos: NewPhoto[]): Verdict {
  const first = firstVisit(tx.db, household)
  if (!first || household.stage !== 'submitted' || first.status !== 'submitted') return held('sent_before')
  const { record, conflicts } = meet(tx.db, first, delivery, tx.now)
  if (conflicts.length > 0) return held('conflict', Object.fromEntries(conflicts.map(({ path, label }) => [path, label])))
  const verdict = attempt(tx, () => reviseSubmitted(tx, household.id, first.id, record, photos))
  return verdict.status === 'accepted' ? { status: 'accepted', reason: 'merged' } : verdict
}
