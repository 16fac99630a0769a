import { and, asc, eq, gte } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { conflict, invalid } from '#app/problems.ts'
import { takeUpWaiting } from '#app/periods/filing.ts'
import { getPeriod, statusOf, type StoredPeriod } from '#app/periods/periods.ts'
import { findMistakes, type NewPeriod } from '#app/periods/planning.ts'
import { demand } from '#app/users/permissions.ts'
import { periodCutoffs, periods } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Revision = Pick<NewPeriod, 'name' | 'opensOn' | 'cutoffOn' | 'closesOn'>

// Another name or other days, as long as the period still takes work in. What was filed stays where it counts: the cut-off
// never comes before today, so nothing that came in time becomes late.
export function revisePeriod(tx: Tx, id: string, wanted: Revision) {
  demand(tx.actor, 'period.manage')
  const { nationalCutoffOn, ...found } = getPeriod(tx, id)
  const period: StoredPeriod = { ...found, cutoffOn: nationalCutoffOn }
  if (!isRevisable(period, dayOf(tx.now))) throw conflict('Batas kirim periode ini sudah lewat. Nama dan harinya tidak bisa diubah lagi.')
  const changed = (['name', 'opensOn', 'cutoffOn', 'closesOn'] as const).filter((part) => wanted[part] !== period[part])
  if (changed.length === 0) return
  const wrong = { ...findContradictions(tx, period, wanted), ...findMistakes(tx, { ...period, ...wanted }) }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  const freed = tx.db.delete(periodCutoffs).where(and(eq(periodCutoffs.periodId, id), gte(periodCutoffs.cutoffOn, wanted.cutoffOn))).run().changes
  tx.db.update(periods).set(wanted).where(eq(periods.id, id)).run()
  const told = (from: Revision) => Object.fromEntries(changed.map((part) => [part, from[part]]))
  tx.audit('period.revised', id, { from: told(period), to: told(wanted), ...(freed > 0 && { ownCutoffsEnded: freed }) })
  takeUpWaiting(tx)
}

export const isRevisable = (period: StoredPeriod, today: string) => ['planned', 'open'].includes(statusOf(period, today))

// It has opened, or kabupaten have planned by its days.
function findContradictions(tx: Tx, { id, opensOn }: StoredPeriod, wanted: Revision): Record<string, string> {
  const today = dayOf(tx.now)
  if (opensOn <= today && wanted.opensOn > today) return { opensOn: 'Periode ini sudah dibuka. Hari bukanya tidak bisa dipindah ke hari yang belum tiba.' }
  const earliest = tx.db.select({ cutoffOn: periodCutoffs.cutoffOn }).from(periodCutoffs).where(eq(periodCutoffs.periodId, id)).orderBy(asc(periodCutoffs.cutoffOn)).limit(1).get()
  return earliest && earliest.cutoffOn < wanted.opensOn
    ? { opensOn: `Ada kabupaten/kota yang menetapkan batas kirim sendiri pada ${inWords(earliest.cutoffOn)}. Hari buka tidak boleh sesudah itu.` } : {}
}
