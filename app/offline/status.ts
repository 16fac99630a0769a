import type { JournalTone, LineMemory, OutboxRow, UserDb } from '#app/offline/database.ts'
import { isHalt, tellHalt, waitsForPerson, type Halt } from '#app/offline/halts.ts'
import { countOutbox, hasCome, nextDue, readOutbox, tellCounts, type Counts } from '#app/offline/outbox.ts'
import { FRESH_PACE } from '#app/offline/pace.ts'

// What the pages say about sending, while it runs and between times.

export type SyncStatus = {
  running: boolean, sent: number, total: number, counts: Counts, halt: Halt | null, finishedAt: string | null
  tone: JournalTone, sentence: string, next: string | null
}

export const readMemory = async (db: UserDb): Promise<LineMemory> => await db.get('line', 'memory') as LineMemory | undefined ?? FRESH_MEMORY

export const FRESH_MEMORY: LineMemory = { key: 'memory', ...FRESH_PACE, failures: 0, nextAt: null, halt: null, finishedAt: null }

export const readStatus = async (db: UserDb): Promise<SyncStatus> => statusOf(...await Promise.all([readMemory(db), readOutbox(db)]))

export function statusOf({ halt: word, finishedAt }: Pick<LineMemory, 'halt' | 'finishedAt'>, rows: OutboxRow[]): SyncStatus {
  const [halt, counts] = [isHalt(word) ? word : null, countOutbox(rows)]
  return { running: false, sent: 0, total: 0, counts, halt, finishedAt, ...tell(halt, counts) }
}

// A line that is away matters only while something waits for it.
function tell(halt: Halt | null, counts: Counts): Pick<SyncStatus, 'tone' | 'sentence' | 'next'> {
  const waiting = counts.queued + counts.photos > 0
  const told = halt !== null && (waiting || waitsForPerson(halt)) ? tellHalt(halt) : undefined
  const tone = told?.tone ?? (counts.troubled + counts.held > 0 ? 'warn' : waiting ? 'info' : 'good')
  const next = told?.next ?? (counts.troubled + counts.held > 0 ? 'Buka catatan pengiriman untuk melihat apa yang perlu dilakukan.' : null)
  return { tone, sentence: [tellCounts(counts), told?.sentence].filter((part) => part !== undefined).join(' '), next }
}

// When to try again by itself: for timers and Background Sync. Null: nothing waits, or a person must act first.
export async function nextAttemptAt(db: UserDb, now: Date): Promise<string | null> {
  const [{ halt, nextAt }, rows] = await Promise.all([readMemory(db), readOutbox(db)])
  const due = nextDue(rows, now)
  if (due === null || (isHalt(halt) && waitsForPerson(halt))) return null
  return nextAt !== null && !hasCome(nextAt, now) && nextAt > due ? nextAt : due
}

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 30 * 60_000

export function afterRound(memory: LineMemory, halt: Halt | null, now: Date): LineMemory {
  const failed = halt !== null && !waitsForPerson(halt)
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(memory.failures, 10))
  return {
    ...memory, halt, finishedAt: halt === null ? now.toISOString() : memory.finishedAt,
    failures: failed ? memory.failures + 1 : 0, nextAt: failed ? new Date(now.getTime() + wait).toISOString() : null,
  }
}
