import { invalid } from '#app/problems.ts'

const WIB_MS = 7 * 3_600_000
// What a form begins with.
export const hourOf = (at: Date) => new Date(at.getTime() + WIB_MS).toISOString().slice(11, 16)

// A day and an hour as an Indonesian office writes them (WIB), as one moment.
export function momentOf(day: string | undefined, time: string | undefined, field: string): string {
  const at = Date.parse(`${day}T${time || '00:00'}:00+07:00`)
  if (!day || Number.isNaN(at)) throw invalid({ [field]: 'Isi tanggal dan jamnya.' })
  return new Date(at).toISOString()
}
