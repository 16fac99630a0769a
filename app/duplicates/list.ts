import { and, asc, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { hideName } from '#app/duplicates/sides.ts'
import { regionsIn } from '#app/households/households.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { codesTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { duplicatePairs, households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type PairStatus = typeof duplicatePairs.$inferSelect.status
export type PairKind = typeof duplicatePairs.$inferSelect.kind
export type PairFilter = { status: PairStatus, kind?: PairKind, region: string }
export type PairPlace = { score: number, number: number }

const PAGE = 50
const FIRST: PairPlace = { score: 101, number: 0 }

export type ListedPair = ReturnType<typeof listPairs>['pairs'][number]

// The surest first. A pair is seen from either of its places; what lies outside the reader's own is masked.
export function listPairs(db: Db, actor: Actor, filter: PairFilter, after: PairPlace = FIRST) {
  demand(actor, 'duplicate.read')
  const numbers = numbersOf(db, regionsIn(actor, filter.region), filter, after)
  const shown = numbers.slice(0, PAGE)
  const rows = shown.length === 0 ? [] : db.select({
    id: duplicatePairs.id, number: duplicatePairs.number, kind: duplicatePairs.kind, score: duplicatePairs.score, status: duplicatePairs.status, votes: duplicatePairs.votes,
    foundAt: duplicatePairs.foundAt, oneHousehold: duplicatePairs.oneHousehold, otherHousehold: duplicatePairs.otherHousehold,
    oneRegion: duplicatePairs.oneRegion, otherRegion: duplicatePairs.otherRegion, findings: duplicatePairs.findings,
  }).from(duplicatePairs).where(inArray(duplicatePairs.number, shown)).orderBy(desc(duplicatePairs.score), asc(duplicatePairs.number)).limit(PAGE).all()
  const heads = headsOf(db, rows.flatMap(({ oneHousehold, otherHousehold }) => [oneHousehold, otherHousehold]))
  const names = regionNames(db, rows.flatMap(({ oneRegion, otherRegion }) => [oneRegion, otherRegion].flatMap((code) => codesTo(code))))
  const side = (household: string, region: string, seq: number | null | undefined) => {
    const mine = isWithin(region, actor)
    const shown = (name: string) => mine ? name : hideName(name)
    const person = typeof seq === 'number' ? memberName(db).pluck().get(household, seq) as string | undefined : undefined
    return { headName: shown(heads.get(household)!), person: person === undefined ? undefined : shown(person), place: placeWords(names, region), mine }
  }
  return {
    pairs: rows.map(({ oneHousehold, otherHousehold, oneRegion, otherRegion, findings, ...row }) => {
      const [best] = [...findings].sort((one, other) => other.score - one.score)
      return {
        ...row, one: side(oneHousehold, oneRegion, best?.oneSeq), other: side(otherHousehold, otherRegion, best?.otherSeq),
        people: findings.filter(({ oneSeq }) => oneSeq !== null).length, reasons: best?.reasons ?? [],
      }
    }),
    next: numbers.length > PAGE ? { score: rows.at(-1)!.score, number: rows.at(-1)!.number } : undefined,
  }
}

const memberName = statement<[string, number], string>('SELECT name FROM members WHERE household_id = ? AND seq = ?')

export const placeWords = (names: Map<string, string>, region: string) =>
  [region, regencyOf(region)].map((code) => names.get(code) ?? code).join(', ')

// Either side by its own index; a reader of the whole country walks along the scores instead.
function numbersOf(db: Db, regions: string[], { status, kind }: PairFilter, after: PairPlace): number[] {
  const at = { score: duplicatePairs.score, number: duplicatePairs.number }
  const conditions = (place: SQL | undefined) => and(eq(duplicatePairs.status, status), place, kind ? eq(duplicatePairs.kind, kind) : undefined,
    or(sql`${duplicatePairs.score} < ${after.score}`, and(eq(duplicatePairs.score, after.score), sql`${duplicatePairs.number} > ${after.number}`)))
  const side = (place: SQL | undefined) => db.select(at).from(duplicatePairs).where(conditions(place))
  if (regions.includes('')) return side(undefined).orderBy(desc(duplicatePairs.score), asc(duplicatePairs.number)).limit(PAGE + 1).all().map(({ number }) => number)
  return side(within(duplicatePairs.oneRegion, { regions })).union(side(within(duplicatePairs.otherRegion, { regions })))
    .orderBy(sql`score DESC`, sql`number ASC`).limit(PAGE + 1).all().map(({ number }) => number)
}

const headsOf = (db: Db, ids: string[]) => new Map(ids.length === 0 ? [] : db.select({ id: households.id, headName: households.headName }).from(households)
  .where(inArray(households.id, ids)).limit(ids.length).all().map(({ id, headName }): [string, string] => [id, headName]))

const MOST_COUNTED = 1000

// How many wait for a decision; beyond a thousand it is said to be more.
export function countOpenPairs(db: Db, actor: Actor): number {
  const places = or(within(duplicatePairs.oneRegion, actor), within(duplicatePairs.otherRegion, actor))
  const rows = db.select({ one: sql`1`.as('one') }).from(duplicatePairs).where(and(eq(duplicatePairs.status, 'open'), places)).limit(MOST_COUNTED).as('rows')
  return db.select({ n: sql<number>`count(*)` }).from(rows).get()!.n
}
