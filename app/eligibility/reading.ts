import type { Holding, Person } from '#app/eligibility/judging.ts'
import { ALIVE, HELD_BACK, KEPT_FROM_PROGRAMMES, PRESENT } from '#app/households/living.ts'
import { pregnantSince } from '#app/pkh/pregnancy.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The families of active households with those who live there, as bare rows: a kabupaten has a million of them. held: why it is held back
// from what is new.
export type Home = { number: number, id: string, held?: Holding, families: Map<number, Person[]>, desil: (familySeq: number) => number | null }

type HomeRow = [number: number, id: string, desil: number | null, familyCount: number | null, held: 0 | 1, restricted: 0 | 1]
type PersonRow = [at: number, familySeq: number, seq: number, birthDate: string | null, pregnant: number | null, disability: number | null,
  schooling: number | null, education: number | null, employment: number | null, relation: number | null]
type Window = { region: string, after: number, limit: number }

const WITHDRAWN = "SELECT number FROM households INDEXED BY households_by_stage WHERE stage = 'withdrawn' AND region_code = @region"
// Indexes alone answer this: the rows themselves hold the long records.
const WINDOW = `SELECT number, id FROM households INDEXED BY households_by_place WHERE region_code = @region AND number > @after
  AND number NOT IN (${WITHDRAWN}) AND ${ALIVE('households.id')} ORDER BY number LIMIT @limit`
const ONE = `SELECT number, id FROM households WHERE id = @id AND stage <> 'withdrawn' AND ${ALIVE('households.id')}`
const homesIn = (from: string) => `SELECT h.number, h.id, d.desil, d.family_count, ${HELD_BACK('h.id')}, ${KEPT_FROM_PROGRAMMES('h.id')} FROM (${from}) h LEFT JOIN household_desil d ON d.household_id = h.id`
const LIVING = `m.household_id = j.value AND ${PRESENT('m')} AND m.family_seq IS NOT NULL`

const windowHomes = statement<[Window], HomeRow>(homesIn(WINDOW))
const oneHome = statement<[{ id: string }], HomeRow>(homesIn(ONE))
const people = statement<[string], PersonRow>(`SELECT j.key, m.family_seq, m.seq, m.birth_date, m.pregnant, m.disability, m.schooling, m.education, m.employment, m.relation
  FROM json_each(?) j CROSS JOIN members m ON ${LIVING}`)
const familiesOf = statement<[string], number>(`SELECT count(*) FROM (SELECT DISTINCT j.key, m.family_seq FROM json_each(?) j CROSS JOIN members m ON ${LIVING})`)
const familyDesil = statement<[string], { seq: number, desil: number | null }>('SELECT seq, desil FROM family_desil WHERE household_id = ? LIMIT 99')

// Which households are to be read with their people: by id and the lowest desil of their families.
export type Wanted = (id: string, desil: number | null) => boolean

// A stretch of a desa in the order of numbers, in which the members lie as well. others: how many families live in the
// households nobody asks more of. `next` is undefined when the desa is through.
export function readHomes(db: Db, region: string, { after, limit }: { after: number, limit: number }, isWanted: Wanted): { homes: Home[], seen: number, others: number, next?: number } {
  const rows = windowHomes(db).raw().all({ region, after, limit }) as HomeRow[]
  const wanted = rows.filter(([, id, desil]) => isWanted(id, desil))
  const rest = wanted.length === rows.length ? [] : rows.filter(([, id, desil]) => !isWanted(id, desil))
  const others = rest.length === 0 ? 0 : familiesOf(db).pluck().get(idsOf(rest)) as unknown as number
  const last = rows.at(-1)
  return { homes: withPeople(db, wanted), seen: rows.length, others, ...(last && rows.length === limit && { next: last[0] }) }
}

// undefined: not there, or no longer active. The caller has found it in his scope.
export const readHome = (db: Db, id: string): Home | undefined => withPeople(db, oneHome(db).raw().all({ id }) as HomeRow[])[0]

const idsOf = (rows: HomeRow[]) => JSON.stringify(rows.map(([, id]) => id))

function withPeople(db: Db, rows: HomeRow[]): Home[] {
  const families = rows.map(() => new Map<number, Person[]>())
  if (rows.length === 0) return []
  for (const [at, familySeq, seq, birthDate, pregnant, disability, schooling, education, employment, relation] of people(db).raw().all(idsOf(rows)) as PersonRow[]) {
    const person = { seq, birthDate, present: true, pregnant: pregnant === 1, pregnantSince: pregnant === 1 ? pregnantSince(db, rows[at]![1], seq) : null, disability, schooling, education, employment, relation }
    const family = families[at]!.get(familySeq)
    if (family) family.push(person)
    else families[at]!.set(familySeq, [person])
  }
  return rows.map(([number, id, desil, familyCount, held, restricted], at) => {
    const own = families[at]!
    return { number, id, held: held === 1 ? 'held' : restricted === 1 ? 'restricted' : undefined, families: own, desil: familyCount === 1 && own.size <= 1 ? () => desil : desilsOf(db, id, familyCount) }
  })
}

// Where several families share a kitchen each has its own desil.
function desilsOf(db: Db, householdId: string, familyCount: number | null): Home['desil'] {
  if (familyCount === null) return () => null
  const found = new Map(familyDesil(db).all(householdId).map(({ seq, desil }) => [seq, desil]))
  return (familySeq) => found.get(familySeq) ?? null
}
