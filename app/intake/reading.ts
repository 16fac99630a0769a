import { eq } from 'drizzle-orm'
import { inChunks } from '#app/assignments/tables.ts'
import { letOthers } from '#app/background.ts'
import { findFile } from '#app/files/store.ts'
import { columnName } from '#app/intake/columns.ts'
import { openIntakeFile, type IntakeLine } from '#app/intake/intake-file.ts'
import type { Intake } from '#app/intake/intakes.ts'
import { paymentReader } from '#app/intake/payment-rows.ts'
import { recipientReader, type CellError } from '#app/intake/recipient-rows.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { intakeRows, intakes } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

const CHUNK = 100

const statusOf = statement<[string], { status: Intake['status'] }>('SELECT status FROM intakes WHERE id = ?')
export const hasStatus = (db: Db, id: string, status: Intake['status']) => statusOf(db).get(id)?.status === status

const removeRows = statement<[string, number], unknown>('DELETE FROM intake_rows WHERE rowid IN (SELECT rowid FROM intake_rows WHERE intake_id = ? LIMIT ?)')

export async function clearRows(db: Db, id: string) {
  while (removeRows(db).run(id, 1000).changes > 0) await letOthers()
}

export type NewRow = Omit<typeof intakeRows.$inferInsert, 'intakeId' | 'position' | 'facts'>
export type RowReader = (line: IntakeLine) => NewRow

const NONE = { rowCount: 0, newCount: 0, changedCount: 0, sameCount: 0, unmatchedCount: 0, errorCount: 0 }

// Reads the file from its beginning into rows to be looked at; nobody's state changes. Ends early when discarded.
export async function readIntake(db: Db, directory: string, intake: Intake) {
  const { id, sha256, kind } = intake
  await clearRows(db, id)
  const stored = findFile(db, sha256)
  if (!stored) throw notFound('Berkas')
  const file = await openIntakeFile(directory, stored, kind)
  const read = readerOf(db, intake)
  const counts = { ...NONE }
  try {
    for await (const lines of inChunks(file.lines, CHUNK)) {
      const going = transact(db, system, (tx) => {
        if (!hasStatus(tx.db, id, 'reading')) return false
        for (const line of lines) takeLine(tx.db, intake, line, read(line), counts)
        tx.db.update(intakes).set({ ...counts, bytesRead: file.bytesRead() }).where(eq(intakes.id, id)).run()
        return true
      })
      if (!going) return
      await letOthers()
    }
    finishReading(db, intake, [...file.ignored])
  } finally {
    await file.close()
  }
}

export function readerOf(db: Db, { kind, programme, regionCode, listId }: Intake): RowReader {
  const today = dayOf(new Date().toISOString())
  if (kind === 'payments') {
    const judge = paymentReader(db, { programme, listId: listId!, today })
    return ({ facts }) => {
      const { action, errors, remark, payment, number, nik } = judge(facts)
      return { action, errors, remark, name: payment?.name ?? facts.name ?? '', number, nik, regionCode: payment?.regionCode ?? regionCode, targetId: payment?.id ?? null }
    }
  }
  const judge = recipientReader(db, { programme, regionCode, today })
  return ({ facts }) => {
    const { action, errors, listed: { name, nik, kkNumber, number, variant, village }, found, known, remark } = judge(facts)
    return {
      action, errors, name, nik, kkNumber, number, variant, regionCode: known?.regionCode ?? found?.regionCode ?? village ?? regionCode, targetId: known?.id ?? null,
      householdId: found?.householdId ?? null, familySeq: found?.familySeq ?? null, memberSeq: found?.memberSeq ?? null, matchedBy: found?.matchedBy ?? null, remark: [found?.remark, remark].filter(Boolean).join(' '),
    }
  }
}

function takeLine(db: Db, { id, kind, programme }: Intake, { line, facts }: IntakeLine, row: NewRow, counts: typeof NONE) {
  const twice = row.action === 'error' ? undefined : findTwice(db, id, programmeOf(programme).unit === 'family', row)
  const errors = twice ? [{ ...twice, column: columnName(kind, twice.column) }] : row.errors
  const action = twice ? 'error' : row.action
  counts.rowCount += 1
  counts[`${action}Count`] += 1
  db.insert(intakeRows).values({ ...row, intakeId: id, position: line, action, errors, facts: facts as Record<string, string> }).run()
}

type At = { position: number }
const same = (where: string) => `SELECT position FROM intake_rows WHERE intake_id = ? AND action <> 'error' AND ${where} LIMIT 1`
const TWICE = {
  nik: statement<[string, string, string], At>(same('nik = ? AND variant = ?')), number: statement<[string, string], At>(same('number = ?')), kk: statement<[string, string], At>(same('kk_number = ?')),
  target: statement<[string, string], At>(same('target_id = ?')), place: statement<[string, string, number | null, number | null, string], At>(same('household_id = ? AND family_seq IS ? AND member_seq IS ? AND variant = ?')),
}

// A person, a family, a card, a payment stands once in a file.
function findTwice(db: Db, id: string, ofFamily: boolean, { nik, kkNumber, number, variant = '', targetId, householdId, familySeq = null, memberSeq = null }: NewRow): CellError | undefined {
  const told = (column: string, value: string | undefined, what: string, at: At | undefined) => at && { column, message: `${what} sudah ada pada baris ${at.position}.`, value }
  return (nik ? told('nik', nik, 'NIK ini', TWICE.nik(db).get(id, nik, variant)) : undefined)
    ?? (number ? told('number', number, 'Nomor ini', TWICE.number(db).get(id, number)) : undefined)
    ?? (ofFamily && kkNumber ? told('kk', kkNumber, 'No KK ini', TWICE.kk(db).get(id, kkNumber)) : undefined)
    ?? (targetId ? told('nik', nik ?? undefined, 'Penerima ini', TWICE.target(db).get(id, targetId)) : undefined)
    ?? (householdId ? told('nik', nik ?? undefined, ofFamily ? 'Keluarga ini' : 'Orang ini', TWICE.place(db).get(id, householdId, familySeq, memberSeq, variant)) : undefined)
}

function finishReading(db: Db, { id, bytes }: Intake, ignored: string[]) {
  const message = ignored.length ? `Kolom yang tidak dikenal dilewati: ${ignored.slice(0, 20).join(', ').slice(0, 400)}.` : null
  transact(db, system, (tx) => {
    if (!hasStatus(tx.db, id, 'reading')) return
    tx.db.update(intakes).set({ status: 'previewed', bytesRead: bytes, message }).where(eq(intakes.id, id)).run()
    tx.audit('intake.previewed', id)
  })
}
