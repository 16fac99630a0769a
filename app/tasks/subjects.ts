import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { getBackcheck } from '#app/backchecks/assigning.ts'
import { getHousehold } from '#app/households/records.ts'
import { getSheet } from '#app/monitoring/sheets.ts'
import { notFound } from '#app/problems.ts'
import { mayOpenOfficer } from '#app/quality/officer-page.ts'
import { findRegion } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import { households, reports, userRegions, users, visits } from '#db/schema/index.ts'
import { TASK_SUBJECTS, type TaskSubject } from '#db/schema/tasks.ts'
import type { Tx } from '#db/transaction.ts'

type Reader = Pick<Tx, 'db' | 'actor'>
// href: only where this reader may open it.
export type Subject = { kind: TaskSubject, id: string, title: string, regionCode: string, href?: string }
type Found = Omit<Subject, 'kind' | 'id'>

// "household:abc" as an address has it. Anything else is about nothing in particular.
export function readAbout(about: string | undefined): { kind: TaskSubject, id: string } | undefined {
  const at = about?.indexOf(':') ?? -1
  const kind = TASK_SUBJECTS.find((one) => one === about?.slice(0, at))
  const id = about?.slice(at + 1) ?? ''
  return kind && /^[\w.-]{1,64}$/.test(id) ? { kind, id } : undefined
}

// What a task is about, found through what the reader may see.
export const findSubject = (reader: Reader, { kind, id }: { kind: TaskSubject, id: string }): Subject => ({ kind, id, ...FINDERS[kind](reader, id) })

const linked = (actor: Actor, verbs: Verb[], href: string) => verbs.some((verb) => can(actor, verb)) ? { href } : {}

const FINDERS: Record<TaskSubject, (reader: Reader, id: string) => Found> = {
  household: (reader, id) => {
    const { headName, regionCode } = getHousehold(reader, id)
    return { title: `Rumah tangga ${headName}`, regionCode, ...linked(reader.actor, ['household.read'], `/households/${id}`) }
  },
  visit: ({ db, actor }, id) => {
    const found = db.select({ headName: households.headName, regionCode: households.regionCode }).from(visits).innerJoin(households, eq(households.id, visits.householdId))
      .where(and(eq(visits.id, id), isNotNull(visits.submittedAt), within(households.regionCode, actor))).get()
    if (!found) throw notFound('Kunjungan')
    return { title: `Kunjungan ke ${found.headName}`, regionCode: found.regionCode, ...linked(actor, ['visit.check', 'visit.verify'], `/reviews/${id}`) }
  },
  officer: ({ db, actor }, id) => {
    const found = db.select({ name: users.name, regionCode: userRegions.regionCode }).from(users).innerJoin(userRegions, eq(userRegions.userId, users.id))
      .where(and(eq(users.id, id), within(userRegions.regionCode, actor))).orderBy(asc(userRegions.regionCode)).limit(1).get()
    if (!found) throw notFound('Petugas')
    return { title: `Petugas ${found.name}`, regionCode: found.regionCode, ...(mayOpenOfficer(db, actor, id) && { href: `/officers/${id}` }) }
  },
  region: ({ db, actor }, id) => {
    const region = findRegion(db, id)
    if (!region || !isWithin(id, actor)) throw notFound('Wilayah')
    return { title: region.name, regionCode: id, ...linked(actor, ['household.read'], `/households?region=${id}`) }
  },
  report: ({ db, actor }, id) => {
    const report = db.select({ number: reports.number, regionCode: reports.regionCode }).from(reports).where(and(eq(reports.id, id), within(reports.regionCode, actor))).get()
    if (!report) throw notFound('Laporan warga')
    return { title: `Laporan warga ${report.number}`, regionCode: report.regionCode, ...linked(actor, ['report.read'], `/reports/${id}`) }
  },
  backcheck: (reader, id) => {
    const { householdId, regionCode } = getBackcheck(reader, id)
    return { title: `Kunjungan ulang ke ${getHousehold(reader, householdId).headName}`, regionCode, ...linked(reader.actor, ['backcheck.read'], `/backchecks/visits/${id}`) }
  },
  monitoring: (reader, id) => {
    const { number, regionCode } = getSheet(reader, id)
    return { title: `Formulir pemantauan ${number}`, regionCode, ...linked(reader.actor, ['monitoring.read'], `/monitoring/${id}`) }
  },
}
