import { ALIVE, PRESENT } from '#app/households/living.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { plain } from '#app/intake/columns.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Found = { householdId: string, familySeq: number | null, memberSeq: number | null, regionCode: string, matchedBy: 'nik' | 'kk', remark: string }
export type Sought = { programme: ProgrammeCode, scope: string, nik: string | null, kkNumber: string | null, name: string }

type Within = { number: string, kk: string | null, low: string, high: string }
type Person = { householdId: string, familySeq: number | null, seq: number, name: string, regionCode: string, kk: string | null, present: 0 | 1 }

const HERE = `h.region_code >= @low AND h.region_code < @high AND ${ALIVE('h.id')}`
const PERSON = `m.household_id AS householdId, m.family_seq AS familySeq, m.seq, m.name, h.region_code AS regionCode, f.kk_number AS kk, ${PRESENT('m')} AS present`
const byNik = statement<[Within], Person>(`SELECT ${PERSON} FROM members m JOIN households h ON h.id = m.household_id LEFT JOIN families f ON f.household_id = m.household_id AND f.seq = m.family_seq
  WHERE m.nik = @number AND ${HERE} ORDER BY coalesce(f.kk_number = @kk, 0) DESC, present DESC, h.number LIMIT 1`)
const byKk = statement<[Within], Person>(`SELECT ${PERSON} FROM families f JOIN households h ON h.id = f.household_id JOIN members m ON m.household_id = f.household_id AND m.family_seq = f.seq
  WHERE f.kk_number = @number AND ${HERE} ORDER BY h.number, m.seq LIMIT 40`)

// Whom a line names, in the living part of the registry of the importer's own place: by NIK, then by No KK (of a person: and his
// name). What the two say against each other is told.
export function findInRegistry(db: Db, { programme, scope, nik, kkNumber, name }: Sought): Found | undefined {
  const range = { low: scope, high: `${scope}:`, kk: kkNumber }
  const ofFamily = programmeOf(programme).unit === 'family'
  const person = nik ? byNik(db).get({ number: nik, ...range }) : undefined
  if (person && (!ofFamily || person.familySeq !== null)) return asFound(person, ofFamily, 'nik', remarkOn(person, kkNumber))
  const family = kkNumber ? byKk(db).all({ number: kkNumber, ...range }) : []
  const [first] = ofFamily ? family : family.filter((one) => plain(one.name) === plain(name))
  return first && asFound(first, ofFamily, 'kk', nik ? 'Ditemukan menurut No KK; NIK-nya tidak ada di registri.' : '')
}

const asFound = ({ householdId, familySeq, seq, regionCode }: Person, ofFamily: boolean, matchedBy: Found['matchedBy'], remark: string): Found =>
  ({ householdId, familySeq, memberSeq: ofFamily ? null : seq, regionCode, matchedBy, remark })

const remarkOn = ({ kk, present }: Person, kkNumber: string | null) => [
  kkNumber && kk && kk !== kkNumber ? 'Ditemukan menurut NIK, tetapi No KK di registri berbeda.' : '',
  present ? '' : 'Di registri orang ini tercatat meninggal, pindah, atau tidak ditemukan.',
].filter(Boolean).join(' ')

type Known = { programme: string, variant: string, number: string | null, nik: string | null, kk: string | null, household: string | null, family: number | null, member: number | null, low: string, high: string }
const COLUMNS = `r.id, r.programme, r.variant, r.sensitive, r.region_code AS regionCode, r.household_id AS householdId, r.family_seq AS familySeq, r.member_seq AS memberSeq, r.name, r.nik,
  r.kk_number AS kkNumber, r.address, r.number, r.state, r.phase, r.state_at AS stateAt, r.reason_code AS reasonCode, r.started_on AS startedOn, r.ended_on AS endedOn, r.version,
  r.created_at AS createdAt, r.data`
const SAME = `programme = @programme AND variant = @variant AND region_code >= @low AND region_code < @high`
const knownBy = (where: string) => statement<[Known], Recipient>(`SELECT ${COLUMNS} FROM recipients r WHERE ${where} AND ${SAME} ORDER BY r.phase = 'ended', r.created_at, r.id LIMIT 1`)
const KNOWN = {
  number: knownBy('r.number = @number'), nik: knownBy('r.nik = @nik'), kk: knownBy('r.kk_number = @kk'),
  family: knownBy('r.household_id = @household AND r.family_seq = @family'), member: knownBy('r.household_id = @household AND r.member_seq = @member'),
}

// The recipient of this programme a line means, by its NIK, its number, its card, or the place it was found at.
export function findKnown(db: Db, sought: Sought & { number: string | null, variant: string }, found: Found | undefined): Recipient | undefined {
  const { programme, variant, scope, nik, kkNumber, number } = sought
  const seek: Known = { programme, variant, number, nik, kk: kkNumber, household: found?.householdId ?? null, family: found?.familySeq ?? null, member: found?.memberSeq ?? null, low: scope, high: `${scope}:` }
  const ways = programmeOf(programme).unit === 'family' ? [KNOWN.nik, KNOWN.number, KNOWN.kk, KNOWN.family] : [KNOWN.nik, KNOWN.number, KNOWN.member]
  for (const way of ways) {
    const known = way(db).get(seek)
    if (known) return { ...known, sensitive: Boolean(known.sensitive), data: JSON.parse(known.data as unknown as string) as Recipient['data'] }
  }
  return undefined
}
