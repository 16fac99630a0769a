import { and, count, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { addDays, dayIn } from '#app/questionnaire/age.ts'
import { DISTRICT, PROVINCE, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { announcementReadings, announcements, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Announcement = typeof announcements.$inferSelect
export type NewAnnouncement = Pick<Announcement, 'id' | 'title' | 'text' | 'untilOn' | 'regionCode' | 'roles'>
type Reader = Pick<Tx, 'db' | 'actor'>

const LONGEST_DAYS = 366

// The id comes with the form: the same form sent again is the same announcement.
export function writeAnnouncement(tx: Tx, fresh: NewAnnouncement): Announcement {
  demand(tx.actor, 'announcement.write')
  const known = tx.db.select().from(announcements).where(eq(announcements.id, fresh.id)).get()
  if (known?.writtenBy === tx.actor.id) return known
  if (known) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  if (!isWithin(fresh.regionCode, tx.actor) || (fresh.regionCode !== '' && !findRegion(tx.db, fresh.regionCode))) throw invalid({ region: 'Pilih wilayah di dalam wilayah kerja Anda.' })
  const today = dayIn(fresh.regionCode, tx.now)
  if (fresh.untilOn < today || fresh.untilOn > addDays(today, LONGEST_DAYS)) throw invalid({ untilOn: 'Pilih hari ini atau sesudahnya, paling lama setahun.' })
  const made = tx.db.insert(announcements).values({ ...fresh, writtenBy: tx.actor.id, writtenAt: tx.now }).returning().get()
  tx.audit('announcement.written', made.id, { title: made.title, region: made.regionCode, roles: made.roles, untilOn: made.untilOn })
  return made
}

// Wrong or no longer true: it is shown to nobody any more, and stays in the list.
export function endAnnouncement(tx: Tx, id: string) {
  demand(tx.actor, 'announcement.write')
  const found = tx.db.select().from(announcements).where(and(eq(announcements.id, id), within(announcements.regionCode, tx.actor))).get()
  if (!found) throw notFound('Pengumuman')
  if (found.endedAt !== null) return
  tx.db.update(announcements).set({ endedBy: tx.actor.id, endedAt: tx.now }).where(eq(announcements.id, id)).run()
  tx.audit('announcement.ended', id, { title: found.title })
}

export function readAnnouncement(tx: Tx, id: string) {
  const found = tx.db.select({ id: announcements.id }).from(announcements).where(and(eq(announcements.id, id), meantFor(tx.actor))).get()
  if (!found) throw notFound('Pengumuman')
  const { changes } = tx.db.insert(announcementReadings).values({ announcementId: id, userId: tx.actor.id, readAt: tx.now }).onConflictDoNothing().run()
  if (changes > 0) tx.audit('announcement.read', id)
}

// What is said of a place is said to all who work in a part of it.
const placesAbove = ({ regions }: Pick<Actor, 'regions'>) => [...new Set(['', ...regions.flatMap((code) => [PROVINCE, REGENCY, DISTRICT, VILLAGE].filter((length) => code.length >= length).map((length) => code.slice(0, length)))])]
const meantFor = (actor: Actor) => and(inArray(announcements.regionCode, placesAbove(actor)),
  sql`(${announcements.roles} = '[]' OR EXISTS (SELECT 1 FROM json_each(${announcements.roles}) r WHERE r.value = ${actor.role}))`)
const readBy = (actor: Actor) => sql<0 | 1>`EXISTS (SELECT 1 FROM announcement_readings r WHERE r.announcement_id = "announcements"."id" AND r.user_id = ${actor.id})`

const SHOWN = 10

// What this reader has still to read, the newest first; whether there is a list to look at.
export function unread({ db, actor }: Reader, now: string) {
  const rows = db.select({ id: announcements.id, title: announcements.title, text: announcements.text, untilOn: announcements.untilOn, writtenAt: announcements.writtenAt, by: users.name }).from(announcements)
    .leftJoin(users, eq(users.id, announcements.writtenBy))
    .where(and(gte(announcements.untilOn, dayIn(actor.regions[0] ?? '', now)), isNull(announcements.endedAt), meantFor(actor), sql`NOT ${readBy(actor)}`)).orderBy(desc(announcements.number)).limit(SHOWN + 1).all()
  return { rows: rows.slice(0, SHOWN), more: rows.length > SHOWN, any: rows.length > 0 || db.select({ id: announcements.id }).from(announcements).where(meantFor(actor)).limit(1).get() !== undefined }
}
export type Unread = ReturnType<typeof unread>

const PAGE = 30

// Those meant for the reader, and to whoever writes them those of his places: also what is over. The newest first.
export function listAnnouncements({ db, actor }: Reader, now: string, before?: number) {
  const writes = can(actor, 'announcement.write')
  const found = db.select({ announcement: announcements, by: users.name, read: readBy(actor) }).from(announcements).leftJoin(users, eq(users.id, announcements.writtenBy))
    .where(and(or(meantFor(actor), writes ? within(announcements.regionCode, actor) : undefined), before ? lt(announcements.number, before) : undefined)).orderBy(desc(announcements.number)).limit(PAGE + 1).all()
  const shown = found.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ announcement }) => announcement.regionCode))
  const today = dayIn(actor.regions[0] ?? '', now)
  return {
    rows: shown.map(({ announcement, by, read }) => {
      const mayEnd = writes && isWithin(announcement.regionCode, actor)
      return {
        ...announcement, by: by ?? announcement.writtenBy, place: names.get(announcement.regionCode) ?? '', read: read === 1, mayEnd: mayEnd && announcement.endedAt === null && announcement.untilOn >= today,
        state: announcement.endedAt !== null ? 'ended' as const : announcement.untilOn < today ? 'over' as const : 'shown' as const, isMine: isMeant(actor, announcement), readers: mayEnd ? readersOf(db, announcement.id) : undefined,
      }
    }),
    next: found.length > PAGE ? shown.at(-1)!.announcement.number : undefined, writes,
  }
}
export type ListedAnnouncement = ReturnType<typeof listAnnouncements>['rows'][number]

const isMeant = (actor: Actor, { regionCode, roles }: Pick<Announcement, 'regionCode' | 'roles'>) => placesAbove(actor).includes(regionCode) && (roles.length === 0 || roles.includes(actor.role))
const readersOf = (db: Db, id: string) => db.select({ n: count() }).from(announcementReadings).where(eq(announcementReadings.announcementId, id)).get()!.n
