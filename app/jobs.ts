import { resumeImports } from '#app/assignments/import-work.ts'
import { resumePackages } from '#app/exchange/package-work.ts'
import { resumeRuns } from '#app/exchange/run-work.ts'
import { sweepSessions } from '#app/sessions/sessions.ts'
import { sweepFailures } from '#app/sessions/sign-in.ts'
import { resumeGathering } from '#app/ratification/gathering.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

// What runs by itself and how often.
export function startJobs(db: Db, dataDirectory: string) {
  resumeImports(db, dataDirectory)
  resumeRuns({ db, dataDirectory })
  resumePackages({ db, dataDirectory })
  const sweep = setInterval(() => {
    void sweepSessions(db)
    sweepFailures(db)
  }, 60 * 60 * 1000)
  void resumeGathering(db, system).catch(console.error)
  return () => clearInterval(sweep)
}
