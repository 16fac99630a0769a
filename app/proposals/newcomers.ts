import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import { createHousehold } from '#app/households/records.ts'
import type { NewHouseholdChange } from '#app/proposals/kinds.ts'
import { conflict, invalid } from '#app/problems.ts'
import { HOUSEHOLD_RELATIONS } from '#app/questionnaire/2026/options.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import { emptyRecord, type Answers } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin, under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, inactiveHouseholds, members, regions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export const MOST_MEMBERS = 12
const RELATIONS = HOUSEHOLD_RELATIONS.map(({ code }) => code)

// What the form of a usulan baru holds, row by row: "members.0.name". Rows without a name fall away.
export function readNewHousehold(fields: Record<string, string>, { householdId, regionCode, today }: { householdId: string, regionCode: string, today: string }): NewHouseholdChange {
  const wrong: Record<string, string> = {}
  const people = Array.from({ length: MOST_MEMBERS }, (_, i) => i).filter((i) => i === 0 || fields[`members.${i}.name`]?.trim())
    .map((i, at) => readMember(fields, i, at, today, wrong))
  const text = (name: string, longest: number) => (fields[name] ?? '').trim().replace(/\s+/g, ' ').slice(0, longest)
  const address = text('address', 200)
  if (!address) wrong.address = 'Isi alamat.'
  const kkNumber = digits(fields.kkNumber)
  if (kkNumber && kkNumber.length !== 16) wrong.kkNumber = 'Nomor KK harus 16 angka.'
  const niks = people.map(({ nik }) => nik).filter(Boolean)
  if (new Set(niks).size < niks.length) wrong['members.0.nik'] ??= 'NIK yang sama diisi dua kali.'
  if (Object.keys(wrong).length) throw invalid(wrong)
  const [head] = people as [Answers]
  const slsName = text('slsName', 60)
  return {
    kind: 'new', householdId, regionCode,
    record: {
      ...emptyRecord(), families: [{ familySeq: 1, ...(kkNumber && { kkNumber }) }], members: people,
      household: { headName: head.name, headSex: head.sex, headNik: head.nik, address, ...(slsName && { slsName }), memberCount: people.length, familyCount: 1 },
    },
  }
}

const digits = (text = '') => text.replace(/[\s.-]/g, '')

function readMember(fields: Record<string, string>, row: number, at: number, today: string, wrong: Record<string, string>): Answers {
  const of = (key: string) => (fields[`members.${row}.${key}`] ?? '').trim()
  const refuse = (key: string, words: string) => { wrong[`members.${row}.${key}`] = words }
  const name = of('name').replace(/\s+/g, ' ').slice(0, 100)
  const sex = Number(of('sex'))
  const birthDate = of('birthDate')
  const nik = digits(of('nik'))
  const relation = at === 0 ? 1 : Number(of('relation'))
  if (!name) refuse('name', 'Isi nama kepala rumah tangga.')
  if (sex !== 1 && sex !== 2) refuse('sex', 'Pilih jenis kelamin.')
  if (birthDate && (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || birthDate > today)) refuse('birthDate', 'Tanggal lahir tidak terbaca atau belum tiba.')
  if (!RELATIONS.includes(relation) || (at > 0 && relation === 1)) refuse('relation', 'Pilih hubungan dengan kepala rumah tangga.')
  const [mistake] = nik ? findNikMistakes(nik, { sex: sex as 1 | 2, birthDate: birthDate || undefined, today }).filter(({ severity }) => severity === 'error') : []
  if (mistake) refuse('nik', mistake.message)
  return {
    memberSeq: at + 1, familySeq: 1, name, sex, relationToHead: relation, ...(at === 0 && { relationToFamilyHead: 1 }),
    ...(nik && { nik }), ...(birthDate && { birthDate }), memberPresence: 1,
  }
}

// The form again from what was proposed.
export function newHouseholdFields({ record }: NewHouseholdChange): Record<string, string> {
  const text = (value: unknown) => value === undefined || value === null ? '' : String(value)
  const { address, slsName } = record.household
  return Object.fromEntries([
    ['address', text(address)], ['slsName', text(slsName)], ['kkNumber', text(record.families[0]?.kkNumber)],
    ...record.members.flatMap(({ name, nik, sex, birthDate, relationToHead }, i) => Object.entries({ name, nik, sex, birthDate, relation: relationToHead })
      .map(([key, value]) => [`members.${i}.${key}`, text(value)])),
  ])
}

// Who lives in an active household of the kabupaten is no newcomer: that is a move of a member or a split. Whose household it is
// is named only to those whose place it is in: any NIK may be typed here.
export function refuseKnownPeople({ db, actor }: Pick<Tx, 'db' | 'actor'>, { householdId, regionCode, record }: NewHouseholdChange) {
  const known = knownPeople(db, householdId, regionCode, record.members)
  if (known.length === 0) return
  throw invalid(Object.fromEntries(known.map(({ row, headName, home }) =>
    [`members.${row}.nik`, `NIK ini sudah tercatat di rumah tangga ${isWithin(home, actor) ? headName : 'lain'} di kabupaten/kota ini. Ajukan pindah anggota atau pisah KK dari sana.`])))
}

// Who moved away or was entered elsewhere keeps a row where they no longer count.
function knownPeople(db: Db, householdId: string, regionCode: string, people: Answers[]) {
  const niks = people.map(({ nik }) => nik).filter((nik) => typeof nik === 'string')
  if (niks.length === 0) return []
  return db.select({ nik: members.nik, headName: households.headName, home: households.regionCode }).from(members).innerJoin(households, eq(households.id, members.householdId))
    .leftJoin(inactiveHouseholds, eq(inactiveHouseholds.householdId, households.id))
    .where(and(inArray(members.nik, niks), under(households.regionCode, regencyOf(regionCode)), ne(households.stage, 'withdrawn'),
      or(isNull(members.presence), inArray(members.presence, [1, 4])), ne(households.id, householdId), isNull(inactiveHouseholds.householdId)))
    .limit(MOST_MEMBERS).all().map(({ nik, ...household }) => ({ row: people.findIndex((person) => person.nik === nik), ...household }))
}

// Where this person may propose a newcomer.
export const villagesFor = (db: Db, actor: Actor) => db.select({ code: regions.code, name: regions.name }).from(regions)
  .where(and(eq(regions.level, 4), isNull(regions.validTo), within(regions.code, actor))).orderBy(asc(regions.name), asc(regions.code)).limit(500).all()

// Verified: a row of its desa's prelist, without IDBDT, waiting for an officer like any other.
export function admitHousehold(tx: Tx, proposalId: string, change: NewHouseholdChange) {
  const { householdId: id, regionCode, record } = change
  const [known] = knownPeople(tx.db, id, regionCode, record.members)
  if (known) throw conflict(`NIK anggota ${known.row + 1} sekarang tercatat di rumah tangga ${known.headName}. Kembalikan usulan ini kepada pengusul.`)
  createHousehold(tx, { id, regionCode, prelistId: null, origin: 'new', record, cause: `proposal:${proposalId}`, stage: 'published' })
}
