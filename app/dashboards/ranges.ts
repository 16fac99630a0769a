import { periodAt, periodsFor } from '#app/periods/periods.ts'
import { invalid } from '#app/problems.ts'
import { addDays } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'

// The days a page is about. cutoffOn: of a period of determination, the last day its visits count for it.
// value: what the form has chosen; 'own': days of one's own.
export type Range = { from: string, to: string, value: string, name: string, cutoffOn?: string, choices: { value: string, label: string }[] }
export type Wanted = { period: string, from: string, to: string }

const LAST = { 7: '7 hari terakhir', 30: '30 hari terakhir', 90: '90 hari terakhir' } as const
const USUAL = '30'
const LONGEST = 400
const SHOWN = 8

// Unless asked otherwise, the period that runs; else the last thirty days.
export function rangeOf(db: Db, code: string, wanted: Wanted, today: string): Range {
  const begun = periodsFor(db, code).filter(({ opensOn }) => opensOn <= today).reverse().slice(0, SHOWN)
  const choices = [
    ...begun.map(({ id, name }) => ({ value: id, label: name })), ...Object.entries(LAST).map(([value, label]) => ({ value, label })), { value: 'own', label: 'Tanggal pilihan sendiri' },
  ]
  if (wanted.period === 'own' || (wanted.period === '' && (wanted.from || wanted.to))) return { ...ownDays(wanted, today), value: 'own', name: 'tanggal pilihan', choices }
  const chosen = wanted.period || periodAt(db, code, today)?.id
  const period = begun.find(({ id }) => id === chosen)
  if (period) return { from: period.opensOn, to: period.closesOn < today ? period.closesOn : today, value: period.id, name: period.name, cutoffOn: period.cutoffOn, choices }
  const last = (wanted.period in LAST ? wanted.period : USUAL) as `${keyof typeof LAST}`
  return { from: addDays(today, 1 - Number(last)), to: today, value: last, name: LAST[last], choices }
}

function ownDays({ from, to }: Wanted, today: string) {
  const end = to || today
  const start = from || addDays(end, -29)
  if (start > end) throw invalid({ to: 'Tanggal akhir harus sama dengan atau sesudah tanggal awal.' })
  if (start < addDays(end, -LONGEST)) throw invalid({ from: `Rentang paling panjang ${LONGEST} hari.` })
  return { from: start, to: end }
}
