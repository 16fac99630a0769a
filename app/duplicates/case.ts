import { and, eq, or } from 'drizzle-orm'
import { readSide, type SideMember } from '#app/duplicates/sides.ts'
import { CLOSED_STATUSES } from '#app/proposals/kinds.ts'
import { notFound } from '#app/problems.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { duplicatePairs, proposals, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Pair = typeof duplicatePairs.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Seen from either side; from elsewhere it is not found.
export function getPair({ db, actor }: Reader, id: string): Pair {
  demand(actor, 'duplicate.read')
  const pair = db.select().from(duplicatePairs)
    .where(and(eq(duplicatePairs.id, id), or(within(duplicatePairs.oneRegion, actor), within(duplicatePairs.otherRegion, actor)))).get()
  if (!pair) throw notFound('Pasangan data ganda')
  return pair
}

export const SIDES = ['one', 'other'] as const
export type SideName = typeof SIDES[number]

export const ownSides = ({ actor }: Pick<Tx, 'actor'>, { oneRegion, otherRegion }: Pair): SideName[] =>
  SIDES.filter((side) => isWithin(side === 'one' ? oneRegion : otherRegion, actor))

// What was proposed has come to nothing: the pair is to be decided again.
export function proposalOf(db: Db, { proposalId }: Pair) {
  const found = proposalId === null ? undefined
    : db.select({ id: proposals.id, status: proposals.status, proposedBy: proposals.proposedBy, regionCode: proposals.regionCode }).from(proposals).where(eq(proposals.id, proposalId)).get()
  return found && { ...found, isOver: CLOSED_STATUSES.includes(found.status) && found.status !== 'determined' }
}

export const isDecidable = (db: Db, pair: Pair) =>
  pair.status === 'open' || pair.status === 'returned' || (pair.status === 'merging' && (proposalOf(db, pair)?.isOver ?? true))

// Nothing may have moved since the page was made.
export const stampOf = ({ changedAt, status, votes }: Pair, versions: number[]) => [changedAt, status, votes, ...versions].join(' ')

export type PairCase = ReturnType<typeof readCase>

// Reading two households beside each other is reading people's data in full, so it leaves a line.
export function openPair(tx: Tx, id: string): PairCase {
  const found = readCase(tx, id)
  tx.audit('duplicate.opened', id, { households: [found.one, found.other].filter(({ mine }) => mine).map((side) => side.id) })
  return found
}

function readCase(reader: Reader, id: string) {
  const { db, actor } = reader
  const pair = getPair(reader, id)
  const [one, other] = SIDES.map((side) => readSide(db, actor, side === 'one' ? pair.oneHousehold : pair.otherHousehold, pair.findings, side)) as [ReturnType<typeof readSide>, ReturnType<typeof readSide>]
  const proposal = proposalOf(db, pair)
  const { findings: told, ...facts } = pair
  const findings = [...told].sort((first, second) => second.score - first.score)
  return {
    pair: facts, one, other, own: ownSides(reader, pair), seen: stampOf(pair, [one.version, other.version]),
    findings: findings.map((finding) => ({ ...finding, one: memberIn(one.members, finding.oneSeq), other: memberIn(other.members, finding.otherSeq) })),
    settledByName: pair.settledBy === null ? null : db.select({ name: users.name }).from(users).where(eq(users.id, pair.settledBy)).get()?.name ?? null,
    proposal: proposal && { id: proposal.id, status: proposal.status, isOver: proposal.isOver, readable: proposal.status !== 'draft' || proposal.proposedBy === actor.id },
    decidable: can(actor, 'duplicate.settle') && isDecidable(db, pair), proposes: can(actor, 'proposal.submit'),
  }
}

const memberIn = (members: SideMember[], seq: number | null) => seq === null ? undefined : members.find((member) => member.seq === seq)
