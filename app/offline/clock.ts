import { dayIn } from '#app/questionnaire/age.ts'

// What the phone says the time is, and a count of milliseconds nobody can set.
export type Clock = { now: () => Date, ms: () => number }
export const phoneClock: Clock = { now: () => new Date(), ms: () => performance.now() }

// A phone whose battery ran empty may think it is years ago; it is never earlier than the server said it was.
let notBefore = ''
export const knowTime = (at: string) => void (notBefore = at > notBefore ? at : notBefore)
export const timeOf = ({ now }: Clock): string => {
  const at = now().toISOString()
  return at > notBefore ? at : notBefore
}
export const todayIn = (regionCode: string, clock: Clock) => dayIn(regionCode, timeOf(clock))

const lastActs = new Map<string, number>()

// How long since the last act on this visit, by the count that cannot be set. Undefined when this worker has seen none:
// its count ended with it. Then the page's own count stands alone.
export function passedOn(visitId: string, { ms }: Clock): number | undefined {
  const last = lastActs.get(visitId)
  return last === undefined ? undefined : Math.max(0, Math.ceil(ms() - last))
}

export const actedOn = (visitId: string, { ms }: Clock) => void lastActs.set(visitId, ms())
