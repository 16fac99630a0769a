import { resumeImports } from '#app/assignments/import-work.ts'
import { dropAnchors } from '#app/audit/anchors.ts'
import { resumeBulk, sweepRuns } from '#app/bulk/run-work.ts'
import { startEvidence } from '#app/evidence/following.ts'
import { resumeExports, sweepExports } from '#app/exports/export-work.ts'
import { startFollowing as startDashboards } from '#app/dashboards/following.ts'
import { resumeSnapshots } from '#app/dtsen/snapshot-work.ts'
import { resumeRuns as resumeCrosschecks } from '#app/crosschecks/run-work.ts'
import { startChecks } from '#app/duplicates/checks.ts'
import { workOnRuns } from '#app/eligibility/run-work.ts'
import { resumePackages } from '#app/exchange/package-work.ts'
import { resumeRuns } from '#app/exchange/run-work.ts'
import { resumeIntakes } from '#app/intake/intake-work.ts'
import { startMatching } from '#app/matching/jobs.ts'
import { resumeLists } from '#app/payments/list-work.ts'
import { resumeBatches } from '#app/programmes/applying-work.ts'
import { turnPeriods } from '#app/periods/work.ts'
import { startQuality } from '#app/quality/following.ts'
import { startPrints } from '#app/prints/printer.ts'
import { sweepUses } from '#app/public/brake.ts'
import { escalateReports } from '#app/reports/escalation.ts'
import { forgetReporters } from '#app/reports/forgetting.ts'
import { startRescue } from '#app/rescue/building.ts'
import { resumeRounds, sweepRounds } from '#app/rounds/round-work.ts'
import { sweepSessions } from '#app/sessions/sessions.ts'
import { sweepFailures } from '#app/sessions/sign-in.ts'
import { resumeGathering } from '#app/ratification/gathering.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// What runs by itself and how often.
export function startJobs(db: Db, dataDirectory: string) {
  resumeImports(db, dataDirectory)
  resumeSnapshots(db, dataDirectory)
  resumeIntakes(db, dataDirectory)
  resumeLists(db)
  resumeRuns({ db, dataDirectory })
  resumePackages({ db, dataDirectory })
  resumeExports({ db, dataDirectory })
  resumeBulk(db)
  workOnRuns(db)
  resumeRounds(db)
  resumeBatches(db)
  resumeCrosschecks(db)
  const stopMatching = startMatching(db, dataDirectory)
  turnPeriods(db)
  transact(db, system, dropAnchors)
  void escalateReports(db).catch(console.error)
  const stopRescue = startRescue(db)
  const stopChecks = startChecks(db)
  const stopEvidence = startEvidence(db)
  const stopDashboards = startDashboards(db)
  const stopQuality = startQuality(db)
  const stopPrints = startPrints(db, dataDirectory)
  const sweep = setInterval(() => {
    void sweepSessions(db)
    sweepFailures(db)
    sweepUses(db)
    void escalateReports(db).catch(console.error)
    void forgetReporters(db).catch(console.error)
    turnPeriods(db)
    transact(db, system, dropAnchors)
    resumeCrosschecks(db)
    sweepExports({ db, dataDirectory })
    transact(db, system, sweepRuns)
    transact(db, system, sweepRounds)
  }, 60 * 60 * 1000)
  void resumeGathering(db, system).catch(console.error)
  return () => {
    clearInterval(sweep)
    stopMatching()
    stopRescue()
    stopChecks()
    stopPrints()
    stopEvidence()
    stopDashboards()
    stopQuality()
  }
}
