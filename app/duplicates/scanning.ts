import { createHash, randomUUID } from 'node:crypto'
import { householdOf, isSound, memberNumber, seqOf, type Person } from '#app/duplicates/keys.ts'
import { plainName } from '#app/duplicates/names.ts'
import { turned, type Finding, type FindingKind } from '#app/duplicates/pairs.ts'
import { findAlike, replacePeople, sharingCards, type Alike } from '#app/duplicates/searching.ts'
import { isDate } from '#app/questionnaire/age.ts'
import { presentMembers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Scanned = { id: string, number: number, regionCode: string, record: string, living: 0 | 1 }
const scanned = statement<[string], Scanned>(`SELECT id, number, region_code AS regionCode, record, stage <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = households.id) AS living FROM households WHERE id = ?`)

// Looks for everybody in this household among everybody elsewhere, and keeps what it finds. A household that is no longer
// active has nobody left to look for.
export function scanHousehold(db: Db, householdId: string, now: string) {
  const household = scanned(db).get(householdId)
  if (!household) return
  const people = household.living === 1 ? peopleOf(household) : []
  replacePeople(db, household.number, people)
  keepPairs(db, household, findingsOf(db, household, people), now)
}

const text = (value: Value | undefined) => typeof value === 'string' && value !== '' ? value : null

function peopleOf({ number, regionCode, record: stored }: Scanned): Person[] {
  const record = JSON.parse(stored) as HouseholdRecord
  const seqs = new Set<number>()
  return presentMembers(record).flatMap(({ memberSeq, familySeq, name, sex, birthDate, nik, motherMaidenName }, i): Person[] => {
    const seq = typeof memberSeq === 'number' && memberSeq > 0 && memberSeq < 1000 ? memberSeq : i + 1
    const plain = plainName(text(name) ?? '')
    if (plain === '' || seqs.has(seq)) return []
    seqs.add(seq)
    return [{
      member: memberNumber(number, seq), name: plain, sex: sex === 1 || sex === 2 ? sex : null, nik: text(nik), mother: plainName(text(motherMaidenName) ?? ''),
      birthDate: typeof birthDate === 'string' && isDate(birthDate) ? birthDate : null, regionCode,
      kkNumber: text(record.families.find((family) => family.familySeq === familySeq)?.kkNumber),
    }]
  })
}

// By the number of the other household; oneSeq is this household's.
function findingsOf(db: Db, { number }: Scanned, people: Person[]): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>()
  const tell = (other: number, finding: Finding) => found.set(other, [...found.get(other) ?? [], finding])
  for (const alike of bestOfEach(findAlike(db, people))) tell(householdOf(alike.other.member), personFinding(alike))
  for (const card of new Set(people.flatMap(({ kkNumber }) => kkNumber && isSound(kkNumber) ? [kkNumber] : []))) {
    for (const other of sharingCards(db, card, number)) tell(other, { kind: 'kk', oneSeq: null, otherSeq: null, score: CARD_SCORE, reasons: ['Nomor KK sama'], print: printOf(['kk', card]) })
  }
  return found
}

const CARD_SCORE = 70

// One person of a household is at most one of another.
function bestOfEach(alike: Alike[]): Alike[] {
  const taken = new Set<string>()
  return [...alike].sort((one, other) => other.judgement.score - one.judgement.score || one.other.member - other.other.member).filter(({ person, other }) => {
    const marks = [`${person.member}>${householdOf(other.member)}`, `${other.member}<${householdOf(person.member)}`]
    if (marks.some((mark) => taken.has(mark))) return false
    for (const mark of marks) taken.add(mark)
    return true
  })
}

const personFinding = ({ person, other, judgement: { score, reasons, sameNik } }: Alike): Finding => ({
  kind: sameNik ? 'nik' : 'person', oneSeq: seqOf(person.member), otherSeq: seqOf(other.member), score, reasons,
  print: printOf([person, other].map(({ name, sex, birthDate, nik, kkNumber, mother }) => JSON.stringify([name, sex, birthDate, nik, kkNumber, mother])).sort()),
})

const printOf = (parts: string[]) => createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 16)

type Pair = { id: string, oneHousehold: string, otherHousehold: string, status: string, findings: string, apart: string, oneRegion: string, otherRegion: string }
const pairsOf = statement<{ id: string }[], Pair>(`SELECT id, one_household AS oneHousehold, other_household AS otherHousehold, status, findings, apart,
  one_region AS oneRegion, other_region AS otherRegion FROM duplicate_pairs WHERE one_household = @id
  UNION SELECT id, one_household, other_household, status, findings, apart, one_region, other_region FROM duplicate_pairs WHERE other_household = @id`)
const placeOf = statement<[number], { id: string, regionCode: string }>('SELECT id, region_code AS regionCode FROM households WHERE number = ?')
const putPair = statement<unknown[], unknown>(`INSERT INTO duplicate_pairs (id, one_household, other_household, one_region, other_region, kind, status, score,
  found_at, changed_at, findings, apart) VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, '[]')`)
const changePair = statement<unknown[], unknown>(`UPDATE duplicate_pairs SET kind = ?, status = ?, score = ?, changed_at = ?, findings = ?, one_region = ?, other_region = ?,
  votes = CASE WHEN ? THEN '' ELSE votes END WHERE id = ?`)
const endPair = statement<[string, string], unknown>("UPDATE duplicate_pairs SET status = 'gone', changed_at = ? WHERE id = ?")

function keepPairs(db: Db, household: Scanned, found: Map<number, Finding[]>, now: string) {
  const known = new Map(pairsOf(db).all({ id: household.id }).map((pair) => [pair.oneHousehold === household.id ? pair.otherHousehold : pair.oneHousehold, pair]))
  for (const [number, findings] of found) {
    const other = placeOf(db).get(number)
    if (!other) continue
    const pair = known.get(other.id)
    known.delete(other.id)
    if (pair) renewPair(db, pair, sidesOf(household, other, findings, pair.oneHousehold === household.id), now)
    else beginPair(db, household, { ...other, number }, findings, now)
  }
  for (const { id, status } of known.values()) if (status !== 'gone' && status !== 'apart') endPair(db).run(now, id)
}

type Sides = { oneRegion: string, otherRegion: string, findings: Finding[] }
const sidesOf = ({ regionCode }: Scanned, other: { regionCode: string }, findings: Finding[], isOne: boolean): Sides => isOne
  ? { oneRegion: regionCode, otherRegion: other.regionCode, findings } : { oneRegion: other.regionCode, otherRegion: regionCode, findings: findings.map(turned) }

// The household that came first is "one".
function beginPair(db: Db, household: Scanned, other: { id: string, number: number, regionCode: string }, findings: Finding[], now: string) {
  const isOne = household.number < other.number
  const [one, two] = isOne ? [household.id, other.id] : [other.id, household.id]
  const { oneRegion, otherRegion, findings: told } = sidesOf(household, other, findings, isOne)
  putPair(db).run(randomUUID(), one, two, oneRegion, otherRegion, kindOf(told), scoreOf(told), now, now, JSON.stringify(told))
}

const GRAVITY: FindingKind[] = ['nik', 'kk', 'person']
const kindOf = (findings: Finding[]) => GRAVITY.find((kind) => findings.some((finding) => finding.kind === kind))!
const scoreOf = (findings: Finding[]) => Math.max(...findings.map(({ score }) => score))

// What was decided to be kept apart stays so; only a finding with another print, which is that of changed people, opens it again.
function renewPair(db: Db, pair: Pair, { oneRegion, otherRegion, findings }: Sides, now: string) {
  const apart: string[] = JSON.parse(pair.apart)
  const open = findings.filter(({ print }) => !apart.includes(print))
  if (open.length === 0) return
  const before = (JSON.parse(pair.findings) as Finding[]).map(({ print }) => print).sort().join()
  const isNew = open.map(({ print }) => print).sort().join() !== before
  const status = pair.status === 'gone' || pair.status === 'apart' || (isNew && pair.status === 'returned') ? 'open' : pair.status
  if (!isNew && status === pair.status && oneRegion === pair.oneRegion && otherRegion === pair.otherRegion) return
  changePair(db).run(kindOf(open), status, scoreOf(open), now, JSON.stringify(open), oneRegion, otherRegion, isNew ? 1 : 0, pair.id)
}
