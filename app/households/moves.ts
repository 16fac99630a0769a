import { NEXT, STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { conflict } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

type Also = Partial<Pick<typeof households.$inferInsert, 'officerId' | 'visitId' | 'outcome' | 'flagCount' | 'flagWeight' | 'musdesStatus'>>
export type Move = { note?: string, subject?: string, set?: Also, audited?: boolean }

const insertTransition = statement<[string, string | null, string, string, string, string, string | null], unknown>(
  'INSERT INTO transitions (household_id, from_stage, to_stage, at, actor_id, note, subject) VALUES (?, ?, ?, ?, ?, ?, ?)')

// The one way a record changes its stage: a row of who, when and why, beside the stage itself. `household` must come
// from a scoped read in this transaction. `set`: columns that change with the stage. `audited`: the caller writes the line
// of audit, which names the household.
export function moveStage(tx: Tx, household: { id: string, stage: Stage | null }, to: Stage, move: Move = {}) {
  const { stage } = household
  if (stage && !NEXT[stage].includes(to)) {
    throw conflict(`Data ini sedang pada tahap "${STAGE_WORDS[stage]}", tidak bisa menjadi "${STAGE_WORDS[to]}".`)
  }
  write(tx, household, to, move)
}

// The first stage of a household, in which its row was written.
export const beginStage = (tx: Tx, id: string, stage: Stage, subject: string) => tell(tx, { id, stage: null }, stage, { subject })

// Takes the newest move of a record back, by a move of its own: what was undone is told, not erased. The caller has seen
// that nothing came after it, so the way back may be one that no other work takes.
export const takeBackMove = (tx: Tx, household: { id: string, stage: Stage }, to: Stage, move: Move) => write(tx, household, to, move)

function write(tx: Tx, household: { id: string, stage: Stage | null }, to: Stage, move: Move) {
  const { set = {} } = move
  const keys = Object.keys(set).sort() as (keyof Also)[]
  updateStage(keys)(tx.db).run(to, tx.now, ...keys.map((key) => set[key] ?? null), household.id)
  tell(tx, household, to, move)
}

function tell(tx: Tx, { id, stage }: { id: string, stage: Stage | null }, to: Stage, { note = '', subject, audited = false }: Move) {
  insertTransition(tx.db).run(id, stage, to, tx.now, tx.actor.id, note, subject ?? null)
  if (!audited) tx.audit(`household.${to}`, id, { from: stage, note, ...(subject ? { subject } : {}) })
}

// One prepared statement for each set of columns that move together: every campaign runs this a million times.
const updates = new Map<string, (db: Db) => { run: (...values: unknown[]) => unknown }>()
function updateStage(keys: (keyof Also)[]) {
  const name = keys.join()
  const known = updates.get(name) ?? statement<unknown[], unknown>(
    `UPDATE households SET stage = ?, stage_at = ?${keys.map((key) => `, ${households[key].name} = ?`).join('')} WHERE id = ?`)
  updates.set(name, known)
  return known
}
