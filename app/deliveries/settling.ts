import { eq } from 'drizzle-orm'
import type { DeliveryText } from '#app/deliveries/format.ts'
import { findDelivery, type KnownDelivery } from '#app/deliveries/held.ts'
import { firstVisit, meet, stampOf, wayOf, type First } from '#app/deliveries/meeting.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { listDeliveryPhotos } from '#app/deliveries/receiving.ts'
import { takeUp, type Verdict } from '#app/deliveries/taking-up.ts'
import { moveStage } from '#app/households/moves.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { NEXT } from '#app/households/stages.ts'
import { queueCheck } from '#app/integrity/queue.ts'
import { conflict, forbidden, invalid, Problem } from '#app/problems.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { questionnaireOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import { setAnswer, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import type { NewPhoto } from '#app/visits/photos.ts'
import { withAges } from '#app/visits/answers.ts'
import { reviseSubmitted } from '#app/visits/whole.ts'
import { deliveries } from '#db/schema/index.ts'
import { isFirstTime, onBehalfOf, type Tx } from '#db/transaction.ts'

// key: made with the form, so that a form sent twice settles once. seen: what things were like when the page was made.
// choices: by path of the answer, when two visits are put together.
export type Settlement = {
  key: string, decision: 'choose' | 'use' | 'close', seen: string, note: string, choices: Record<string, 'ours' | 'theirs'>
}

export function settleDelivery(tx: Tx, id: string, settlement: Settlement): KnownDelivery {
  const delivery = findDelivery(tx, id)
  if (delivery.officerId === tx.actor.id) throw forbidden('Ini kiriman Anda sendiri. Orang lain yang harus memutuskan.')
  const repeated = !isFirstTime(tx, settlement.key)
  if (delivery.status !== 'held') {
    if (repeated) return delivery
    throw conflict(`Kiriman ini sudah diselesaikan${delivery.settledByName ? ` oleh ${delivery.settledByName}` : ''}. Keputusan Anda tidak disimpan.`)
  }
  if (repeated) throw conflict('Formulir ini sudah dipakai. Muat ulang halaman.')
  DECISIONS[settlement.decision](tx, delivery, settlement)
  queueCheck(tx.db, [delivery.householdId])
  tx.audit('delivery.settled', id, { decision: settlement.decision, household: delivery.householdId, visit: delivery.visitId, note: settlement.note })
  return findDelivery(tx, id)
}

type Decide = (tx: Tx, delivery: KnownDelivery, settlement: Settlement) => void

// Two visits made into one, before anybody has checked it. What was not chosen stays in the delivery.
const choose: Decide = (tx, delivery, { seen, note, choices }) => {
  const { household, first, said } = asSeen(tx, delivery, 'choose', seen)
  const { record, conflicts } = meet(tx.db, first!, said, tx.now)
  const open = conflicts.filter(({ path }) => choices[path] === undefined)
  if (open.length > 0) throw invalid(Object.fromEntries(open.map(({ path, label }) => [`choice.${path}`, `${label}: pilih salah satu jawaban.`])))
  const chosen = conflicts.filter(({ path }) => choices[path] === 'theirs').reduce((result, { path, theirs }) => setAnswer(result, path, theirs), record)
  whole(() => reviseSubmitted(tx, household.id, first!.id, tidied(chosen, first!, tx.now), photosOf(tx, delivery.id)))
  finish(tx, delivery, { status: 'accepted', reason: 'merged', note, message: `Digabung dengan kunjungan yang tiba lebih dahulu. ${tx.actor.name}: ${note}` })
}

function tidied(record: HouseholdRecord, { version, regionCode }: First, now: string) {
  const today = dayIn(regionCode, now)
  return withoutUnasked(questionnaireOf(version)!, withAges(record, today), today)
}

function whole(work: () => void) {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') throw invalid(error.fields, 'Jawaban yang dipilih tidak cocok satu sama lain, jadi belum disimpan.')
    throw error
  }
}

// The household goes back to the officer who visited it, and the visit is sent as if it had just come.
const use: Decide = (tx, delivery, { seen, note }) => {
  const { household, said } = asSeen(tx, delivery, 'use', seen)
  const officer = findOfficer(tx.db, delivery.officerId)!
  const photos = photosOf(tx, delivery.id)
  let verdict = takeUp(onBehalfOf(tx, officer), said, photos)
  if (verdict.status === 'held' && household.officerId !== officer.id && ['reassigned', 'sent_before'].includes(verdict.reason)) {
    giveTo(tx, household, officer, note)
    verdict = takeUp(onBehalfOf(tx, officer), said, photos)
  }
  refuseHeld(verdict)
  finish(tx, delivery, { status: 'accepted', reason: null, note, message: `Diterima oleh ${tx.actor.name}: ${note}` })
  tx.db.update(deliveries).set({ text: '' }).where(eq(deliveries.id, delivery.id)).run()
}

function giveTo(tx: Tx, { id, stage }: Household, { id: officerId }: Actor, note: string) {
  const direct = NEXT[stage].includes('assigned')
  if (!direct) moveStage(tx, { id, stage }, 'published', { note, set: { officerId: null } })
  moveStage(tx, { id, stage: direct ? stage : 'published' }, 'assigned', { note, subject: `officer:${officerId}`, set: { officerId } })
}

function refuseHeld(verdict: Verdict) {
  if (verdict.status !== 'held') return
  const { message, fields } = verdict.problem
  throw verdict.reason === 'incomplete' ? invalid(fields, 'Kiriman ini belum lengkap, jadi belum bisa diterima. Petugas harus memperbaiki dan mengirim lagi.') : conflict(message)
}

const close: Decide = (tx, delivery, { note }) =>
  finish(tx, delivery, { status: 'closed', reason: delivery.reason, note, message: `Ditutup tanpa dipakai oleh ${tx.actor.name}: ${note}` })

const DECISIONS: Record<Settlement['decision'], Decide> = { choose, use, close }

type End = { status: 'accepted' | 'closed', reason: string | null, note: string, message: string }
// The message is what the officer reads at the phone's next contact.
const finish = (tx: Tx, { id }: KnownDelivery, { note, message, ...end }: End) => void tx.db.update(deliveries)
  .set({ ...end, problem: { message, fields: {} }, settledAt: tx.now, settledBy: tx.actor.id, settleNote: note }).where(eq(deliveries.id, id)).run()

const photosOf = (tx: Tx, id: string): NewPhoto[] => listDeliveryPhotos(tx.db, id)
  .map(({ kind, sha256, mime, bytes, takenAt }) => ({ kind, takenAt, file: { sha256, mime, bytes } }))

// Nothing may have moved since the page was made.
function asSeen(tx: Tx, { householdId, text }: KnownDelivery, way: 'choose' | 'use', seen: string) {
  const household = getHousehold(tx, householdId)
  const first = firstVisit(tx.db, household)
  if (stampOf(wayOf(household, first), household, first) !== seen || wayOf(household, first) !== way) {
    throw conflict('Keadaan rumah tangga ini sudah berubah sejak Anda membukanya. Muat ulang, lalu putuskan lagi.')
  }
  return { household, first, said: JSON.parse(text) as DeliveryText }
}
