import { and, eq, isNull, lt, ne } from 'drizzle-orm'
import { dayOf, isDate } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { rollOverUndetermined, takeUpWaiting } from '#app/periods/filing.ts'
import { getPeriod, overlap, statusOf, type Period, type StoredPeriod } from '#app/periods/periods.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findRegion } from '#app/regions/regions.ts'
import { system } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { periodCutoffs, periods, snapshots } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type NewPeriod = Pick<StoredPeriod, 'id' | 'regionCode' | 'cadence' | 'name' | 'opensOn' | 'cutoffOn' | 'closesOn'>

// id comes from the form: twice is one period. Work that has been waiting for a period goes into it at once.
export function planPeriod(tx: Tx, period: NewPeriod) {
  demand(tx.actor, 'period.manage')
  if (tx.db.select({ id: periods.id }).from(periods).where(eq(periods.id, period.id)).get()) return
  demandPlace(tx, period.regionCode)
  const wrong = findMistakes(tx, { ...period, ...NOT_YET, madeBy: tx.actor.id, madeAt: tx.now })
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  tx.db.insert(periods).values({ ...period, madeBy: tx.actor.id, madeAt: tx.now }).run()
  tx.audit('period.planned', period.id, { name: period.name, regionCode: period.regionCode, opensOn: period.opensOn, cutoffOn: period.cutoffOn, closesOn: period.closesOn })
  takeUpWaiting(tx)
}

const NOT_YET = { cutBy: null, cutAt: null, closedBy: null, closedAt: null }

function demandPlace(tx: Tx, code: string) {
  if (code === '') return
  const region = findRegion(tx.db, code)
  if (!region || region.level !== 2 || region.validTo) throw invalid({ region: 'Pilih kabupaten/kota, atau seluruh Indonesia.' })
  if (!isWithin(code, tx.actor)) throw notFound('Kabupaten/kota')
}

// Each under the field it is about.
export function findMistakes(tx: Tx, period: StoredPeriod): Record<string, string> {
  const { opensOn, cutoffOn, closesOn } = period
  const dates = Object.fromEntries(Object.entries({ opensOn, cutoffOn, closesOn }).filter(([, day]) => !isDate(day)).map(([name]) => [name, 'Isi tanggal yang benar.']))
  if (Object.keys(dates).length > 0) return dates
  if (cutoffOn < opensOn) return { cutoffOn: 'Batas kirim tidak boleh sebelum hari buka.' }
  if (closesOn < cutoffOn) return { closesOn: 'Hari tutup tidak boleh sebelum batas kirim.' }
  if (cutoffOn < dayOf(tx.now)) return { cutoffOn: 'Batas kirim sudah lewat. Pilih hari ini atau sesudahnya.' }
  const others = tx.db.select().from(periods).where(and(eq(periods.regionCode, period.regionCode), ne(periods.id, period.id))).all()
  if (others.some(({ name }) => name.toLowerCase() === period.name.toLowerCase())) return { name: 'Nama ini sudah dipakai periode lain.' }
  const other = others.find((one) => overlap(one, period))
  if (!other) return {}
  const field = other.opensOn > opensOn ? 'closesOn' : 'opensOn'
  return { [field]: `Bertumpuk dengan periode ${other.name} (${inWords(other.opensOn)} sampai ${inWords(other.closesOn)}). Pilih hari lain.` }
}

// A kabupaten's own cut-off, for its own work: earlier than the period's, never later. The period's own day again takes it back.
export function setOwnCutoff(tx: Tx, id: string, cutoffOn: string) {
  demand(tx.actor, 'period.cutoff')
  const period = getPeriod(tx, id)
  const today = dayOf(tx.now)
  const status = statusOf(period, today)
  if (status !== 'planned' && status !== 'open') throw conflict('Batas kirim periode ini sudah lewat dan tidak bisa diubah lagi.')
  const mistake = !isDate(cutoffOn) ? 'Isi tanggal yang benar.'
    : cutoffOn < period.opensOn ? 'Tidak boleh sebelum hari buka periode.'
      : cutoffOn > period.nationalCutoffOn ? 'Batas sendiri hanya boleh lebih awal daripada batas periode.'
        : cutoffOn < today ? 'Hari itu sudah lewat. Pilih hari ini atau sesudahnya.' : undefined
  if (mistake) throw invalid({ cutoffOn: mistake })
  const regencies = [...new Set(tx.actor.regions.map(regencyOf))]
  if (regencies.every((regionCode) => ownCutoffOf(tx, period, regionCode) === cutoffOn)) return
  for (const regionCode of regencies) keepOwnCutoff(tx, period, regionCode, cutoffOn)
  tx.audit('period.own_cutoff_set', id, { cutoffOn, regions: tx.actor.regions })
}

const ownCutoffOf = (tx: Tx, { id, nationalCutoffOn }: Period, regionCode: string) =>
  tx.db.select({ on: periodCutoffs.cutoffOn }).from(periodCutoffs).where(and(eq(periodCutoffs.periodId, id), eq(periodCutoffs.regionCode, regionCode))).get()?.on ?? nationalCutoffOn

function keepOwnCutoff(tx: Tx, { id, nationalCutoffOn }: Period, regionCode: string, cutoffOn: string) {
  tx.db.delete(periodCutoffs).where(and(eq(periodCutoffs.periodId, id), eq(periodCutoffs.regionCode, regionCode))).run()
  if (cutoffOn !== nationalCutoffOn) tx.db.insert(periodCutoffs).values({ periodId: id, regionCode, cutoffOn, setBy: tx.actor.id, setAt: tx.now }).run()
}

// Before its day: from now on what comes is late.
export function cutOffPeriod(tx: Tx, id: string) {
  demand(tx.actor, 'period.manage')
  const period = getPeriod(tx, id)
  const status = statusOf(period, dayOf(tx.now))
  if (status === 'planned') throw conflict('Periode ini belum dibuka.')
  if (status !== 'open') return
  tx.db.update(periods).set({ cutBy: tx.actor.id, cutAt: tx.now }).where(eq(periods.id, id)).run()
  tx.audit('period.cut_off', id)
}

// Determination ends, and what the registry holds now is kept. Returns the snapshot to be taken.
export function closePeriod(tx: Tx, id: string): number {
  demand(tx.actor, 'period.manage')
  const period = getPeriod(tx, id)
  const status = statusOf(period, dayOf(tx.now))
  if (status === 'planned' || status === 'open') throw conflict('Batas kirim belum lewat. Hentikan penerimaan dahulu, lalu tutup periode.')
  return close(tx, period)
}

function close(tx: Tx, period: StoredPeriod): number {
  const known = tx.db.select({ id: snapshots.id }).from(snapshots).where(eq(snapshots.periodId, period.id)).get()
  if (known) return known.id
  tx.db.update(periods).set({ closedBy: tx.actor.id, closedAt: tx.now }).where(eq(periods.id, period.id)).run()
  const rolledOver = rollOverUndetermined(tx, period)
  const { id } = tx.db.insert(snapshots).values({ periodId: period.id, regionCode: period.regionCode, status: 'taking', requestedAt: tx.now })
    .returning({ id: snapshots.id }).get()
  tx.audit('period.closed', period.id, { rolledOver, snapshot: id })
  return id
}

// Those whose last day is over and that nobody has closed: the calendar does it.
export function closeDuePeriods(db: Db, now = new Date()): number {
  const due = db.select({ id: periods.id }).from(periods).where(and(isNull(periods.closedAt), lt(periods.closesOn, dayOf(now.toISOString())))).all()
  for (const { id } of due) transact(db, system, (tx) => close(tx, tx.db.select().from(periods).where(eq(periods.id, id)).get()!), now)
  return due.length
}
