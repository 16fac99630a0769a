import { AWAY } from '#app/files/away-following.ts'
import { photoSettings, READING } from '#app/files/photo-store.ts'
import { countWaiting } from '#app/files/uploading.ts'
import { lastRun, type Run } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Counts = { files: number, bytes: number, freedFiles: number, freedBytes: number, missing: number, roundEndedAt: string | null }
const counted = statement<[], Counts>(`SELECT files, bytes, freed_files AS freedFiles, freed_bytes AS freedBytes, missing, round_ended_at AS roundEndedAt
  FROM photo_store WHERE id = 1`)

// to undefined: none is set up any more, though files lie in one.
export type PhotoStoreView = { to?: string, keepBytes?: number, keepDays?: number, counts: Counts, waiting: number, run?: Run, reading?: Run }

// undefined: this installation never had a store of photos.
export function photoStoreView(db: Db, dataDirectory: string): PhotoStoreView | undefined {
  const [settings, counts] = [photoSettings(dataDirectory), counted(db).get()!]
  if (!settings && counts.freedFiles === 0) return undefined
  return {
    to: settings?.to, keepBytes: settings?.keepBytes, keepDays: settings?.keepDays, counts, waiting: settings ? countWaiting(db) : 0,
    run: lastRun(db, AWAY), reading: lastRun(db, READING),
  }
}

const PATIENCE_MS = 3_600_000

// An hour without a good end, or nowhere to read from.
export const isStoreAway = ({ to, run }: PhotoStoreView, startedAt: Date, now: Date): boolean =>
  to === undefined || (run?.failure != null && now.getTime() - (Date.parse(run.fineAt ?? '') || startedAt.getTime()) > PATIENCE_MS)
