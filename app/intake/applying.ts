import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { letOthers } from '#app/background.ts'
import { newId } from '#app/ids.ts'
import { hasStatus } from '#app/intake/reading.ts'
import type { Intake, IntakeRow } from '#app/intake/intakes.ts'
import { paymentReader } from '#app/intake/payment-rows.ts'
import { changesOf, recipientReader, type CellError, type Verdict } from '#app/intake/recipient-rows.ts'
import { moveTo } from '#app/payments/payments.ts'
import { createRecipient, moveRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { intakeRows, intakes } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 25

type Outcome = { targetId?: string, errors?: CellError[] }
type Apply = (tx: Tx, row: IntakeRow) => Outcome

const rowsAfter = (db: Db, id: string, after: number) => db.select().from(intakeRows)
  .where(and(eq(intakeRows.intakeId, id), inArray(intakeRows.action, ['new', 'changed']), gt(intakeRows.position, after))).orderBy(asc(intakeRows.position)).limit(CHUNK).all()

// Writes what was confirmed, some rows in each transaction, together with how far it has come: going on after a restart
// repeats nothing. Each row is judged again, because others work meanwhile.
export async function applyIntake(db: Db, intake: Intake, by: Actor) {
  const apply = applierOf(db, intake, dayOf(new Date().toISOString()))
  for (let more = true; more; await letOthers()) more = transact(db, by, (tx) => applySome(tx, intake.id, apply))
}

function applySome(tx: Tx, id: string, apply: Apply): boolean {
  if (!hasStatus(tx.db, id, 'applying')) return false
  const intake = tx.db.select().from(intakes).where(eq(intakes.id, id)).get()!
  const rows = rowsAfter(tx.db, id, intake.appliedTo)
  let failed = 0
  for (const row of rows) {
    const { targetId, errors = [] } = applyOne(tx, apply, row)
    if (errors.length > 0) failed += 1
    if (errors.length > 0 || (targetId && targetId !== row.targetId)) {
      tx.db.update(intakeRows).set({ ...(targetId && { targetId }), ...(errors.length > 0 && { action: 'error', errors }) }).where(and(eq(intakeRows.intakeId, id), eq(intakeRows.position, row.position))).run()
    }
  }
  const progress = { appliedTo: rows.at(-1)?.position ?? intake.appliedTo, appliedCount: intake.appliedCount + rows.length - failed, failedCount: intake.failedCount + failed, errorCount: intake.errorCount + failed }
  const isLast = rows.length < CHUNK
  tx.db.update(intakes).set({ ...progress, ...(isLast && { status: 'applied', finishedAt: tx.now }) }).where(eq(intakes.id, id)).run()
  if (isLast) tx.audit('intake.applied', id, { rows: progress.appliedCount, failed: progress.failedCount })
  return !isLast
}

// A row that cannot be written leaves nothing of itself, and the others go on.
function applyOne(tx: Tx, apply: Apply, row: IntakeRow): Outcome {
  try {
    return tx.db.$client.transaction(() => apply(tx, row))()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { errors: [{ column: '', message: Object.values(error.fields)[0] ?? error.message }] }
  }
}

function applierOf(db: Db, intake: Intake, today: string): Apply {
  const cause = `intake:${intake.id}`
  if (intake.kind === 'payments') {
    const judge = paymentReader(db, { programme: intake.programme, listId: intake.listId!, today })
    return (tx, { facts }) => {
      const { action, errors, payment, status, reasonCode, note } = judge(facts)
      if (action === 'changed') moveTo(tx, payment!, { status, reasonCode, note }, cause)
      return { errors, targetId: payment?.id }
    }
  }
  const judge = recipientReader(db, { programme: intake.programme, regionCode: intake.regionCode, today })
  return (tx, { facts }) => {
    const verdict = judge(facts)
    if (verdict.action === 'unmatched') return { errors: [{ column: 'nik', message: 'Yang ditemukan saat berkas dibaca kini tidak ada lagi di registri. Unggah lagi baris ini.' }] }
    return verdict.action === 'error' ? { errors: verdict.errors } : { targetId: writeRecipient(tx, intake, verdict).id }
  }
}

// Makes or changes the recipient a row means; one that already says the same stays untouched.
export function writeRecipient(tx: Tx, { id, programme, regionCode, defaultState }: Intake, { listed, found, known }: Pick<Verdict, 'listed' | 'found' | 'known'>, note = ''): Recipient {
  const why = { cause: `intake:${id}`, note }
  if (known) {
    const change = changesOf(known, listed, found)
    return change ? moveRecipient(tx, known, change.state, why, change.set) : known
  }
  const { name, nik, kkNumber, number, variant, address, village, state, startedOn, data } = listed
  const place = found && { householdId: found.householdId, familySeq: found.familySeq, memberSeq: found.memberSeq }
  return createRecipient(tx, {
    id: newId(), programme, variant, name, nik, kkNumber, number, address, startedOn, ...place, regionCode: found?.regionCode ?? village ?? regionCode, state: state || defaultState,
    data: { ...data, ...(data.accountNumber !== undefined && { accountState: 'unchecked' }) },
  }, why)
}
