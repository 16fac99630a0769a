import { and, eq, ne } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import { createHousehold } from '#app/households/records.ts'
import { getOwnMusdes } from '#app/musdes/musdes.ts'
import { getResult, readAnswers, writeResult } from '#app/musdes/results.ts'
import { conflict, invalid } from '#app/problems.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import { emptyRecord, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { under } from '#app/users/scope.ts'
import { households, members } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Proposal = { id: string, slsName: string, note: string, splitsOff: boolean, fields: Record<string, string> }

// Usulan baru: a household the prelist did not know. It is the recorder's own to visit. The id comes with the form.
export function proposeHousehold(tx: Tx, musdesId: string, { id, slsName, note, splitsOff, fields }: Proposal) {
  const { regionCode } = getOwnMusdes(tx, musdesId)
  if (getResult(tx, musdesId, id)) return
  if (tx.db.select({ id: households.id }).from(households).where(eq(households.id, id)).get()) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  const today = dayOf(tx.now)
  const { answers: given, mistakes } = readAnswers({ ...fields, musdesHouseholdStatus: '4' }, today, (key) => key, { withIdentity: true })
  const { musdesHouseholdStatus: _status, isWellOff, anyMemberWorking, headEmploymentStatus, anyMemberDisabled, ...identity } = given
  if (typeof identity.headNik === 'string' && !mistakes.headNik) Object.assign(mistakes, findNikTrouble(tx, regionCode, identity, today, splitsOff))
  if (Object.keys(mistakes).length) throw invalid(mistakes)
  createHousehold(tx, {
    id, regionCode, prelistId: null, origin: 'new', record: firstRecord(identity, slsName), cause: `musdes:${musdesId}`, stage: 'published',
  })
  const answers = { isWellOff, anyMemberWorking, anyMemberDisabled, ...(headEmploymentStatus !== undefined && { headEmploymentStatus }) }
  writeResult(tx, musdesId, id, { status: 4, notFoundReason: null, duplicateOf: null, answers, note })
  moveStage(tx, { id, stage: 'published' }, 'deliberated', { subject: `musdes:${musdesId}`, note, set: { musdesStatus: 4, officerId: tx.actor.id } })
  tx.audit('musdes.household_proposed', id, { musdes: musdesId })
}

// The same person twice in the kabupaten is a mistake, unless the meeting says that a part of that household now lives apart.
function findNikTrouble(tx: Tx, regionCode: string, { headNik, headSex }: Answers, today: string, splitsOff: boolean): Record<string, string> {
  const [mistake] = findNikMistakes(String(headNik), { sex: headSex, today }).filter(({ severity }) => severity === 'error')
  if (mistake) return { headNik: mistake.message }
  if (splitsOff) return {}
  const known = tx.db.select({ prelistId: households.prelistId }).from(members).innerJoin(households, eq(households.id, members.householdId))
    .where(and(eq(members.nik, String(headNik)), under(households.regionCode, regencyOf(regionCode)), ne(households.stage, 'withdrawn'))).get()
  return known ? { splitsOff: `NIK ini sudah tercatat pada ${known.prelistId ? `prelist ${known.prelistId}` : 'usulan baru lain'} di kabupaten/kota ini. Beri tanda bila memang pisah rumah tangga.` } : {}
}

// What the visit begins with: the head, and the spouse where one was named.
function firstRecord(identity: Answers, slsName: string): HouseholdRecord {
  const head: Answers = { memberSeq: 1, name: identity.headName, nik: identity.headNik, sex: identity.headSex, relationToHead: 1 }
  const spouse: Answers[] = identity.headSpouseName ? [{ memberSeq: 2, name: identity.headSpouseName, relationToHead: 2 }] : []
  return { ...emptyRecord(), household: { ...identity, ...(slsName && { slsName }) }, members: [head, ...spouse] }
}
