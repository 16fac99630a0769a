import { spawn } from 'node:child_process'
import { isRunning, readLast, noteLast } from '#app/backup/last.ts'
import type { Config } from '#app/config.ts'
import { Told } from '#app/operation/failures.ts'
import { dayOf } from '#app/questionnaire/age.ts'

const LOOK_MS = 60_000
const AGAIN_MS = 2 * 3_600_000

// Due once the hour of the day has come and nothing ended well since; after a failure, two hours later again.
export function isDue(at: string, last: { fineAt: string | null, failedAt: string | null } | undefined, now: Date): boolean {
  const today = Date.parse(`${dayOf(now.toISOString())}T${at}:00+07:00`)
  const hour = today <= now.getTime() ? today : today - 86_400_000
  const fine = Date.parse(last?.fineAt ?? '') || 0
  const failed = Date.parse(last?.failedAt ?? '') || 0
  return fine < hour && now.getTime() - failed > AGAIN_MS
}

// In a process of its own, so that reading and encrypting all photos takes nothing from those who are served. It tells how it went
// by a file (last.ts). lower: it yields to everybody else.
export function runBackup(dataDirectory: string) {
  const child = spawn('nice', ['-n', '10', process.execPath, '.build/backup.js'], { stdio: ['ignore', 'ignore', 'inherit'] })
  child.on('error', (failure) => noteLast(dataDirectory, { failure }))
  child.on('exit', (code, signal) => {
    if (signal) noteLast(dataDirectory, { failure: new Told(`Pencadangan dihentikan (${signal}).`) })
    else if (code) console.error(`Backup ended with code ${code}`)
  })
  child.unref()
  return child
}

type Child = ReturnType<typeof runBackup>
// One that a signal ended (the system takes the largest when memory is short) has no exit code.
const isAtIt = (child: Child | undefined): child is Child => child?.exitCode === null && child.signalCode === null

// Looks every minute. A backup made by hand or by a timer counts as well. Returns what stops it.
export function startNightlyBackup(dataDirectory: string, { to, at }: Pick<Config['backup'], 'to' | 'at'>, { run = runBackup, lookMs = LOOK_MS, againMs = AGAIN_MS } = {}): () => void {
  if (!to) return () => undefined
  let [child, begun]: [Child | undefined, number] = [undefined, Number.NEGATIVE_INFINITY]
  const look = () => {
    // Also where the disk is so full that not even the failure could be noted.
    if (isAtIt(child) || performance.now() - begun < againMs || isRunning(dataDirectory)) return
    if (!isDue(at, readLast(dataDirectory), new Date())) return
    child = run(dataDirectory)
    begun = performance.now()
  }
  const timer = setInterval(look, lookMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    if (isAtIt(child)) child.kill('SIGTERM')
  }
}
