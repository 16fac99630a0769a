import { and, eq, gt, inArray, lt } from 'drizzle-orm'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import { hideNumber } from '#app/households/masking.ts'
import type { Household } from '#app/households/records.ts'
import { EDITABLE } from '#app/proposals/kinds.ts'
import { householdsIn } from '#app/proposals/planning.ts'
import { countUse, DOORS, refuseOveruse } from '#app/public/brake.ts'
import { invalid, Problem } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { householdLookups, households, proposals } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>
type Home = { householdId: string, regionCode: string, memberSeq: number | null, familySeq: number | null }

// A household of other places that a form is about. memberSeq, familySeq: whom or which card the number named.
export type Crossing = { household: Household, memberSeq?: number, familySeq?: number }

const LIVING = `JOIN households h ON h.id = x.household_id WHERE h.stage <> 'withdrawn'
  AND ${ALIVE('h.id')}`
const byNumber = statement<[string, string], Home>(`
  SELECT x.household_id AS householdId, h.region_code AS regionCode, x.seq AS memberSeq, x.family_seq AS familySeq FROM members x ${LIVING}
    AND x.nik = ? AND ${PRESENT('x')}
  UNION ALL SELECT x.household_id, h.region_code, NULL, x.seq FROM families x ${LIVING} AND x.kk_number = ? LIMIT 5`)

// Looks for one whole number anywhere. Every asking costs and is counted the same, whatever the answer; the trail keeps
// the number masked. A number of two households leads to neither.
export function reachHousehold(tx: Tx, key: string, given: string): { own: string } | { ticket: string } | undefined {
  demand(tx.actor, 'proposal.reach')
  if (tx.db.select({ id: householdLookups.id }).from(householdLookups).where(and(eq(householdLookups.id, key), eq(householdLookups.actorId, tx.actor.id))).get()) return { ticket: key }
  const number = given.replace(/[\s.-]/g, '')
  if (!/^\d{16}$/.test(number)) throw invalid({ number: 'Isi NIK atau Nomor KK lengkap, 16 angka.' })
  refuseOveruse(tx.db, DOORS.number, tx.actor.id, Date.parse(tx.now))
  countUse(tx.db, DOORS.number, tx.actor.id, Date.parse(tx.now))
  const [home, ...others] = byNumber(tx.db).all(number, number)
  const found = others.some(({ householdId }) => householdId !== home?.householdId) ? undefined : home
  tx.audit('household.sought', hideNumber(number), { found: found?.householdId ?? null })
  if (!found) return undefined
  if (isWithin(found.regionCode, tx.actor)) return { own: found.householdId }
  tx.db.delete(householdLookups).where(lt(householdLookups.foundAt, dayBefore(tx.now))).run()
  tx.db.insert(householdLookups).values({ id: key, actorId: tx.actor.id, householdId: found.householdId, memberSeq: found.memberSeq, familySeq: found.familySeq, foundAt: tx.now }).run()
  return { ticket: key }
}

const dayBefore = (now: string) => new Date(Date.parse(now) - 24 * 60 * 60 * 1000).toISOString()

// The household of other places a form speaks of: by a finding of one's own, or by one's own proposal that is being mended.
export function crossingOf(reading: Reading, { reached = '', id = '' }: { reached?: string, id?: string }, now: string): Crossing | undefined {
  const { db, actor } = reading
  const ticket = reached === '' ? undefined : db.select().from(householdLookups)
    .where(and(eq(householdLookups.id, reached), eq(householdLookups.actorId, actor.id), gt(householdLookups.foundAt, dayBefore(now)))).get()
  return ticket ? withHousehold(reading, ticket) : crossedBefore(reading, id)
}

function crossedBefore(reading: Reading, id: string): Crossing | undefined {
  const { db, actor } = reading
  const change = id === '' ? undefined : db.select({ change: proposals.change }).from(proposals)
    .where(and(eq(proposals.id, id), eq(proposals.proposedBy, actor.id), inArray(proposals.status, EDITABLE))).get()?.change
  if (!change) return undefined
  const [memberSeq, familySeq] = [change.kind === 'marriage' ? change.begunBy ? change.memberSeq : change.otherSeq : null, change.kind === 'member_move' ? change.familySeq ?? null : null]
  return householdsIn(change).map((householdId) => withHousehold(reading, { householdId, memberSeq, familySeq })).find((one) => one !== undefined)
}

function withHousehold({ db, actor }: Reading, { householdId, memberSeq, familySeq }: Pick<Home, 'householdId' | 'memberSeq' | 'familySeq'>): Crossing | undefined {
  const household = householdAnywhere(db, householdId)
  return household && !isWithin(household.regionCode, actor) ? { household, memberSeq: memberSeq ?? undefined, familySeq: familySeq ?? undefined } : undefined
}

const householdAnywhere = (db: Db, id: string): Household | undefined => db.select().from(households).where(eq(households.id, id)).get()

// Whether the change was begun where somebody wants to go: then the coming is agreed to there already.
export const isBegunByReceiver = ({ change }: { change: { kind: string, begunBy?: string } }) => change.begunBy === 'receiver'

export const OTHER_SIDE = 'Data rumah tangga di desa lain itu belum memungkinkan perubahan ini. Mintalah desanya memeriksa atau mengajukannya.'
const OWN_WORDS = /^(on|address|slsName|targetRegionCode)$/
// Of a marriage that is begun where the partner lives, these alone are about the household beyond.
const THEIR_WORDS = /^(memberSeq|newHead|newFamilyHead|heirTo|succession)/

// What is wrong in a household nobody here may read is said without saying what: only what the form itself asked is named.
export function veiled<T>({ first, second, kind }: { first: boolean, second: boolean, kind: string }, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'invalid' || !(first || second)) throw error
    throw invalid(Object.fromEntries(Object.entries(error.fields).map(([field, words]) => {
      if (first && kind === 'marriage') return THEIR_WORDS.test(field) ? ['number', OTHER_SIDE] : [field, words]
      if (first && field.startsWith('kkNumber')) return ['kkNumber', 'Isi Nomor KK yang baru, 16 angka. Bila keluarganya lebih dari satu, desa asal yang mengajukan.']
      const tells = first ? !OWN_WORDS.test(field) : /^(other|home\.)/.test(field)
      return tells ? ['number', OTHER_SIDE] : [field, words]
    })))
  }
}
