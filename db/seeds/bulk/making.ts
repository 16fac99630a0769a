import { readFileSync } from 'node:fs'
import { newTally, add, type Tally } from '#app/dashboards/tally.ts'
import type { Link } from '#db/audit-chain.ts'
import type { Batch } from '#db/seeds/bulk/calendar.ts'
import { chain, linesByWeek, type Chained, type Weeks } from '#db/seeds/bulk/lines.ts'
import type { Village } from '#db/seeds/bulk/places.ts'
import { writeStory } from '#db/seeds/bulk/rows.ts'
import { newWritten, type Judged, type Leaf, type TableName, type Value } from '#db/seeds/bulk/tables.ts'
import { tellStory } from '#db/seeds/bulk/story.ts'

// What can be made beside the one that writes: some households of one desa, or the chain of one week.
export type Some = { kind: 'households', village: Village, parts: number, from: number, to: number }
export type Week = { kind: 'week', file: string, last: Link }
export type Job = Some | Week
export type Making = Judged & { seed: number, today: string }

export type Chunk = { rows: Record<TableName, Value[]>, weeks: Weeks, tally: Tally, leaves: Leaf[], gaps: string[], batches: Batch[] }

export function makeSome({ village, parts, from, to }: Some, { seed, today, now, photos }: Making): Chunk {
  const written = newWritten()
  const batches = new Map<string, Batch>()
  for (let serial = from; serial < to; serial += 1) {
    const story = tellStory({ seed, today, village, parts }, serial)
    for (const act of story.acts) if (act.kind === 'gathered') batches.set(act.batch.id, act.batch)
    writeStory(written, story, { now, photos })
  }
  const tally = newTally()
  add(tally, 1, written.parts, 1)
  const { rows, lines, leaves, gaps } = written
  return { rows, weeks: linesByWeek(lines), tally, leaves, gaps, batches: [...batches.values()] }
}

export const chainWeek = ({ file, last }: Week): Chained => chain(readFileSync(file, 'utf8'), last)
