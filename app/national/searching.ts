import { compareNames, plainName } from '#app/duplicates/names.ts'
import { act, type Country } from '#app/national/acting.ts'
import { PAGE } from '#app/national/batches.ts'
import { demandRegency, inRanges, rangesOf, regenciesOf } from '#app/national/places.ts'
import { lexemesOf } from '#app/national/storing.ts'
import { notFound } from '#app/problems.ts'
import { hideNumbers } from '#app/households/masking.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { emptyRecord, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { GateFailure } from '#app/ratification/gates.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import { demand } from '#app/users/permissions.ts'
import { rowsOf } from '#db/postgres/connection.ts'

type Asking = Pick<Country, 'nation' | 'db'>
export type Found = { regencyCode: string, householdId: string, seq: number, name: string, nik: string | null, birthDate: string | null, headName: string, villageCode: string, address: string, decision: string }

const PERSON = `p.regency_code AS "regencyCode", p.household_id AS "householdId", p.seq, p.name, p.nik, p.birth_date AS "birthDate",
  r.head_name AS "headName", r.village_code AS "villageCode", r.address, r.decision`
const HOME = 'JOIN nation.records r ON r.regency_code = p.regency_code AND r.household_id = p.household_id AND r.is_newest'

// A NIK or No KK by its exact number; otherwise a name, first as it is written, then as it sounds. region: a province or kabupaten.
export async function searchPeople({ nation: { pool } }: Asking, actor: Actor, { q, region = '' }: { q: string, region?: string }): Promise<Found[]> {
  demand(actor, 'national.read')
  const digits = q.replace(/[\s.]/g, '')
  const ranges = rangesOf(actor, region)
  if (/^\d{16}$/.test(digits)) {
    const values: unknown[] = [digits]
    return rowsOf<Found>(pool, `SELECT DISTINCT ON (p.regency_code, p.household_id, p.seq) ${PERSON} FROM nation.numbers n
      JOIN nation.people p ON p.regency_code = n.regency_code AND p.household_id = n.household_id AND p.seq = n.seq ${HOME}
      WHERE n.number = $1 AND ${inRanges('n.regency_code', ranges, values)} ORDER BY p.regency_code, p.household_id, p.seq LIMIT ${PAGE + 1}`, values)
  }
  const words = lexemesOf(q)
  if (words.length === 0) return []
  const quote = (text: string) => `'${text.replaceAll("'", '')}'`
  const exact = words.map(({ word }, i) => `${quote(word)}${i === words.length - 1 && word.length > 2 ? ':*' : ''}`).join(' & ')
  const loose = words.map(({ bones }) => quote(bones)).join(' & ')
  const ask = (query: string, most: number) => {
    const values: unknown[] = [query]
    return rowsOf<Found>(pool, `SELECT ${PERSON} FROM (SELECT * FROM nation.people WHERE words @@ $1::tsquery AND ${inRanges('regency_code', ranges, values)} LIMIT ${most}) p ${HOME}`, values)
  }
  const written = await ask(exact, PAGE + 1)
  const sounding = written.length > PAGE ? [] : byLikeness(q, await ask(loose, 400))
  const known = new Set(written.map(keyOf))
  return [...byLikeness(q, written, 0), ...sounding.filter((one) => !known.has(keyOf(one)))].slice(0, PAGE + 1)
}

const keyOf = ({ regencyCode, householdId, seq }: Found) => `${regencyCode} ${householdId} ${seq}`
const ALIKE = 0.75

function byLikeness(q: string, found: Found[], least = ALIKE): Found[] {
  const wanted = plainName(q)
  return found.map((one) => ({ one, likeness: compareNames(wanted, plainName(one.name))?.likeness ?? 0 })).filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness || (keyOf(a.one) < keyOf(b.one) ? -1 : 1)).map(({ one }) => one)
}

export type Sent = { root: string, title: string, arrivedAt: string, villageCode: string, prelistId: string, headName: string, outcome: number | null, recordHash: string, faults: GateFailure[], isNewest: boolean, decision: string, reason: string, decidedAt: string | null }
export type HouseholdReading = { regency: ReturnType<typeof demandRegency>, householdId: string, answers: { section: string, label: string, after: string }[], sent: Sent[], twins: { nik: string, seq: number, regencyCode: string, householdId: string }[] }

// What the newest batch says of a household, what the earlier ones said, and where else in the country its people are named.
// Reading it leaves its line in the trail.
export async function readHousehold(country: Asking, actor: Actor, regencyCode: string, householdId: string): Promise<HouseholdReading> {
  demand(actor, 'national.read')
  const regency = demandRegency(country.db, actor, regencyCode)
  return act(country, actor, async ({ client, audit }) => {
    const rows = await rowsOf<Sent & { record: HouseholdRecord }>(client, `SELECT r.root, b.title, b.arrived_at AS "arrivedAt", r.village_code AS "villageCode", r.prelist_id AS "prelistId", r.head_name AS "headName",
        r.outcome, r.record_hash AS "recordHash", r.faults, r.is_newest AS "isNewest", r.decision, r.reason, r.decided_at AS "decidedAt", CASE WHEN r.is_newest THEN r.record END AS record
      FROM nation.records r JOIN nation.batches b ON b.root = r.root WHERE r.regency_code = $1 AND r.household_id = $2 ORDER BY b.arrived_at DESC LIMIT 50`, [regencyCode, householdId])
    const newest = rows.find(({ isNewest }) => isNewest)
    if (!newest) throw notFound('Rumah tangga')
    const twins = await rowsOf<HouseholdReading['twins'][number]>(client, `SELECT p.nik, p.seq, n.regency_code AS "regencyCode", n.household_id AS "householdId" FROM nation.people p
      JOIN nation.numbers n ON n.number = p.nik AND n.kind = 'n' AND NOT (n.regency_code = p.regency_code AND n.household_id = p.household_id)
      WHERE p.regency_code = $1 AND p.household_id = $2 AND p.is_present ORDER BY p.seq, n.regency_code LIMIT 50`, [regencyCode, householdId])
    audit('national.opened', `household:${householdId}`, { regionCode: regencyCode })
    return { regency, householdId, answers: diffRecords(emptyRecord(), hideNumbers(newest.record)), sent: rows.map((one) => ({ ...one, record: undefined })), twins }
  })
}

// Of another province's people a province learns that they are there, not who they are.
const UNTOLD = { name: '', headName: '', address: '', birthDate: null }

export type Double = { nik: string, regencies: string[], foundAt: string, people: Found[] }

// NIK that two kabupaten or more name, each with whom they mean.
export async function listDoubles({ nation: { pool }, db }: Asking, actor: Actor, { region = '', after = '' }: { region?: string, after?: string } = {}): Promise<Double[]> {
  demand(actor, 'national.read')
  const codes = regenciesOf(db, actor, region).map(({ code }) => code)
  const doubles = await rowsOf<Omit<Double, 'people'>>(pool, `SELECT nik, regencies, found_at AS "foundAt" FROM nation.doubles WHERE regencies && $1 AND nik > $2 ORDER BY nik LIMIT ${PAGE + 1}`, [codes, after])
  const people = await rowsOf<Found>(pool, `SELECT ${PERSON} FROM nation.numbers n JOIN nation.people p ON p.regency_code = n.regency_code AND p.household_id = n.household_id AND p.seq = n.seq ${HOME}
    WHERE n.kind = 'n' AND n.number = ANY($1) ORDER BY n.number, p.regency_code, p.household_id LIMIT 1000`, [doubles.map(({ nik }) => nik)])
  return doubles.map((one) => ({ ...one, people: people.filter(({ nik }) => nik === one.nik).map((person) => isWithin(person.regencyCode, actor) ? person : { ...person, ...UNTOLD }) }))
}
