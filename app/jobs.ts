import { resumeImports } from '#app/assignments/import-work.ts'
import { dropAnchors } from '#app/audit/anchors.ts'
import { resumeDrawings } from '#app/backchecks/drawing.ts'
import { resumeBulk, sweepRuns } from '#app/bulk/run-work.ts'
import { startEvidence } from '#app/evidence/following.ts'
import { resumeExports, sweepExports } from '#app/exports/export-work.ts'
import { startFollowing as startDashboards } from '#app/dashboards/following.ts'
import { followLost } from '#app/devices/finding-lost.ts'
import { resumeSnapshots } from '#app/dtsen/snapshot-work.ts'
import { resumeRuns as resumeCrosschecks } from '#app/crosschecks/run-work.ts'
import { startChecks } from '#app/duplicates/checks.ts'
import { workOnRuns } from '#app/eligibility/run-work.ts'
import { startGathering } from '#app/households/words-gathering.ts'
import { giveUpIdle, resumePackages } from '#app/exchange/package-work.ts'
import { resumeRuns, retakeRuns } from '#app/exchange/run-work.ts'
import { finishDue } from '#app/local/finishing.ts'
import { resumeIntakes } from '#app/intake/intake-work.ts'
import { startMatching } from '#app/matching/jobs.ts'
import { resumeLists } from '#app/payments/list-work.ts'
import { resumeBatches } from '#app/programmes/applying-work.ts'
import { turnPeriods } from '#app/periods/work.ts'
import { prepareDue } from '#app/proposals/exclusions-due.ts'
import { startQuality } from '#app/quality/following.ts'
import { resumeBreaches } from '#app/protection/breach-work.ts'
import { endDue } from '#app/protection/restrictions.ts'
import { nightly } from '#app/protection/retention.ts'
import { startPrints } from '#app/prints/printer.ts'
import { followClock, unlessDoubted } from '#app/operation/clock.ts'
import type { JobName } from '#app/operation/followers.ts'
import { runJob } from '#app/operation/works.ts'
import { sweepUses } from '#app/public/brake.ts'
import { escalateReports } from '#app/reports/escalation.ts'
import { forgetReporters } from '#app/reports/forgetting.ts'
import { startRescue } from '#app/rescue/building.ts'
import { resumeRounds, sweepRounds } from '#app/rounds/round-work.ts'
import { sweepSessions } from '#app/sessions/sessions.ts'
import { sweepFailures } from '#app/sessions/brake.ts'
import { resumeSteps } from '#app/ratification/step-work.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// What is done at the start and every hour.
export const hourly = (db: Db, dataDirectory: string): [JobName, () => unknown][] => [
  ['sessions', () => Promise.all([sweepSessions(db), sweepFailures(db), sweepUses(db)])],
  ['reports', () => unlessDoubted(db, () => escalateReports(db))],
  ['forgetting', () => unlessDoubted(db, () => forgetReporters(db))],
  ['restrictions', () => unlessDoubted(db, () => endDue(db))],
  ['periods', () => turnPeriods(db)],
  ['anchors', () => unlessDoubted(db, () => transact(db, system, dropAnchors))],
  ['crosschecks', () => resumeCrosschecks(db)],
  ['exports', () => sweepExports({ db, dataDirectory })],
  ['retention', () => unlessDoubted(db, () => nightly({ db, dataDirectory }))],
  ['photos', () => followLost({ db, dataDirectory })],
  ['resuming', () => resumeAll(db, dataDirectory)],
  ['undoing', () => unlessDoubted(db, () => transact(db, system, (tx) => { sweepRuns(tx); sweepRounds(tx) }))],
]

// What a stop or a failure has cut off, and nobody can ask for again; asked for while it is under way, it is found finished.
export function resumeAll(db: Db, dataDirectory: string) {
  resumeImports(db, dataDirectory)
  resumeSnapshots(db, dataDirectory)
  resumeIntakes(db, dataDirectory)
  resumeLists(db)
  resumeDrawings(db)
  resumeBatches(db)
  resumeExports({ db, dataDirectory })
  resumeBulk(db)
  resumeRounds(db)
  workOnRuns(db)
  retakeRuns({ db, dataDirectory })
  giveUpIdle({ db })
  prepareDue(db)
  finishDue(db)
}

const HOUR_MS = 60 * 60 * 1000

// What runs by itself and how often.
export function startJobs(db: Db, dataDirectory: string) {
  followClock(db)
  resumeRuns({ db, dataDirectory })
  resumePackages({ db, dataDirectory })
  resumeExports({ db, dataDirectory })
  resumeBulk(db)
  workOnRuns(db)
  resumeRounds(db)
  resumeSteps({ db, dataDirectory })
  resumeBreaches(db)
  const stopMatching = startMatching(db, dataDirectory)
  const runHourly = () => {
    followClock(db)
    for (const [name, work] of hourly(db, dataDirectory)) void runJob(db, name, work)
  }
  runHourly()
  const stopRescue = startRescue(db)
  const stopChecks = startChecks(db)
  const stopEvidence = startEvidence(db)
  const stopDashboards = startDashboards(db)
  const stopQuality = startQuality(db)
  const stopPrints = startPrints(db, dataDirectory)
  const stopGathering = startGathering(db)
  const sweep = setInterval(runHourly, HOUR_MS)
  return () => {
    clearInterval(sweep)
    stopMatching()
    stopRescue()
    stopChecks()
    stopPrints()
    stopEvidence()
    stopDashboards()
    stopQuality()
    stopGathering()
  }
}
