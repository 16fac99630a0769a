import type { Stage } from '#app/households/stages.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'

// What a household, or something that happened, counts for. Pure. officer: counted for that person, too.
export type Part = { regionCode: string, kind: Kind, key: string, day: string, officer?: string | null }
// In the order of the alphabet.
export const KINDS = ['finished', 'lack', 'move', 'outcome', 'remark', 'since', 'stage', 'whole'] as const
export type Kind = typeof KINDS[number]

// A household as it stands. lacks: blocks of a finished visit with something unanswered; in place of all of them, that its answers
// cannot be read.
export const UNREAD = 'unread'
export type Standing = {
  regionCode: string, stage: Stage, since: string, officerId: string | null, outcome: number | null, visitedOn: string | null, lacks: string[]
}

export function partsOf({ regionCode, stage, since, officerId, outcome, visitedOn, lacks }: Standing): Part[] {
  const part = (kind: Kind, key: string, day = ''): Part => ({ regionCode, kind, key, day })
  const visited = visitedOn === null || outcome === null ? [] : [part('outcome', String(outcome), visitedOn)]
  const finished = visitedOn === null || outcome !== 1 ? [] : [
    part('finished', '', visitedOn), ...lacks.map((block) => part('lack', block, visitedOn)), ...(lacks.length === 0 ? [part('whole', '', visitedOn)] : []),
  ]
  return [{ ...part('stage', stage), officer: officerId }, part('since', stage, since), ...visited, ...finished]
}

// What came of a visit: sent for the first time, sent again, and each decision on it.
export const MOVES = ['submitted', 'resubmitted', 'checked', 'verified', 'rechecked', 'returned'] as const
export type MoveKind = typeof MOVES[number]
export type Move = { fromStage: Stage | null, toStage: Stage, subject: string | null, at: string }

const DECIDED: Partial<Record<Stage, MoveKind>> = { checked: 'checked', verified: 'verified', recheck: 'rechecked', returned: 'returned' }

// -1: an approval that was taken back. Most moves of a household say nothing here.
export function countOf({ fromStage, toStage, subject }: Pick<Move, 'fromStage' | 'toStage' | 'subject'>): { move: MoveKind, by: 1 | -1 } | undefined {
  const [kind] = (subject ?? '').split(':')
  if (kind === 'visit' && toStage === 'submitted') return { move: fromStage === 'returned' ? 'resubmitted' : 'submitted', by: 1 }
  const decided = kind === 'review' ? DECIDED[toStage] : undefined
  if (decided) return { move: decided, by: 1 }
  if (kind !== 'undo') return undefined
  if (fromStage === 'checked' && (toStage === 'submitted' || toStage === 'recheck')) return { move: 'checked', by: -1 }
  return fromStage === 'verified' && toStage === 'checked' ? { move: 'verified', by: -1 } : undefined
}

// The question a remark was made at, whoever of the household it was about: "members.2.nik" is "members.nik".
const questionOf = (path: string) => path.replace(/\.\d+\./, '.')

export const partsOfMove = (move: MoveKind, { regionCode, officerId }: { regionCode: string, officerId: string }, at: string, paths: string[]): Part[] => {
  const day = dayOf(at, zoneOf(regionCode))
  return [{ regionCode, kind: 'move', key: move, day, officer: officerId }, ...paths.map((path): Part => ({ regionCode, kind: 'remark', key: questionOf(path), day }))]
}
