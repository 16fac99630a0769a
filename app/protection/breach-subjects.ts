import { and, desc, eq } from 'drizzle-orm'
import { holdsPersons } from '#app/exports/exportable.ts'
import { findList } from '#app/exports/lists.ts'
import { invalid } from '#app/problems.ts'
import type { Breach, BreachKind } from '#app/protection/breaches.ts'
import type { Db } from '#db/connection.ts'
import { devices, exportFiles, users } from '#db/schema/index.ts'

const MOST = 300

// What may be named in the form: phones seen last, exports made last that hold persons.
export function subjectChoices(db: Db, kind: BreachKind): { value: string, label: string }[] {
  if (kind === 'device') {
    return db.select({ id: devices.id, label: devices.label, userId: devices.userId, name: users.name, username: users.username }).from(devices).innerJoin(users, eq(users.id, devices.userId))
      .orderBy(desc(devices.lastSeenAt)).limit(MOST).all().map((row) => ({ value: `${row.id}|${row.userId}`, label: `${row.name} (${row.username}): ${row.label}` }))
  }
  if (kind === 'account') return []
  return db.select().from(exportFiles).orderBy(desc(exportFiles.madeAt)).limit(MOST).all().filter(isOfPersons)
    .map((file) => ({ value: file.id, label: `${file.number}: ${findList(file.list)?.title ?? file.list}, untuk ${file.recipientInstitution}` }))
}

const isOfPersons = ({ list }: { list: string }) => {
  const found = findList(list)
  return found !== undefined && holdsPersons(found)
}

// The subject as it is kept; a user is named by username in the form.
export function readPlace(db: Db, kind: BreachKind, subject: string): string {
  if (kind === 'account') {
    const user = db.select({ id: users.id }).from(users).where(eq(users.username, subject.trim().toLowerCase())).get()
    if (!user) throw invalid({ subject: 'Tidak ada pengguna dengan nama ini.' })
    return user.id
  }
  const known = kind === 'device' ? findDevice(db, subject) : db.select({ id: exportFiles.id }).from(exportFiles).where(eq(exportFiles.id, subject)).get()
  if (!known) throw invalid({ subject: kind === 'device' ? 'Pilih HP-nya.' : 'Pilih ekspornya.' })
  return subject
}

export function findDevice(db: Db, subject: string) {
  const [id = '', userId = ''] = subject.split('|')
  return db.select({ id: devices.id, label: devices.label, userId: devices.userId, name: users.name, revokedAt: devices.revokedAt, packAt: devices.packAt })
    .from(devices).innerJoin(users, eq(users.id, devices.userId)).where(and(eq(devices.id, id), eq(devices.userId, userId))).get()
}

export function subjectWords(db: Db, { kind, subject }: Pick<Breach, 'kind' | 'subject'>): string {
  if (kind === 'device') {
    const device = findDevice(db, subject)
    return device ? `HP ${device.label} milik ${device.name}` : 'HP yang tidak tercatat lagi'
  }
  if (kind === 'account') return `Akun ${db.select({ name: users.name }).from(users).where(eq(users.id, subject)).get()?.name ?? 'yang tidak tercatat lagi'}`
  const file = db.select({ number: exportFiles.number, list: exportFiles.list }).from(exportFiles).where(eq(exportFiles.id, subject)).get()
  return file ? `Ekspor ${file.number} (${findList(file.list)?.title ?? file.list})` : 'Ekspor yang tidak tercatat lagi'
}
