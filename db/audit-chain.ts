import { createHash } from 'node:crypto'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type AuditLine = {
  at: string, actorId: string, action: string, subject: string, details: Record<string, unknown>
}
type StoredLine = Omit<AuditLine, 'details'> & { seq: number, details: string, previousHash: string, hash: string }

export const GENESIS = '0'.repeat(64)

// hash = SHA-256 of the previous line's hash and this line's columns as a JSON array, in this order.
export const hashLine = (line: Omit<StoredLine, 'hash'>) => createHash('sha256')
  .update(JSON.stringify([line.previousHash, line.seq, line.at, line.actorId, line.action, line.subject, line.details]))
  .digest('hex')

const lastLine = statement<[], { seq: number, hash: string }>(
  'SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1')
const insertLine = statement<[number, string, string, string, string, string, string, string], unknown>(
  'INSERT INTO audit_entries (seq, at, actor_id, action, subject, details, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')

export function appendAudit(db: Db, { at, actorId, action, subject, details }: AuditLine) {
  const last = lastLine(db).get()
  const line = {
    seq: (last?.seq ?? 0) + 1, at, actorId, action, subject,
    details: JSON.stringify(details), previousHash: last?.hash ?? GENESIS,
  }
  insertLine(db).run(line.seq, at, actorId, action, subject, line.details, line.previousHash, hashLine(line))
}

export type Link = { seq: number, hash: string }
export type Broken = { seq: number, reason: string }

const linesAfter = statement<[number, number], StoredLine>(`SELECT seq, at, actor_id AS actorId, action, subject, details,
  previous_hash AS previousHash, hash FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?`)

// Checks the lines that follow `from`, at most `limit` of them; reads row by row, in constant memory.
export function checkChain(db: Db, from: Link, limit: number): Link & { checked: number, broken?: Broken } {
  let { seq, hash } = from
  for (const row of linesAfter(db).iterate(from.seq, limit)) {
    seq += 1
    const reason = faultOf(row, seq, hash)
    if (reason) return { seq, hash, checked: seq - from.seq, broken: { seq, reason } }
    hash = row.hash
  }
  return { seq, hash, checked: seq - from.seq }
}

function faultOf(row: StoredLine, seq: number, previousHash: string): string | undefined {
  if (row.seq !== seq) return 'baris hilang'
  if (row.previousHash !== previousHash) return 'tidak menyambung ke baris sebelumnya'
  if (hashLine(row) !== row.hash) return 'isi berubah setelah ditulis'
}

export const START: Link = { seq: 0, hash: GENESIS }

// The first line at which the chain breaks, or undefined when it is whole.
export const findBrokenLine = (db: Db): Broken | undefined => checkChain(db, START, -1).broken
