import { and, desc, eq, like } from 'drizzle-orm'
import type { Db } from '#db/connection.ts'
import { auditEntries, users } from '#db/schema/index.ts'

// What was done to one entry, by whom, and which of its fields. The caller has it in his scope.
export const auditHistory = (db: Db, id: string) => db.select({ at: auditEntries.at, action: auditEntries.action, by: users.name, details: auditEntries.details })
  .from(auditEntries).leftJoin(users, eq(users.id, auditEntries.actorId))
  .where(and(eq(auditEntries.subject, id), like(auditEntries.action, 'psks.%'))).orderBy(desc(auditEntries.seq)).limit(50).all()
  .map(({ details, ...entry }) => ({ ...entry, fields: (JSON.parse(details) as { fields?: string[] }).fields ?? [] }))
