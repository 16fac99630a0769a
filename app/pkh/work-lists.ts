import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { askedOf, VERIFIED_IN } from '#app/pkh/commitments.ts'
import type { Rules } from '#app/pkh/components.ts'
import { benefitOn } from '#app/pkh/families.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import { openPeriod } from '#app/programmes/periods.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipients } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export const WORK_LISTS = ['validation', 'commitment', 'graduation'] as const
export type WorkList = typeof WORK_LISTS[number]
export type Place = { region: string, name: string, id: string }
export type Waiting = Pick<Recipient, 'id' | 'name' | 'number' | 'state' | 'stateAt'> & { village: string, components: number, perYear: number }
export type WorkPage = { rows: Waiting[], looked: number, next?: Place }

const PAGE = 25
// A page looks at no more than this many families; where few of them wait it is short, and the next goes on from there.
const MOST_LOOKED = 2000
const AT_ONCE = 250

const STATES: Record<WorkList, readonly string[]> = { validation: ['candidate'], commitment: VERIFIED_IN, graduation: ['active', 'commitment', 'suspended'] }

const noted = statement<[string, string], number>('SELECT 1 FROM pkh_commitments WHERE recipient_id = ? AND period_id = ? LIMIT 1')

// In the order of places and names: candidates not yet validated; families whose commitments nobody has noted in the open
// period; families that have no component left.
export function listWork(db: Db, actor: Actor, list: WorkList, region: string, now: string, after?: Place): WorkPage {
  demand(actor, 'programme.read')
  const waits = waitsFor(db, list, dayOf(now))
  const page: { rows: Found[], looked: number } = { rows: [], looked: 0 }
  for (let from = after; ;) {
    const batch = readSome(db, actor, STATES[list], region, from)
    for (const recipient of batch) {
      page.looked += 1
      from = { region: recipient.regionCode, name: recipient.name, id: recipient.id }
      const found = waits(recipient)
      if (found) page.rows.push({ ...recipient, ...found })
      if (page.rows.length === PAGE || page.looked === MOST_LOOKED) return named(db, page, from)
    }
    if (batch.length < AT_ONCE) return named(db, page)
  }
}

type Found = Recipient & { components: number, perYear: number }

function named(db: Db, { rows, looked }: { rows: Found[], looked: number }, next?: Place): WorkPage {
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return {
    looked, ...(next && { next }),
    rows: rows.map(({ id, name, number, state, stateAt, components, perYear, regionCode }) => ({ id, name, number, state, stateAt, components, perYear, village: names.get(regionCode)! })),
  }
}

const readSome = (db: Db, actor: Actor, states: readonly string[], region: string, after?: Place): Recipient[] => db.select().from(recipients)
  .where(and(eq(recipients.programme, 'pkh'), within(recipients.regionCode, { regions: regionsIn(actor, region) }), inArray(recipients.state, [...states]),
    after && sql`(region_code, name, id) > (${after.region}, ${after.name}, ${after.id})`))
  .orderBy(asc(recipients.regionCode), asc(recipients.name), asc(recipients.id)).limit(AT_ONCE).all()

// What is asked of one after the other, with what does not change from one to the next read once.
function waitsFor(db: Db, list: WorkList, day: string): (recipient: Recipient) => { components: number, perYear: number } | undefined {
  const rules = new Map<string, Rules>()
  const rulesIn = (regency: string) => rules.get(regency) ?? rules.set(regency, rulesOn(db, day, regency)).get(regency)!
  const duties = wordsOn(db, 'pkh', 'commitment', day)
  const periods = new Map<string, string | undefined>()
  const periodOf = ({ regionCode }: Recipient) => {
    const regency = regencyOf(regionCode)
    if (!periods.has(regency)) periods.set(regency, openPeriod(db, 'pkh', regency, day)?.id)
    return periods.get(regency)
  }
  const worth = ({ householdId, familySeq, regionCode }: Recipient) => {
    if (householdId === null || familySeq === null) return undefined
    const { members, perYear } = benefitOn(db, householdId, familySeq, day, rulesIn(regencyOf(regionCode)))
    return { components: members.filter(({ why }) => why === 'counted').length, left: members.some(({ components }) => components.length > 0), perYear, known: members.length > 0 }
  }
  return (recipient) => {
    if (list === 'commitment') {
      const period = periodOf(recipient)
      if (!period || noted(db).get(recipient.id, period) || askedOf(db, recipient, day, duties).length === 0) return undefined
    }
    const found = worth(recipient)
    if (list === 'graduation') return found?.known && !found.left ? { components: 0, perYear: 0 } : undefined
    return { components: found?.components ?? 0, perYear: found?.perYear ?? 0 }
  }
}
