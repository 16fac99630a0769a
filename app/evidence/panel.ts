import { judgeVisit } from '#app/evidence/judging.ts'
import { photoName } from '#app/evidence/signals/photo-times.ts'
import { isJudged } from '#app/evidence/queue.ts'
import { isSignalCode, SIGNALS, type Signal } from '#app/evidence/signal.ts'
import { reusedPhotos } from '#app/prints/prints.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { answersTo } from '#app/quality/flag-answers.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import { storedFlags } from '#app/visits/flags.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Answer = { text: string, at: string }
// answers: what the officer said to this flag.
export type ShownSignal = Omit<Signal, 'code'> & { code: string, title: string, answers: Answer[] }
export type PastFlag = { title: string, message: string, clearedAt: string, why: 'sent_again' | 'judged_again' }
export type Evidence = { looks: ShownSignal[], fine: ShownSignal[], unknown: ShownSignal[], past: PastFlag[], judged: boolean, pairs: PhotoPair[] }
// Two photos to be held against each other, under the signal that speaks of them. words: which they are.
export type PhotoPair = { code: 'reused_photo' | 'similar_photo' | 'same_photo', visitId: string, kind: string, words: string, otherVisitId: string, otherKind: string, otherWords: string }

const past = statement<[string], Omit<PastFlag, 'title'> & { code: string }>(`SELECT code, message, cleared_at AS clearedAt, why FROM past_flags
  WHERE visit_id = ? ORDER BY cleared_at DESC, code LIMIT 50`)

const titleOf = (code: string) => isSignalCode(code) ? SIGNALS[code].title : 'Tanda'

// Photos that show the same, as far as the reader may see the other household.
function pairsOf(db: Db, actor: Actor, { id, householdId, regionCode }: Read): PhotoPair[] {
  return reusedPhotos(db, id).filter(({ otherRegionCode }) => isWithin(otherRegionCode, actor)).slice(0, MOST_PAIRS).map(({ kind, exact, otherVisitId, otherKind, otherHouseholdId, otherHeadName, otherSentAt }) => ({
    code: otherVisitId === id ? 'same_photo' : exact ? 'reused_photo' : 'similar_photo', visitId: id, kind, words: `Kunjungan ini: ${photoName(kind)}`, otherVisitId, otherKind,
    otherWords: `${otherVisitId === id ? 'Kunjungan ini' : `${otherHouseholdId === householdId ? 'Rumah ini' : otherHeadName}, ${inWords(dayOf(otherSentAt, zoneOf(regionCode)))}`}: ${photoName(otherKind)}`,
  }))
}
const MOST_PAIRS = 12

// What is said of a visit now, beside the flags it waits with: those stay until it is judged again, so that a page and the
// queue it was opened from agree. The caller has read the visit in its scope.
type Read = Pick<Visit, 'id' | 'status' | 'householdId' | 'regionCode'>
export function readEvidence({ db, actor }: { db: Db, actor: Actor }, visit: Read): Evidence {
  const { id, status } = visit
  const flags = storedFlags(db, id)
  const now = status === 'returned' ? [] : judgeVisit(db, id)
  const answers = answersTo(db, id)
  const shown = (signal: Omit<Signal, 'code'> & { code: string }): ShownSignal =>
    ({ ...signal, title: titleOf(signal.code), answers: answers.filter(({ code }) => code === signal.code) })
  const standing = flags.filter(({ code }) => !now.some((signal) => signal.code === code && signal.level === 'look'))
    .map(({ code, message, weight }) => shown({ code, level: 'look', sentence: message, weight }))
  const others = now.filter(({ code }) => !standing.some((flag) => flag.code === code))
  const at = (level: Signal['level']) => others.filter((signal) => signal.level === level).map(shown)
  return {
    looks: [...standing, ...at('look')].sort((one, other) => other.weight - one.weight), fine: at('fine'), unknown: at('unknown'),
    past: past(db).all(id).map(({ code, ...rest }) => ({ ...rest, title: titleOf(code) })), judged: isJudged(db, id), pairs: pairsOf(db, actor, visit),
  }
}

// The flags of a household's visit with their sentences, for whoever may check it.
export type Flagged = { title: string, message: string, weight: number }
export const flagsFor = (db: Db, visitId: string): Flagged[] => storedFlags(db, visitId).map(({ code, message, weight }) => ({ title: titleOf(code), message, weight }))
