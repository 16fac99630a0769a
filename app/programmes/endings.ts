import type { ChangeKind, ProgrammeCode } from '#app/programmes/programme.ts'
import { papersFor } from '#app/programmes/papers.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordsOn, type Word } from '#app/programmes/settings.ts'
import type { Db } from '#db/connection.ts'

export type Ending = { kind: string, label: string, reasons: Word[] }

// The changes by which those who receive go out or are held back, and which ask neither a paper nor an answer of each: what
// can be proposed of many at once.
export const endingsOf = (db: Db, code: ProgrammeCode, day: string): Ending[] => Object.entries(programmeOf(code).changes)
  .filter(([kind, change]) => leadsOut(code, change) && papersFor(code, kind).every(({ required }) => !required) && (change.fields ?? []).every(({ required }) => !required))
  .map(([kind, { label, reasons }]) => ({ kind, label, reasons: reasons ? wordsOn(db, code, reasons, day) : [] }))

function leadsOut(code: ProgrammeCode, { from, to }: ChangeKind): boolean {
  const { states } = programmeOf(code)
  const phase = states[to]?.phase
  return from !== 'nobody' && (phase === 'ended' || phase === 'paused') && from.some((state) => states[state]?.phase === 'receiving' || states[state]?.phase === 'paused')
}

// The kind of change by which a family or person of the registry comes in and takes nobody's place.
export const entryKind = (code: ProgrammeCode): string => Object.entries(programmeOf(code).changes).find(([, { from, replaces }]) => from === 'nobody' && !replaces)![0]
