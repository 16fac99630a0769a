import { and, asc, eq } from 'drizzle-orm'
import type { ListedRow } from '#app/eligibility/results.ts'
import { problemIn } from '#app/programmes/bulk.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { withdrawChange } from '#app/programmes/decisions.ts'
import { judge } from '#app/programmes/judging.ts'
import { getChange } from '#app/programmes/steps.ts'
import type { Db } from '#db/connection.ts'
import { roundRows, type rounds } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Round = typeof rounds.$inferSelect
export type RoundRow = typeof roundRows.$inferSelect
// What has come of a row.
export type Outcome = RoundRow['outcome']
type About = Pick<RoundRow, 'position' | 'householdId' | 'familySeq' | 'memberSeq' | 'recipientId' | 'why'>

export const rowsAt = (db: Db, id: string, outcome: Outcome, limit: number, reason?: string): RoundRow[] => db.select().from(roundRows)
  .where(and(eq(roundRows.roundId, id), eq(roundRows.outcome, outcome), reason === undefined ? undefined : eq(roundRows.reason, reason)))
  .orderBy(asc(roundRows.position)).limit(limit).all()

// The change's id is the round's and the row's, so that a row proposed twice is one proposal.
const changeIdOf = ({ id }: Pick<Round, 'id'>, { position }: Pick<RoundRow, 'position'>) => `${id}-${String(position).padStart(5, '0')}`

function wantedOf(round: Round, row: About): Wanted {
  const { programme, changeKind, reasonCode, note } = round
  const id = changeIdOf(round, row)
  const about = row.recipientId ? { recipientId: row.recipientId } : { subject: { householdId: row.householdId!, familySeq: row.familySeq, memberSeq: row.memberSeq } }
  return { key: id, id, programme, kind: changeKind, reasonCode, note: row.why ? `${note}. Sebab: ${row.why}` : note, ...about }
}

// Of many rows the same trouble is told once, so it names nobody.
const nameless = (trouble: string | undefined, { name }: Pick<RoundRow, 'name'>) => trouble?.replaceAll(name, 'penerima ini')

const insertRow = statement<(string | number | null)[], unknown>(`INSERT INTO round_rows (round_id, position, region_code, name, household_id, family_seq, member_seq, recipient_id, why, outcome, reason)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const addCounts = statement<[number, number, string], unknown>('UPDATE rounds SET planned = planned + ?, skipped = skipped + ? WHERE id = ?')

// Each row with what stands against proposing it, asked of the very judge a proposal passes; nothing is proposed yet.
export function addRows(tx: Tx, round: Round, rows: ListedRow[]) {
  let position = round.planned + round.skipped
  let left = 0
  for (const row of rows) {
    position += 1
    const trouble = nameless(problemIn(() => void judge(tx, wantedOf(round, { ...row, position }))), row)
    if (trouble) left += 1
    const { regionCode, name, householdId, familySeq, memberSeq, recipientId, why } = row
    insertRow(tx.db).run(round.id, position, regionCode, name, householdId, familySeq, memberSeq, recipientId, why, trouble ? 'skipped' : 'planned', trouble ?? '')
  }
  addCounts(tx.db).run(rows.length - left, left, round.id)
}

// A savepoint: what one refuses takes nothing with it. The words tell why it was not proposed.
export const proposeRow = (tx: Tx, round: Round, row: RoundRow): string | undefined =>
  nameless(problemIn(() => tx.db.$client.transaction(() => void proposeChange(tx, wantedOf(round, row)))()), row)

// Taken back while nobody has gone on with it.
export function withdrawRow(tx: Tx, round: Round, row: RoundRow): string | undefined {
  const id = changeIdOf(round, row)
  return problemIn(() => tx.db.$client.transaction(() => {
    const { status } = getChange(tx, id)
    if (status === 'submitted') withdrawChange(tx, id, { key: `undo:${id}`, note: 'Usulan bersama diurungkan.' })
  })()) ?? (getChange(tx, id).status === 'withdrawn' ? undefined : 'sudah diperiksa orang lain')
}
