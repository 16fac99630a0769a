import type pg from 'pg'
import { plainName, bonesOf, wordsOf } from '#app/duplicates/names.ts'
import { isNumber } from '#app/national/judging.ts'
import type { SentProposal, SentRecord } from '#app/national/package.ts'
import type { GateFailure } from '#app/ratification/gates.ts'
import { isPresent } from '#app/questionnaire/record.ts'
import { copyRows, type Cells } from '#db/postgres/copying.ts'
import { rowsOf, type Nation, type PgClient } from '#db/postgres/connection.ts'

const RECORDS = ['regency_code', 'household_id', 'root', 'position', 'visit_id', 'village_code', 'prelist_id', 'head_name', 'address', 'outcome', 'members', 'record', 'record_hash', 'faults']
const PEOPLE = ['regency_code', 'household_id', 'seq', 'nik', 'kk', 'name', 'birth_date', 'sex', 'is_present', 'words']
const PROPOSALS = ['regency_code', 'proposal_id', 'root', 'position', 'plan', 'plan_hash']

export type Judged = SentRecord & { faults: GateFailure[] }
export type Where = { regencyCode: string, root: string, today: string }

// A kabupaten's own partitions are made the first time it sends, in a moment of their own: making one shuts the whole table.
export const ensurePartitions = ({ pool }: Nation, regencyCode: string) => partitionsFor(pool, regencyCode)

export async function partitionsFor(client: PgClient, regencyCode: string) {
  const suffix = regencyCode.replace('.', '')
  if (!/^\d{4}$/.test(suffix)) throw new Error('Not a kabupaten')
  for (const table of ['records', 'proposals']) {
    const [known] = await rowsOf(client, 'SELECT 1 FROM pg_class WHERE oid = to_regclass($1)', [`nation.${table}_${suffix}`])
    if (!known) await client.query(`CREATE TABLE IF NOT EXISTS nation.${table}_${suffix} PARTITION OF nation.${table} FOR VALUES IN ('${regencyCode}')`)
  }
}

// Some records at once, as the newest of their households. Answers with how many people they name and how many have faults, and
// adds to touched every NIK that came or went.
export async function storeRecords(client: pg.PoolClient, where: Where, records: Judged[], touched: Set<string>) {
  const { regencyCode, root } = where
  await replace(client, regencyCode, records.map(({ householdId }) => householdId), touched)
  await copyRows(client, 'nation.records', RECORDS, records.map(({ householdId, position, visitId, villageCode, prelistId, record, hash, faults }) => [
    regencyCode, householdId, root, position, visitId, villageCode, prelistId, text(record.household.headName), text(record.household.address),
    whole(record.household.hasilVerivali), record.members.length, JSON.stringify(record), hash, JSON.stringify(faults),
  ]))
  const people = records.flatMap((sent) => peopleOf(regencyCode, sent))
  for (const { nik, isPresent: there } of people) if (there && isNumber(nik)) touched.add(nik)
  await copyRows(client, 'nation.people', PEOPLE, people.map(({ cells }) => cells))
  await client.query(`INSERT INTO nation.numbers (number, kind, regency_code, household_id, seq)
    SELECT nik, 'n'::"char", regency_code, household_id, seq FROM nation.people WHERE regency_code = $1 AND household_id = ANY($2) AND is_present AND nik IS NOT NULL
    UNION ALL SELECT kk, 'k'::"char", regency_code, household_id, seq FROM nation.people WHERE regency_code = $1 AND household_id = ANY($2) AND is_present AND kk IS NOT NULL`,
  [regencyCode, records.map(({ householdId }) => householdId)])
  return { members: people.length, faulty: records.filter(({ faults }) => faults.length > 0).length }
}

// What an earlier batch said of these households stays with that batch; they are looked up by what this one says.
async function replace(client: pg.PoolClient, regencyCode: string, households: string[], touched: Set<string>) {
  await client.query('UPDATE nation.records SET is_newest = false WHERE regency_code = $1 AND household_id = ANY($2) AND is_newest', [regencyCode, households])
  const gone = await rowsOf<{ nik: string | null, kk: string | null }>(client, 'DELETE FROM nation.people WHERE regency_code = $1 AND household_id = ANY($2) RETURNING nik, kk', [regencyCode, households])
  if (gone.length === 0) return
  const numbers = gone.flatMap(({ nik, kk }) => [nik, kk].filter((one) => one !== null))
  for (const { nik } of gone) if (nik) touched.add(nik)
  await client.query('DELETE FROM nation.numbers WHERE number = ANY($1) AND regency_code = $2 AND household_id = ANY($3)', [numbers, regencyCode, households])
}

function peopleOf(regencyCode: string, { householdId, record }: SentRecord) {
  const cards = new Map(record.families.map(({ familySeq, kkNumber }) => [familySeq, kkNumber]))
  return record.members.map((member, i) => {
    const { nik, name, birthDate, sex, familySeq } = member
    const kk = cards.get(familySeq)
    const there = isPresent(member)
    const cells: Cells = [regencyCode, householdId, i + 1, isNumber(nik) ? nik : null, isNumber(kk) ? kk : null, text(name), birthDate ? text(birthDate) : null, whole(sex), there, wordsFor(text(name))]
    return { nik, isPresent: there, cells }
  })
}

// Each word as it sounds, and its bones, by which a slip of the pen is still found.
export const lexemesOf = (name: string) => wordsOf(plainName(name)).map((word) => ({ word, bones: `=${bonesOf(word)}` }))
const wordsFor = (name: string) => [...new Set(lexemesOf(name).flatMap(({ word, bones }) => [word, bones]))].map((one) => `'${one}'`).join(' ')

const text = (value: unknown) => typeof value === 'string' ? value.slice(0, 500) : ''
const whole = (value: unknown) => Number.isInteger(value) ? value as number : null

export const storeProposals = (client: pg.PoolClient, { regencyCode, root }: Where, proposals: SentProposal[]) =>
  copyRows(client, 'nation.proposals', PROPOSALS, proposals.map(({ proposalId, position, plan, hash }) => [regencyCode, proposalId, root, position, JSON.stringify(plan), hash]))

// One at a time over the whole country, to the end of the transaction: two kabupaten that arrive at once must see each other.
const DOUBLES_LOCK = 514_028

export async function findDoubles(client: pg.PoolClient, touched: Set<string>, now: string) {
  const niks = [...touched].sort()
  await client.query('SELECT pg_advisory_xact_lock($1)', [DOUBLES_LOCK])
  await client.query(`INSERT INTO nation.doubles (nik, regencies, found_at)
    SELECT number, array_agg(DISTINCT regency_code ORDER BY regency_code), $2 FROM nation.numbers WHERE kind = 'n' AND number = ANY($1)
    GROUP BY number HAVING count(DISTINCT regency_code) > 1 ORDER BY number
    ON CONFLICT (nik) DO UPDATE SET regencies = excluded.regencies WHERE doubles.regencies <> excluded.regencies`, [niks, now])
  await client.query(`DELETE FROM nation.doubles d WHERE d.nik = ANY($1)
    AND (SELECT count(DISTINCT regency_code) FROM nation.numbers n WHERE n.number = d.nik AND n.kind = 'n') < 2`, [niks])
}

export const updateStanding = (client: pg.PoolClient, regencyCode: string, now: string) => client.query(`INSERT INTO nation.standing
    (regency_code, batches, households, members, waiting, accepted, returned, faulty, last_at)
  SELECT $1::text, (SELECT count(*) FROM nation.batches WHERE regency_code = $1), count(*), coalesce(sum(members), 0), count(*) FILTER (WHERE decision = 'pending'),
    count(*) FILTER (WHERE decision = 'accepted'), count(*) FILTER (WHERE decision = 'returned'), count(*) FILTER (WHERE faults <> '[]'), $2
  FROM nation.records WHERE regency_code = $1 AND is_newest
  ON CONFLICT (regency_code) DO UPDATE SET (batches, households, members, waiting, accepted, returned, faulty, last_at)
    = (excluded.batches, excluded.households, excluded.members, excluded.waiting, excluded.accepted, excluded.returned, excluded.faulty, excluded.last_at)`, [regencyCode, now])
