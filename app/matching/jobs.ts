import { resumeAnswers } from '#app/matching/import-work.ts'
import { workOnRetries } from '#app/matching/retrying.ts'
import { resumeRuns } from '#app/matching/run-work.ts'
import type { Db } from '#db/connection.ts'

const EVERY_MS = 60_000

// What a restart broke off goes on, and whoever's time has come is asked again.
export function startMatching(db: Db, directory: string) {
  resumeRuns(db)
  resumeAnswers(db, directory)
  const timer = setInterval(() => workOnRetries(db), EVERY_MS)
  return () => clearInterval(timer)
}
