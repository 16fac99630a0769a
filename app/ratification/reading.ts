import { eq, inArray } from 'drizzle-orm'
import { countWaits } from '#app/numbers/waiting.ts'
import { periodOfBatch, type BatchPeriod } from '#app/periods/filing.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { getBatch, type Batch } from '#app/ratification/batches.ts'
import { countProposalGates, summariseProposals, type ProposalSummary } from '#app/ratification/proposal-summary.ts'
import { stepOf, type BatchStep } from '#app/ratification/steps.ts'
import { countGateFailures, summariseVillages, type VillageSummary } from '#app/ratification/summary.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { regions, users } from '#db/schema/index.ts'

export type BatchReading = {
  batch: Batch, regency: string, villages: VillageSummary[], gates: Record<string, number>
  proposals: ProposalSummary[], proposalGates: Record<string, number>, people: Record<string, string>, period: BatchPeriod, step: BatchStep | undefined, waiting: number
}

// All the batch's page tells: counts per desa, gates, and the names of those who acted.
export function readBatch(db: Db, actor: Actor, id: string): BatchReading {
  const batch = getBatch({ db, actor }, id)
  const ids = [batch.preparedBy, batch.frozenBy, batch.ratifiedBy, batch.dispatchedBy].filter((one) => one !== null)
  const people = db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)).all()
  return {
    batch, regency: regencyName(db, batch), villages: summariseVillages(db, id), gates: countGateFailures(db, id),
    proposals: summariseProposals(db, id), proposalGates: countProposalGates(db, id),
    period: periodOfBatch(db, batch, dayOf(new Date().toISOString())),
    step: stepOf(db, id), waiting: batch.status === 'open' ? countWaits(db, { regions: [batch.regionCode] }) : 0,
    people: Object.fromEntries(people.map(({ id: person, name }) => [person, name])),
  }
}

export const regencyName = (db: Db, { regionCode }: Pick<Batch, 'regionCode'>) =>
  db.select({ name: regions.name }).from(regions).where(eq(regions.code, regionCode)).get()?.name ?? regionCode

// The kabupaten/kota for which this person may open a batch.
export const regencyChoices = (db: Db, actor: Actor) => can(actor, 'batch.prepare')
  ? db.select({ code: regions.code, name: regions.name }).from(regions).where(inArray(regions.code, actor.regions)).all()
  : []
