import { dayOf } from '#app/questionnaire/age.ts'

export type Schedule = { days: number, weeks: number, months: number }

const DAY_MS = 86_400_000

const monthOf = (at: string) => dayOf(at).slice(0, 7)
// Weeks begin on Monday; one is named by that day.
function weekOf(at: string) {
  const day = new Date(`${dayOf(at)}T00:00:00Z`)
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10)
}

// Which backups stay: the last of each of the newest days, weeks and months that have one. Days without a backup use up nothing,
// so a server that was off for a month keeps what it had. The newest of all always stays. What a clock that had run ahead dated after
// now stays too, and takes the place of none, until its day has come.
export function toKeep(moments: string[], { days, weeks, months }: Schedule, now?: string): Set<string> {
  const ahead = moments.filter((at) => now !== undefined && at > now)
  const newestFirst = moments.filter((at) => !ahead.includes(at)).sort().reverse()
  const lastOf = (nameOf: (at: string) => string, count: number) => {
    const last = new Map<string, string>()
    for (const at of newestFirst) if (!last.has(nameOf(at))) last.set(nameOf(at), at)
    return [...last.values()].slice(0, count)
  }
  return new Set([...ahead, ...newestFirst.slice(0, 1), ...lastOf(dayOf, days), ...lastOf(weekOf, weeks), ...lastOf(monthOf, months)])
}
