import { judgedIn } from '#app/evidence/queue.ts'
import type { Stage } from '#app/households/stages.ts'
import { invalid, notFound } from '#app/problems.ts'
import { listWaiting, type Filter, type Place } from '#app/reviews/queue.ts'
import { isWithin } from '#app/users/scope.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A row as an act needs to see it. revision: of the visit as whoever asked has seen it; visitRevision: as it is.
export type Candidate = {
  id: string, number: number, headName: string, regionCode: string, stage: Stage, officerId: string | null, inactive: 0 | 1,
  visitId: string | null, revision: number | null, visitRevision: number | null, visitStatus: string | null, submitCount: number | null, outcome: number | null, flagCount: number, judged: 0 | 1
}
type Reader = Pick<Tx, 'db' | 'actor'>

const COLUMNS = `h.id, h.number, h.head_name AS headName, h.region_code AS regionCode, h.stage, h.officer_id AS officerId,
  EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS inactive,
  h.visit_id AS visitId, v.revision, v.revision AS visitRevision, v.status AS visitStatus, v.submit_count AS submitCount, h.outcome, h.flag_count AS flagCount, ${judgedIn('v')} AS judged`
const FROM = 'households h LEFT JOIN visits v ON v.id = h.visit_id'

const byIds = statement<[string], Candidate>(`SELECT ${COLUMNS} FROM json_each(?) j JOIN ${FROM.replace('households h', 'households h ON h.id = j.value')} ORDER BY h.number`)

// In the order they came in; those out of scope are missing.
export const candidatesAt = ({ db, actor }: Reader, ids: string[]): Candidate[] =>
  byIds(db).all(JSON.stringify(ids)).filter(({ regionCode }) => isWithin(regionCode, actor))

const CHUNK = 500
const MOST_CHOSEN = 2000
export function* chunksOf<T>(all: T[], size = CHUNK): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}

// The chosen ones, all of them in scope (and in the village) or none: a wrong id is not passed over in silence.
export function* chosenHouseholds(reader: Reader, chosen: string[], villages: string[]): Generator<Candidate[]> {
  const ids = [...new Set(chosen)]
  if (ids.length === 0) throw invalid({ household: 'Pilih paling sedikit satu baris.' })
  if (ids.length > MOST_CHOSEN) throw invalid({ household: `Paling banyak ${MOST_CHOSEN} baris sekaligus.` })
  for (const chunk of chunksOf(ids)) {
    const found = candidatesAt(reader, chunk)
    if (found.length < chunk.length || found.some(({ regionCode }) => !villages.includes(regionCode))) throw notFound('Sebagian rumah tangga yang dipilih')
    yield found
  }
}

const inVillage = statement<[{ village: string, stages: string, after: number, holder: string | null, free: number, limit: number }], Candidate>(`SELECT ${COLUMNS} FROM ${FROM}
  WHERE h.region_code = @village AND h.stage IN (SELECT value FROM json_each(@stages)) AND h.number > @after AND (@holder IS NULL OR h.officer_id = @holder)
    AND (@free = 0 OR h.officer_id IS NULL) ORDER BY h.number LIMIT @limit`)

type Where = { villages: string[], stages: Stage[], holder?: string, free?: boolean, most?: number }

// All of some villages at these stages. The caller has asked for the villages in its scope. most: the first so many.
export function* inVillages({ db }: Reader, { villages, stages, holder, free, most = Infinity }: Where): Generator<Candidate[]> {
  let left = most
  for (const village of villages) {
    for (let after = 0; left > 0;) {
      const limit = Math.min(CHUNK, left)
      const rows = inVillage(db).all({ village, stages: JSON.stringify(stages), after, holder: holder ?? null, free: Number(free ?? false), limit })
      if (rows.length > 0) yield rows
      left -= rows.length
      if (rows.length < limit) break
      after = rows.at(-1)!.number
    }
  }
}

// "visit:revision", as the queue's boxes say it. The revision that was seen counts: what came since is another visit.
export function* chosenVisits(reader: Reader, chosen: string[]): Generator<Candidate[]> {
  if (chosen.length === 0) throw invalid({ visit: 'Pilih paling sedikit satu data.' })
  const seen = new Map(chosen.map((text) => [text.split(':')[0] ?? '', Number(text.split(':')[1])]))
  if (seen.size > MOST_CHOSEN) throw invalid({ visit: `Paling banyak ${MOST_CHOSEN} data sekaligus.` })
  for (const chunk of chunksOf([...seen.keys()])) {
    const found = candidatesAt(reader, householdsOf(reader.db).pluck().all(JSON.stringify(chunk)) as string[])
    if (found.length < chunk.length) throw notFound('Sebagian kunjungan yang dipilih')
    yield found.map((row) => ({ ...row, revision: seen.get(row.visitId ?? '') ?? null }))
  }
}

const householdsOf = statement<[string], string>(`SELECT v.household_id FROM json_each(?) j JOIN visits v ON v.id = j.value AND v.status <> 'draft'`)

// The whole queue of this reader, as far as the filter goes.
export function* waitingCases(reader: Reader, filter: Filter): Generator<Candidate[]> {
  for (let after: Place | undefined; ;) {
    const { cases, next } = listWaiting(reader.db, reader.actor, filter, after)
    if (cases.length > 0) yield candidatesAt(reader, cases.map(({ householdId }) => householdId))
    if (!next) return
    after = next
  }
}
