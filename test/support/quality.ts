import { followSome } from '#app/quality/following.ts'
import { queue, STEP } from '#app/quality/queue.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { reviews, visitFlags, visits } from '#db/schema/index.ts'
import { eq, sql } from 'drizzle-orm'

const AT = '2026-03-02T03:00:00.000Z'

// A flag as judging leaves it, with the counts that go with it.
export function addFlag(db: Db, visitId: string, code: string, { message = 'Di tempat pada pukul 22.10.', weight = 1 }: { message?: string, weight?: number } = {}) {
  db.insert(visitFlags).values({ visitId, code, message, weight }).run()
  db.update(visits).set({ flagCount: sql`flag_count + 1`, flagWeight: sql`flag_weight + ${weight}` }).where(eq(visits.id, visitId)).run()
}

export type Reviewed = { id?: string, level?: 1 | 2, outcome?: 'approved' | 'returned', bulk?: boolean, at?: string, note?: string }

export function addReview(db: Db, visitId: string, by: Actor, { id = crypto.randomUUID(), level = 1, outcome = 'approved', bulk = false, at = AT, note = '' }: Reviewed = {}) {
  const { householdId } = db.select().from(visits).where(eq(visits.id, visitId)).get()!
  db.insert(reviews).values({ id, visitId, householdId, visitRevision: 1, level, outcome, note, documents: {}, bulk, decidedBy: by.id, decidedAt: at }).run()
}

// As if the evidence of these visits had just been judged; then everything that waits is worked out.
export function keepFigures(db: Db, visitIds: string[] = []) {
  for (const id of visitIds) queue(db, STEP.visit, id)
  while (followSome(db, AT));
}

// Siti's flagged visit and Budi's decision: what the pages of both are asked about.
export function addQuality(db: Db) {
  addFlag(db, 'visit-ujang', 'night')
  addReview(db, 'visit-verified', { id: 'budi', name: 'Budi Santoso', role: 'district_coordinator', regions: ['34.02.01'] })
  keepFigures(db, ['visit-ujang', 'visit-verified', 'visit-sent'])
}
