import { desc, lt } from 'drizzle-orm'
import { invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { checkChain, START, type Broken } from '#db/audit-chain.ts'
import type { Db } from '#db/connection.ts'
import { auditAnchors } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A chain proves that no single line was changed; whoever owns the machine can still write all of it anew. So each day's
// last hash is kept as an anchor that a second office copies: a trail written anew no longer meets the anchors kept there.
export type Anchor = { day: string, seq: number, hash: string }

const lastAnchor = statement<[], Anchor>('SELECT day, seq, hash FROM audit_anchors ORDER BY day DESC LIMIT 1')
const lineAt = statement<[number], { at: string, hash: string }>('SELECT at, hash FROM audit_entries WHERE seq = ?')
const lastSeq = statement<[], number>('SELECT coalesce(max(seq), 0) FROM audit_entries')
const insertAnchor = statement<[string, number, string, string], unknown>('INSERT INTO audit_anchors (day, seq, hash, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')

// An anchor for every day with lines that is over, found by halving: a trail of years is not read for it. Lines that a
// set-back clock dates back belong to the day they were written in, so an anchor never moves.
export function dropAnchors(tx: Tx) {
  const [today, end] = [dayOf(tx.now), lastSeq(tx.db).pluck().get() as number]
  const dayAt = (seq: number) => dayOf(lineAt(tx.db).get(seq)!.at)
  let { day, seq } = lastAnchor(tx.db).get() ?? { day: '', seq: 0 }
  let dropped = 0
  while (seq < end && dayAt(seq + 1) < today) {
    const next = dayAt(seq + 1)
    const isNew = next > day
    day = isNew ? next : day
    seq = lastWhere(seq + 1, end, (one) => dayAt(one) <= day)
    if (isNew) dropped += insertAnchor(tx.db).run(day, seq, lineAt(tx.db).get(seq)!.hash, tx.now).changes
  }
  if (dropped > 0) tx.audit('audit.anchored', day, { days: dropped })
}

// The last number from `low` (which holds) to `high` for which it holds, as far as numbers that hold come first.
function lastWhere(low: number, high: number, holds: (seq: number) => boolean): number {
  let [good, bad] = [low, high + 1]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (holds(middle)) good = middle
    else bad = middle
  }
  return good
}

const someLines = statement<[number, number], (string | number)[]>('SELECT seq, at, actor_id, action, subject, details, hash FROM audit_entries WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 500')

// The trail as the stand-alone verifier reads it, up to the moment it was asked for; a line of its own says who took it.
export function takeTrail(tx: Tx): Iterable<(string | number)[]> {
  demand(tx.actor, 'audit.export')
  const end = lastSeq(tx.db).pluck().get() as number
  tx.audit('audit.exported', 'audit', { lines: end })
  return linesUpTo(tx.db, end)
}

function* linesUpTo(db: Db, end: number) {
  for (let seq = 0; seq < end;) {
    const some = someLines(db).raw().all(seq, end) as unknown as (string | number)[][]
    if (some.length === 0) return
    yield* some
    seq = some.at(-1)![0] as number
  }
}

const PAGE = 100

// Newest first; the next page holds the days before the last row.
export function listAnchors(db: Db, actor: Actor, before?: string): { anchors: Anchor[], next?: string } {
  demand(actor, 'audit.read')
  const rows = db.select({ day: auditAnchors.day, seq: auditAnchors.seq, hash: auditAnchors.hash }).from(auditAnchors)
    .where(before ? lt(auditAnchors.day, before) : undefined).orderBy(desc(auditAnchors.day)).limit(PAGE + 1).all()
  const anchors = rows.slice(0, PAGE)
  return { anchors, next: rows.length > PAGE ? anchors.at(-1)!.day : undefined }
}

const someAnchors = statement<[string], Anchor>('SELECT day, seq, hash FROM audit_anchors WHERE day > ? ORDER BY day LIMIT 500')

// All of them for another office to keep, the oldest first: what it fetched before is the beginning of what it fetches now.
export function everyAnchor(db: Db, actor: Actor): Iterable<Anchor[]> {
  demand(actor, 'audit.read')
  return anchorsFrom(db)
}

function* anchorsFrom(db: Db) {
  for (let day = ''; ;) {
    const some = someAnchors(db).all(day)
    if (some.length === 0) return
    yield some
    day = some.at(-1)!.day
  }
}

// What `anchorLines` wrote and another office has kept; blank lines and notes after # are left out.
export function readAnchors(text: string): Anchor[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
  const anchors = lines.map((line) => /^(\d{4}-\d\d-\d\d)\s+(\d{1,15})\s+([0-9a-f]{64})$/.exec(line))
  const bad = anchors.indexOf(null)
  if (lines.length === 0) throw invalid({ anchors: 'Tempel catatan segel: satu baris per hari, berisi tanggal, nomor baris, dan hash.' })
  if (bad >= 0) throw invalid({ anchors: `Baris ${bad + 1} bukan segel: “${lines[bad]!.slice(0, 40)}”. Bentuknya: 2026-11-29 1234 diikuti 64 huruf/angka hash.` })
  return anchors.map((one) => ({ day: one![1]!, seq: Number(one![2]), hash: one![3]! })).sort((a, b) => a.seq - b.seq)
}

export const anchorLines = (anchors: Anchor[]) => anchors.map(({ day, seq, hash }) => `${day} ${seq} ${hash}\n`).join('')

export type Compared = { kept: number, lastGood?: Anchor, firstBad?: Anchor, broken?: Broken }

// Which of the kept anchors the trail still meets. Between the last that it meets and the first that it does not, lines
// were changed; a break of the chain itself is looked for there too. Anchors ascend by number.
export function compareAnchors(db: Db, actor: Actor, kept: Anchor[]): Compared {
  demand(actor, 'audit.read')
  const bad = kept.findIndex(({ seq, hash }) => lineAt(db).get(seq)?.hash !== hash)
  const [lastGood, firstBad] = [bad < 0 ? kept.at(-1) : kept[bad - 1], bad < 0 ? undefined : kept[bad]]
  const from = lastGood ?? START
  const { broken } = firstBad ? checkChain(db, from, firstBad.seq - from.seq) : {}
  return { kept: kept.length, lastGood, firstBad, broken }
}
