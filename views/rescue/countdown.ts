const HOUR = 3_600_000

// To the end of the last day in time, as western Indonesia counts it.
export function hoursLeft(cutoffOn: string, now: string): number {
  return (Date.parse(`${cutoffOn}T00:00:00+07:00`) + 24 * HOUR - Date.parse(now)) / HOUR
}

export function countdown(cutoffOn: string, now: string): string {
  const hours = hoursLeft(cutoffOn, now)
  if (hours <= 0) return 'Batas waktu sudah lewat'
  if (hours < 1) return 'Tinggal kurang dari 1 jam'
  const [days, rest] = [Math.floor(hours / 24), Math.floor(hours % 24)]
  return `Tinggal ${[days > 0 && `${days} hari`, rest > 0 && `${rest} jam`].filter(Boolean).join(' ')}`
}
