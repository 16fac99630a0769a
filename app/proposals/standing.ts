import { and, eq } from 'drizzle-orm'
import { exclusionOf } from '#app/proposals/exclusions.ts'
import { restrictionsOf } from '#app/protection/restrictions.ts'
import { openProposalsOf, visibleTo } from '#app/proposals/proposals.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { inactiveHouseholds, proposals } from '#db/schema/index.ts'

export type Standing = ReturnType<typeof standingOf>

// How a household stands besides its record: in the register or out of it, what is proposed, and what it came from. The
// caller has read the household itself, so it is in scope.
export function standingOf(db: Db, actor: Actor, householdId: string) {
  const inactive = db.select().from(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, householdId)).get()
  return {
    heldBack: exclusionOf(db, householdId),
    restrictions: restrictionsOf(db, householdId),
    seesCases: can(actor, 'subject_case.answer'),
    inactive: inactive && { ...inactive, label: reasonLabel(db, 'deactivation', inactive.reason) },
    open: can(actor, 'proposal.read') ? openProposalsOf(db, actor, householdId) : [],
    origin: db.select({ id: proposals.id, proposedAt: proposals.proposedAt }).from(proposals)
      .where(and(eq(proposals.householdId, householdId), eq(proposals.kind, 'new'), eq(proposals.id, householdId), visibleTo(actor))).get(),
    mayPropose: can(actor, 'proposal.submit'),
  }
}
