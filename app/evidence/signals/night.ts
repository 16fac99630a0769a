import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { clockTime, hourAt } from '#app/evidence/words.ts'

type Times = { startedMs: number, locatedMs: number | null, takenFromMs: number | null, zone: number }
const isNight = (hour: number) => hour >= THRESHOLDS.night.from || hour < THRESHOLDS.night.to

// By the local clock, and by what was done at the house: a form may be opened at home the evening before.
export function judgeHours({ startedMs, locatedMs, takenFromMs, zone }: Times): Signal[] {
  const there = [locatedMs, takenFromMs].filter((ms): ms is number => ms !== null)
  const times = there.length > 0 ? there : [startedMs]
  const late = times.find((ms) => isNight(hourAt(ms, zone)))
  const { from, to } = THRESHOLDS.night
  return late === undefined
    ? [fine('night', `Di tempat pada pukul ${clockTime(times[0]!, zone)}.`, { hour: hourAt(times[0]!, zone) })]
    : [look('night', `Di tempat pada pukul ${clockTime(late, zone)}, antara pukul ${from}.00 dan 0${to}.00.`, { hour: hourAt(late, zone) })]
}
