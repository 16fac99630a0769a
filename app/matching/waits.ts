const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// A register that fails is asked again soon, then ever later; a NIK that is not online yet takes days to come.
const WAITS = {
  gangguan: [5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY],
  belum_online: [DAY, 3 * DAY, 7 * DAY, 14 * DAY],
}

export type RetryCause = keyof typeof WAITS

// When to ask again after so many tries in vain.
export function nextTry(cause: RetryCause, tries: number, now: string): string {
  const waits = WAITS[cause]
  return new Date(Date.parse(now) + waits[Math.min(tries, waits.length) - 1]!).toISOString()
}
