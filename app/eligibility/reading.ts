import type { Person } from '#app/eligibility/judging.ts'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The families of active households with those who live there, as bare rows: a kabupaten has a million of them.
export type Home = { number: number, id: string, families: Map<number, Person[]>, desil: (familySeq: number) => number | null }

type HomeRow = [number: number, id: string, desil: number | null, familyCount: number | null]
type PersonRow = [number: number, familySeq: number, seq: number, birthDate: string | null, pregnant: number | null, disability: number | null,
  schooling: number | null, education: number | null, employment: number | null, relation: number | null]
type Window = { region: string, after: number, limit: number }

const WITHDRAWN = "SELECT number FROM households INDEXED BY households_by_stage WHERE stage = 'withdrawn' AND region_code = @region"
// Indexes alone answer this: the rows themselves hold the long records.
const WINDOW = `SELECT number, id FROM households INDEXED BY households_by_place WHERE region_code = @region AND number > @after
  AND number NOT IN (${WITHDRAWN}) AND ${ALIVE('households.id')} ORDER BY number LIMIT @limit`
const ONE = `SELECT number, id FROM households WHERE id = @id AND stage <> 'withdrawn' AND ${ALIVE('households.id')}`
const homesIn = (from: string) => `SELECT h.number, h.id, d.desil, d.family_count FROM (${from}) h LEFT JOIN household_desil d ON d.household_id = h.id`
const peopleIn = (from: string) => `SELECT h.number, m.family_seq, m.seq, m.birth_date, m.pregnant, m.disability, m.schooling, m.education, m.employment, m.relation
  FROM (${from}) h CROSS JOIN members m ON m.household_id = h.id WHERE ${PRESENT('m')} AND m.family_seq IS NOT NULL`

const windowHomes = statement<[Window], HomeRow>(homesIn(WINDOW))
const windowPeople = statement<[Window], PersonRow>(peopleIn(WINDOW))
const oneHome = statement<[{ id: string }], HomeRow>(homesIn(ONE))
const onePeople = statement<[{ id: string }], PersonRow>(peopleIn(ONE))
const familyDesil = statement<[string], { seq: number, desil: number | null }>('SELECT seq, desil FROM family_desil WHERE household_id = ? LIMIT 99')

// A stretch of a desa in the order of numbers, in which the members lie as well; `next` is undefined when the desa is through.
export function readHomes(db: Db, region: string, after: number, limit: number): { homes: Home[], next?: number } {
  const window = { region, after, limit }
  const homes = join(db, windowHomes(db).raw().all(window) as HomeRow[], windowPeople(db).raw().all(window) as PersonRow[])
  const last = homes.at(-1)
  return { homes, ...(last && homes.length === limit && { next: last.number }) }
}

// undefined: not there, or no longer active. The caller has found it in his scope.
export const readHome = (db: Db, id: string): Home | undefined => join(db, oneHome(db).raw().all({ id }) as HomeRow[], onePeople(db).raw().all({ id }) as PersonRow[])[0]

function join(db: Db, rows: HomeRow[], people: PersonRow[]): Home[] {
  const families = new Map<number, Map<number, Person[]>>()
  for (const [number, familySeq, seq, birthDate, pregnant, disability, schooling, education, employment, relation] of people) {
    let own = families.get(number)
    if (!own) families.set(number, own = new Map<number, Person[]>())
    const person = { seq, birthDate, present: true, pregnant: pregnant === 1, disability, schooling, education, employment, relation }
    const family = own.get(familySeq)
    if (family) family.push(person)
    else own.set(familySeq, [person])
  }
  return rows.map(([number, id, desil, familyCount]) => {
    const own = families.get(number) ?? new Map<number, Person[]>()
    return { number, id, families: own, desil: familyCount === 1 && own.size <= 1 ? () => desil : desilsOf(db, id, familyCount) }
  })
}

// Where several families share a kitchen each has its own desil.
function desilsOf(db: Db, householdId: string, familyCount: number | null): Home['desil'] {
  if (familyCount === null) return () => null
  const found = new Map(familyDesil(db).all(householdId).map(({ seq, desil }) => [seq, desil]))
  return (familySeq) => found.get(familySeq) ?? null
}
