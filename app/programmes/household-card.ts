import { and, asc, eq } from 'drizzle-orm'
import { shown } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { variantWord } from '#app/programmes/variants.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipients } from '#db/schema/index.ts'

const MOST = 60

// Who of a household stands in which programme. The caller has found the household in the reader's scope.
export function programmesOfHousehold(db: Db, actor: Actor, householdId: string) {
  if (!can(actor, 'programme.read')) return undefined
  const rows = db.select().from(recipients).where(and(eq(recipients.householdId, householdId), within(recipients.regionCode, actor), shown(actor)))
    .orderBy(asc(recipients.programme), asc(recipients.familySeq), asc(recipients.memberSeq), asc(recipients.id)).limit(MOST).all()
  return rows.map(({ id, programme, name, familySeq, memberSeq, variant, state, phase, stateAt }) => {
    const { name: title, states } = programmeOf(programme)
    return { id, programme, title, name, familySeq, memberSeq, phase, stateAt, label: states[state]?.label ?? state, category: variantWord(db, programmeOf(programme), variant) }
  })
}

export type HouseholdProgrammes = NonNullable<ReturnType<typeof programmesOfHousehold>>
