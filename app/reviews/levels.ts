import type { Stage } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'

// Two pairs of eyes: pengawas or koordinator kecamatan first, Dinsos second. Each has a queue of stages.
export type Level = 1 | 2

export const WAITING: Record<Level, readonly Stage[]> = { 1: ['submitted', 'recheck'], 2: ['checked'] }

export function levelOf(actor: Actor): Level {
  if (can(actor, 'visit.check')) return 1
  demand(actor, 'visit.verify')
  return 2
}

// To the checker; past Dinsos once and here again; to its officer, who sent it again. Nobody approves such a case unseen.
export const wasSentBack = ({ stage, status, submitCount }: { stage: Stage, status: string | null, submitCount: number | null }): boolean =>
  stage === 'recheck' || status === 'verified' || (submitCount ?? 1) > 1
