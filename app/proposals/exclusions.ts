import { and, eq, inArray } from 'drizzle-orm'
import { isInactive } from '#app/households/living.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Household } from '#app/households/records.ts'
import { FIXED, OPEN_STATUSES } from '#app/proposals/kinds.ts'
import { moveProposal, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { exclusions, households, proposalHouseholds, proposals, proposalSteps } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { onBehalfOf, type Tx } from '#db/transaction.ts'

export type Exclusion = typeof exclusions.$inferSelect
type Home = Pick<Household, 'id' | 'regionCode' | 'headName' | 'prelistId'>
type Seen = Pick<Visit, 'id' | 'outcome' | 'record' | 'submittedAt'>

// Outcomes by which a household was not found, with the reason its usulan nonaktif begins with. Who refused (5) was found.
export const NOT_FOUND: Record<number, { reason: string, words: string }> = {
  2: { reason: 'tidak_dijumpai', words: 'rumah tangga tidak ditemukan' },
  3: { reason: 'pindah_bangunan', words: 'rumah tangga pindah atau bangunannya sudah tidak ada' },
  4: { reason: 'bergabung', words: 'bagian dari rumah tangga lain' },
  6: { reason: 'ganda', words: 'data ganda' },
}

export const exclusionOf = (db: Db, householdId: string): Exclusion | undefined => db.select().from(exclusions).where(eq(exclusions.householdId, householdId)).get()
export const exclusionOfProposal = (db: Db, proposalId: string): Exclusion | undefined => db.select().from(exclusions).where(eq(exclusions.proposalId, proposalId)).get()

// The ministry has determined this visit. Nobody leaves the registry by it: the household is held back, and its usulan nonaktif is
// written for the desa to confirm or refuse. One that was found again is held no longer.
export function followOutcome(tx: Tx, household: Home, visit: Seen) {
  const why = NOT_FOUND[visit.outcome ?? 1]
  const known = exclusionOf(tx.db, household.id)
  if (!why) return known && end(tx, known, FOUND_LATER)
  if (isInactive(tx.db, household.id)) return
  const other = otherOf(tx.db, household, visit)
  const facts = { visitId: visit.id, outcome: visit.outcome!, otherId: other?.id ?? null }
  if (known) tx.db.update(exclusions).set(facts).where(eq(exclusions.householdId, household.id)).run()
  else {
    const proposalId = openDeactivation(tx.db, household.id) ?? prepare(tx, household, visit, { ...why, other })
    tx.db.insert(exclusions).values({ householdId: household.id, regionCode: household.regionCode, proposalId, ...facts, since: tx.now }).run()
  }
  tx.audit('household.held_back', household.id, { outcome: facts.outcome, visitId: visit.id, ...(facts.otherId && { other: facts.otherId }) })
}

export const FOUND_LATER = 'Ditemukan pada kunjungan berikutnya.'

const openDeactivation = (db: Db, householdId: string): string | undefined => db.select({ id: proposals.id }).from(proposalHouseholds)
  .innerJoin(proposals, eq(proposals.id, proposalHouseholds.proposalId))
  .where(and(eq(proposalHouseholds.householdId, householdId), eq(proposals.kind, 'deactivation'), inArray(proposals.status, OPEN_STATUSES.filter((status) => status !== 'draft')))).limit(1).get()?.id

type Why = { reason: string, words: string, other: Other | undefined }

// The number of the usulan is the visit's, so one visit brings one.
function prepare(tx: Tx, { id: householdId, regionCode, headName }: Home, { id, submittedAt }: Seen, { reason, words, other }: Why): string {
  const zone = zoneOf(regionCode)
  const on = dayOf(tx.now, zone)
  const note = [toldBy(dayOf(submittedAt ?? tx.now, zone), words), other && `Rumah tangga yang dimaksud: ${other.said}.`].filter(Boolean).join(' ')
  tx.db.insert(proposals).values({
    id, kind: 'deactivation', regionCode, householdId, headName, status: 'prepared', statusAt: tx.now, reasonCode: reason, note, proposedBy: system.id, proposedAt: tx.now,
    basis: versionsOf(tx.db, [householdId]), change: { kind: 'deactivation', on, householdId, reason },
  }).run()
  tx.db.insert(proposalSteps).values({ proposalId: id, toStatus: 'prepared', at: tx.now, actorId: system.id }).run()
  tx.db.insert(proposalHouseholds).values({ proposalId: id, householdId }).run()
  onBehalfOf(tx, system).audit('proposal.prepared', id, { household: householdId, reason })
  return id
}

export const toldBy = (day: string, words: string) => `Hasil kunjungan ${inWords(day)}: ${words}.`

type Other = { id: string | null, said: string }
const byPrelistId = statement<[string, string, string], { id: string }>('SELECT id FROM households WHERE prelist_id = ? AND region_code >= ? AND region_code < ?')
const byOrderNo = statement<[string, string, string], { id: string }>('SELECT id FROM households INDEXED BY households_by_place WHERE region_code = ? AND order_no = ? AND id <> ? LIMIT 2')

// The household it was found to be part of, or the same as, as the officer named it: by its prelist number or its order in the desa.
function otherOf(db: Db, { id, regionCode }: Home, { outcome, record }: Seen): Other | undefined {
  const said = String(record.household.duplicateOfPrelistId ?? '').trim()
  if (said === '' || (outcome !== 4 && outcome !== 6)) return undefined
  const regency = regionCode.slice(0, REGENCY)
  const [one, ...more] = [byPrelistId(db).get(said, regency, `${regency}:`) ?? byOrderNo(db).all(regionCode, said, id)].flat()
  return { id: one && more.length === 0 && one.id !== id ? one.id : null, said }
}

// What else was determined has decided it: the household has left the registry, or has been found where it lives now.
export function endExclusion(tx: Tx, householdId: string, note: string, by: string) {
  const known = exclusionOf(tx.db, householdId)
  if (known) end(tx, known, note, by)
}

function end(tx: Tx, { householdId, proposalId }: Exclusion, note: string, by?: string) {
  tx.db.delete(exclusions).where(eq(exclusions.householdId, householdId)).run()
  if (proposalId !== by) {
    const { status } = tx.db.select({ status: proposals.status }).from(proposals).where(eq(proposals.id, proposalId)).get()!
    if (OPEN_STATUSES.includes(status) && !FIXED.includes(status)) moveProposal(tx, { id: proposalId, status }, 'withdrawn', { note })
  }
  tx.audit('household.held_no_longer', householdId, { note })
}

// The usulan was refused: the household is there. It was not counted yet, so somebody visits it again.
export function liftExclusion(tx: Tx, { id }: Pick<Proposal, 'id'>) {
  const known = exclusionOfProposal(tx.db, id)
  if (!known) return
  end(tx, known, 'Ditemukan kembali.', id)
  const household = tx.db.select({ id: households.id, stage: households.stage }).from(households).where(eq(households.id, known.householdId)).get()!
  if (household.stage === 'determined') moveStage(tx, household, 'published', { note: 'Ditemukan kembali: dikunjungi lagi.', subject: `proposal:${id}`, set: { officerId: null } })
}

// Written by the system and nobody's yet: whoever proposes in its desa may confirm it.
export const isConfirmable = (actor: Actor, { status, regionCode }: Pick<Proposal, 'status' | 'regionCode'>) => status === 'prepared' && isWithin(regionCode, actor)

// A usulan that somebody takes back is not the end of it: its desa decides anew.
export const giveBackToVillage = (tx: Tx, proposal: Proposal, note: string) =>
  moveProposal(tx, proposal, 'prepared', { note, set: { proposedBy: system.id } })
