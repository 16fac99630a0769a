import { GENESIS, hashLine, type Link } from '#db/audit-chain.ts'
import type { Line, Value } from '#db/seeds/bulk/tables.ts'

// Lines as text, one each, that sorts by time and, within a moment, as it was told. They are put aside by the week.
const WEEK_MS = 7 * 86_400_000
export type Weeks = Map<number, string>

export function linesByWeek(lines: readonly Line[]): Weeks {
  const weeks: Weeks = new Map()
  for (const line of lines) {
    const week = Math.floor(Date.parse(line.at) / WEEK_MS)
    weeks.set(week, `${weeks.get(week) ?? ''}${asText(line)}\n`)
  }
  return weeks
}

const NOBODY = '-'
const asText = ({ at, order, actor, action, subject, details, move }: Line) =>
  [at, String(order).padStart(10, '0'), actor, action, subject, details ? JSON.stringify(details) : '', ...move ? [move.from ?? NOBODY, move.to, move.note, move.subject ?? ''] : []].join('\t')

// Rows of audit_entries (8 columns each) and of transitions (7), with where the chain has come.
export type Chained = { lines: Value[], moves: Value[], last: Link }

export function chain(text: string, from: Link): Chained {
  const [lines, moves]: [Value[], Value[]] = [[], []]
  let { seq, hash } = from
  const texts = text.split('\n')
  texts.pop()
  for (const one of texts.sort()) {
    const [at, , actor, action, subject, details, was, to, note, about] = one.split('\t') as [string, string, string, string, string, string, string | undefined, string, string, string]
    const before = was === NOBODY ? null : was
    if (before !== undefined) moves.push(subject, before, to, at, actor, note, about || null)
    if (action === '') continue
    const written = details || JSON.stringify({ from: before, note, ...(about ? { subject: about } : {}) })
    const previousHash = hash
    hash = hashLine({ seq: seq += 1, at, actorId: actor, action, subject, details: written, previousHash })
    lines.push(seq, at, actor, action, subject, written, previousHash, hash)
  }
  return { lines, moves, last: { seq, hash } }
}

export const BEGINNING: Link = { seq: 0, hash: GENESIS }
