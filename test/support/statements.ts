import Database from 'better-sqlite3'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'

// Loaded before everything else in every process and thread of the suite: notes each distinct SQL text that is prepared, and by
// which lines of ours, for plans.test.ts to judge. Places are kept as they are run; only the few that matter are translated back.
const DEPTH = 8
const folder = process.env.SIKS_STATEMENTS
const known = new Set<string>()

export type Prepared = { sql: string, frames: string[] }

function note(sql: string) {
  const frames = ourFrames()
  const line = JSON.stringify({ sql, frames } satisfies Prepared)
  if (known.has(line)) return
  known.add(line)
  appendFileSync(join(folder!, `${process.pid}-${threadId}.jsonl`), `${line}\n`)
}

function ourFrames(): string[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = 30
  Error.prepareStackTrace = (_, sites) => sites.map((site) => `${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}`)
  const frames = (new Error().stack as unknown as string[]).slice(1)
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  return frames.filter((frame) => !/^(node:|null:|undefined:)|node_modules|support\/statements/.test(frame)).slice(0, DEPTH)
}

if (folder) {
  mkdirSync(folder, { recursive: true })
  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    note(sql)
    return prepare.call(this, sql)
  } as typeof prepare
}
