import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import { concerning, eventsBetween, type LifeEvent } from '#app/changes/life-events.ts'
import { hideNumber } from '#app/households/masking.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { notFound } from '#app/problems.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, households, householdVersions, members, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Where somebody came from or went to. Out of the reader's scope only the kabupaten is told, and nothing that leads there.
export type Elsewhere = { place: string, id?: string, headName?: string }
export type LifeItem = {
  at: string, place?: string, householdId?: string, headName?: string, version?: number, cause: string, by: string | null
  events: (LifeEvent & { elsewhere?: Elsewhere })[], standing?: { what: 'moved' | 'deactivated' | 'reactivated', from?: string, to?: string, reason?: string }
}
export type Life = ReturnType<typeof openLife>

const MOST_VERSIONS = 60
const MOST_HOMES = 12

// A household's life version by version, or one person's across the households that know the NIK. It is personal data in
// full, so reading it leaves a line like any other reading.
export function openLife(tx: Tx, householdId: string, memberSeq?: number) {
  demand(tx.actor, 'household.read')
  const household = getHousehold(tx, householdId)
  const { id, headName, record } = household
  const member = memberSeq === undefined ? undefined : record.members.find((one) => one.memberSeq === memberSeq)
  if (memberSeq !== undefined && !member) throw notFound('Anggota')
  tx.audit('household.opened', id, { life: true, ...(memberSeq !== undefined && { member: memberSeq }) })
  const items = member ? personLife(tx, household, Number(memberSeq), String(member.nik ?? '')) : [...versionItems(tx, household), ...standingItems(tx, household)]
  return {
    id, headName, person: member ? { seq: Number(member.memberSeq), name: String(member.name ?? '') } : undefined,
    people: record.members.map(({ memberSeq: seq, name }) => ({ seq: Number(seq), name: String(name ?? '') })),
    items: items.map(masked).sort((one, other) => one.at < other.at ? 1 : one.at > other.at ? -1 : (other.version ?? 0) - (one.version ?? 0)),
  }
}

const versionsOf = (db: Db, id: string) => db.select({
  version: householdVersions.version, cause: householdVersions.cause, at: householdVersions.createdAt, by: users.name, record: householdVersions.record,
}).from(householdVersions).leftJoin(users, eq(users.id, householdVersions.createdBy))
  .where(eq(householdVersions.householdId, id)).orderBy(desc(householdVersions.version)).limit(MOST_VERSIONS).all().reverse()

type Only = (events: LifeEvent[], after: HouseholdRecord, before: HouseholdRecord | undefined) => LifeEvent[]

function versionItems({ db, actor }: Tx, { id, headName }: Household, only: Only = (events) => events): LifeItem[] {
  return versionsOf(db, id).map(({ record, ...facts }, i, all): LifeItem => {
    const before = all[i - 1]?.record
    // The oldest one read is a beginning only if it is the first.
    const events = !before && facts.version > 1 ? [] : only(eventsBetween(before, record), record, before)
    return { ...facts, householdId: id, headName, events: events.map((event) => ({ ...event, ...elsewhereOf(db, actor, id, event, facts.cause) })) }
  })
}

// The household that one change took the person from or to: it has a version of the same cause.
function elsewhereOf(db: Db, actor: Actor, householdId: string, event: LifeEvent, cause: string): { elsewhere?: Elsewhere } {
  if (!['arrived', 'left', 'returned'].includes(event.what) || !('nik' in event) || !event.nik) return {}
  const found = db.select({ id: households.id, headName: households.headName, regionCode: households.regionCode }).from(members)
    .innerJoin(households, eq(households.id, members.householdId))
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), eq(householdVersions.cause, cause)))
    .where(and(eq(members.nik, event.nik), ne(households.id, householdId))).orderBy(asc(households.number)).limit(1).get()
  return found ? { elsewhere: told(db, actor, found) } : {}
}

function told(db: Db, actor: Actor, { id, headName, regionCode }: Pick<Household, 'id' | 'headName' | 'regionCode'>): Elsewhere {
  const mine = isWithin(regionCode, actor)
  const code = mine ? regionCode : regencyOf(regionCode)
  return { place: regionNames(db, [code]).get(code) ?? code, ...(mine && { id, headName }) }
}

const STANDING = { 'household.moved': 'moved', 'household.deactivated': 'deactivated', 'household.reactivated': 'reactivated' } as const

// What no version says: another desa, out of the registry, back into it.
function standingItems({ db }: Tx, { id, headName }: Household): LifeItem[] {
  const rows = db.select({ at: auditEntries.at, action: auditEntries.action, details: auditEntries.details, by: users.name }).from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId)).where(and(eq(auditEntries.subject, id), inArray(auditEntries.action, Object.keys(STANDING))))
    .orderBy(desc(auditEntries.seq)).limit(MOST_VERSIONS).all()
  return rows.map(({ at, action, details, by }): LifeItem => {
    const { from, to, reason, cause } = JSON.parse(details) as { from?: string, to?: string, reason?: string, cause?: string }
    const names = regionNames(db, [from, to].filter((code) => code !== undefined))
    return { at, by, cause: cause ?? '', householdId: id, headName, events: [], standing: { what: STANDING[action as keyof typeof STANDING], from: from && names.get(from), to: to && names.get(to), reason: reason && reasonLabel(db, 'deactivation', reason) } }
  })
}

// The same person wherever the NIK is known. A household of other places says only that, and when.
function personLife(tx: Tx, household: Household, seq: number, nik: string): LifeItem[] {
  const { db, actor } = tx
  const places = nik === '' ? [{ id: household.id, seq }] : db.select({ id: members.householdId, seq: members.seq }).from(members)
    .where(eq(members.nik, nik)).orderBy(asc(members.householdId)).limit(MOST_HOMES).all()
  return places.flatMap(({ id, seq: number }) => {
    const home = id === household.id ? household : db.select().from(households).where(eq(households.id, id)).get()!
    const familyIn = (record: HouseholdRecord | undefined) => record?.members.find(({ memberSeq }) => memberSeq === number)?.familySeq
    const items = versionItems(tx, home, (events, after, before) => beginning(events, after, number) ?? concerning(events, number, familyIn(after) ?? familyIn(before)))
      .filter(({ events }) => events.length > 0)
    if (isWithin(home.regionCode, actor)) return items
    return items.map(({ at, cause, events }): LifeItem => ({
      at, cause, by: null, place: told(db, actor, home).place,
      events: events.filter(({ what }) => PERSONAL.includes(what)).map((event) => ({ ...event, elsewhere: undefined, ...('name' in event && { name: '' }), ...('nik' in event && { nik: null }) })),
    })).filter(({ events }) => events.length > 0)
  })
}

const PERSONAL = ['arrived', 'left', 'returned', 'died', 'born']

// In the first version everybody is new at once; a person's line begins there.
function beginning(events: LifeEvent[], after: HouseholdRecord, seq: number): LifeEvent[] | undefined {
  if (events[0]?.what !== 'began') return undefined
  const member = after.members.find(({ memberSeq }) => memberSeq === seq)
  return member ? [{ what: 'arrived', seq, name: String(member.name ?? ''), nik: null, on: null }] : []
}

const masked = (item: LifeItem): LifeItem => ({
  ...item, events: item.events.map((event) => ({ ...event, ...('kk' in event && { kk: hideNumber(event.kk) }), ...('old' in event && event.what === 'card_changed' && { old: hideNumber(event.old) }) })) as LifeItem['events'],
})
