import { eq } from 'drizzle-orm'
import { NEXT, STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { conflict } from '#app/problems.ts'
import { households, transitions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Move = { note?: string, subject?: string, set?: Partial<typeof households.$inferInsert> }

// The one way a record changes its stage: a row of who, when and why, beside the stage itself. `household` must come
// from a scoped read in this transaction. `set`: columns that change with the stage (officerId, visitId, outcome …).
export function moveStage(tx: Tx, { id, stage }: { id: string, stage: Stage | null }, to: Stage, { note = '', subject, set = {} }: Move = {}) {
  if (stage && !NEXT[stage].includes(to)) {
    throw conflict(`Data ini sedang pada tahap "${STAGE_WORDS[stage]}", tidak bisa menjadi "${STAGE_WORDS[to]}".`)
  }
  tx.db.insert(transitions).values({ householdId: id, fromStage: stage, toStage: to, at: tx.now, actorId: tx.actor.id, note, subject }).run()
  tx.db.update(households).set({ ...set, stage: to, stageAt: tx.now }).where(eq(households.id, id)).run()
  tx.audit(`household.${to}`, id, { from: stage, note, ...(subject ? { subject } : {}) })
}
