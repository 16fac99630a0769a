import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Losses } from '#app/backup/losses.ts'
import { describe, inWords, Told } from '#app/operation/failures.ts'

// How the last backup went. A file and no row, since a backup runs in a process of its own, by whichever clock.
// batches: of the nation, where they belong to the backup.
export type Made = {
  at: string, where: string, encrypted: boolean, sameDisk: boolean, households: number, files: number, elsewhere?: number, batches?: number, newFiles: number, sentBytes: number
  checked: number, kept: number, tookMs: number
  // What it found of the server itself; not noted by programs before this one.
  losses?: Losses, broken?: number
  // PostgreSQL was away: what was collected for the nation is not in it.
  withoutNation?: true
}
export type LastBackup = { ranAt: string, fineAt: string | null, failedAt: string | null, failure: string | null, made: Made | null }

const NAME = 'backup-last.json'

export function readLast(dataDirectory: string, now = Date.now()): LastBackup | undefined {
  try {
    const last = JSON.parse(readFileSync(join(dataDirectory, NAME), 'utf8')) as LastBackup
    // Noted by a clock that was wrong, it would put off the next backup, and every warning, until that day comes.
    const believed = (at: string | null) => at !== null && Date.parse(at) > now ? null : at
    return { ...last, fineAt: believed(last.fineAt), failedAt: believed(last.failedAt) }
  } catch {
    return undefined
  }
}

export function noteLast(dataDirectory: string, outcome: { made: Made } | { failure: unknown }, now = new Date()) {
  const before = readLast(dataDirectory)
  const at = now.toISOString()
  const last: LastBackup = 'made' in outcome ? { ranAt: at, fineAt: at, failedAt: before?.failedAt ?? null, failure: null, made: outcome.made }
    : { ranAt: at, fineAt: before?.fineAt ?? null, failedAt: at, failure: inWords(describe(outcome.failure)), made: before?.made ?? null }
  // A note that cannot be written (a full disk) must not stop whoever writes it.
  try {
    writeFileSync(join(dataDirectory, `${NAME}.part`), JSON.stringify(last))
    renameSync(join(dataDirectory, `${NAME}.part`), join(dataDirectory, NAME))
  } catch (error) {
    console.error(error)
  }
}

const LOCK = 'backup.lock'

// Numbers of processes begin anew with each start of the machine: after a power cut another may bear that of the lock.
const boot = () => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

// One at a time for each data directory. A lock whose process is gone counts for nothing. Returns what gives it back; undefined:
// another is at it.
export function takeLock(dataDirectory: string): (() => void) | undefined {
  const path = join(dataDirectory, LOCK)
  if (isRunning(dataDirectory)) return undefined
  try {
    rmSync(path, { force: true })
    writeFileSync(path, `${process.pid} ${boot()}`, { flag: 'wx' })
    return () => rmSync(path, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw new Told(`Folder data ${dataDirectory} tidak dapat ditulis (${(error as NodeJS.ErrnoException).code}). Periksa sisa ruang disk (df -h) dan pemilik folder itu, lalu cadangkan lagi.`, { cause: error })
  }
}

export function isRunning(dataDirectory: string): boolean {
  try {
    const [pid, since] = readFileSync(join(dataDirectory, LOCK), 'utf8').split(' ')
    if (since !== boot()) return false
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
