import { eq, sql } from 'drizzle-orm'
import { beginStage } from '#app/households/moves.ts'
import { learnWords } from '#app/households/words.ts'
import { conflict, notFound } from '#app/problems.ts'
import { isPresent, presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, LISTED_PROGRAMMES } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Household = typeof households.$inferSelect

// Scoped; out of scope is not found. No audit: that is `openHousehold`, for a person who reads it in full.
export function getHousehold({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Household {
  const household = db.select().from(households)
    .where(sql`${eq(households.id, id)} AND ${within(households.regionCode, actor)}`).get()
  if (!household) throw notFound('Rumah tangga')
  return household
}

export type NewHousehold = {
  id: string, regionCode: string, prelistId: string | null, orderNo?: string | null, origin: 'prelist' | 'new',
  record: HouseholdRecord, cause: string, stage: 'listed' | 'published',
}

const insertHousehold = statement<unknown[], { number: number }>(`INSERT INTO households (id, region_code, prelist_id, order_no, origin, record, stage,
  stage_at, created_at, head_name, head_nik, address, sls_name, member_count, programmes, latitude, longitude, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING number`)

// The first version of a household, with its cause.
export function createHousehold(tx: Tx, { id, regionCode, prelistId, orderNo = null, origin, record, cause, stage }: NewHousehold) {
  const { headName, headNik, address, slsName, memberCount, programmes, latitude, longitude } = projection(record)
  const text = JSON.stringify(record)
  const { number } = insertHousehold(tx.db).get(id, regionCode, prelistId, orderNo, origin, text, stage, tx.now, tx.now,
    headName, headNik, address, slsName, memberCount, programmes, latitude, longitude)!
  beginStage(tx, id, stage, cause)
  keepVersion(tx, { id, number, regionCode }, 1, { record, text }, cause)
}

// A new master version, made against baseVersion. `id` must be in the caller's scope: ask getHousehold first.
export function reviseHousehold(tx: Tx, { id, version }: Pick<Household, 'id' | 'version'>, baseVersion: number, record: HouseholdRecord, cause: string) {
  if (version !== baseVersion) throw conflict('Data rumah tangga ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  const household = tx.db.update(households).set({ version: version + 1, record, ...projection(record) }).where(eq(households.id, id))
    .returning({ id: households.id, number: households.number, regionCode: households.regionCode }).get()!
  removeProjected(tx.db, household)
  keepVersion(tx, household, version + 1, { record, text: JSON.stringify(record) }, cause)
}

const insertVersion = statement<[string, number, string, string, string, string], unknown>(
  'INSERT INTO household_versions (household_id, version, cause, created_by, created_at, record) VALUES (?, ?, ?, ?, ?, ?)')

// What goes with the row itself: the version, the people, the search, the line of audit.
function keepVersion(tx: Tx, household: Projected, version: number, { record, text }: { record: HouseholdRecord, text: string }, cause: string) {
  insertVersion(tx.db).run(household.id, version, cause, tx.actor.id, tx.now, text)
  projectRosters(tx.db, household.id, record)
  indexForSearch(tx.db, household, record)
  tx.audit(version === 1 ? 'household.created' : 'household.revised', household.id, { version, cause })
}

type Projected = Pick<Household, 'id' | 'number' | 'regionCode'>

const PROGRAMMES: Record<string, (typeof LISTED_PROGRAMMES)[number]> = {
  progPkh: 'pkh', progKks: 'kks', progRastra: 'sembako', progKis: 'pbi', progKip: 'kip', progKur: 'kur',
}

const text = (value: Answers[string]) => value === null || value === undefined ? '' : String(value)
const numberOrNull = (value: Answers[string]) => typeof value === 'number' ? value : null

// The columns lists need, out of the record. programmes: ",pkh,kks,".
export function projection(record: HouseholdRecord) {
  const { household, members: people } = record
  const head = presentMembers(record).find(({ relationToHead }) => relationToHead === 1)
  const programmes = Object.entries(PROGRAMMES).filter(([key]) => household[key] === true).map(([, code]) => code)
  return {
    headName: text(household.headName) || text(head?.name) || '(tanpa nama)',
    headNik: text(household.headNik) || text(head?.nik) || null,
    address: text(household.address), slsName: text(household.slsName),
    memberCount: people.filter(isPresent).length, programmes: programmes.length ? `,${programmes.join(',')},` : '',
    latitude: numberOrNull(household.latitude), longitude: numberOrNull(household.longitude),
  }
}

const removeMembers = statement<[string], unknown>('DELETE FROM members WHERE household_id = ?')
const removeFamilies = statement<[string], unknown>('DELETE FROM families WHERE household_id = ?')
const insertFamily = statement<[string, number, string | null], unknown>(
  'INSERT INTO families (household_id, seq, kk_number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
const insertMember = statement<(string | number | null)[], unknown>(
  `INSERT INTO members (household_id, seq, family_seq, name, nik, sex, birth_date, presence, relation, pregnant, disability, schooling, education, employment)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)

function removeProjected(db: Db, { id, number }: Projected) {
  removeMembers(db).run(id)
  removeFamilies(db).run(id)
  removeFromIndex(db).run(number)
}

function projectRosters(db: Db, householdId: string, record: HouseholdRecord) {
  record.families.forEach((family, i) =>
    insertFamily(db).run(householdId, numberOrNull(family.familySeq) ?? i + 1, text(family.kkNumber) || null))
  record.members.forEach((member, i) => insertMember(db).run(
    householdId, numberOrNull(member.memberSeq) ?? i + 1, numberOrNull(member.familySeq), text(member.name), text(member.nik) || null,
    numberOrNull(member.sex), text(member.birthDate) || null, numberOrNull(member.memberPresence),
    numberOrNull(member.relationToFamilyHead), typeof member.pregnant === 'boolean' ? Number(member.pregnant) : null, numberOrNull(member.disabilityType),
    numberOrNull(member.schooling), numberOrNull(member.educationLevel), member.working === false ? null : numberOrNull(member.employmentStatus)))
}

// r34 r3402 r340201 r3402012001: a search is confined to the reader's own places inside the index itself.
export const regionTokens = (code: string) =>
  code.split('.').map((_, i, parts) => `r${parts.slice(0, i + 1).join('')}`).join(' ')

const removeFromIndex = statement<[number], unknown>('DELETE FROM household_search WHERE rowid = ?')
const addToIndex = statement<[number, string, string, string], unknown>(
  'INSERT INTO household_search (rowid, names, address, region) VALUES (?, ?, ?, ?)')

function indexForSearch(db: Db, { number, regionCode }: Projected, record: HouseholdRecord) {
  const { headName, address, slsName } = projection(record)
  const names = [headName, ...record.members.map(({ name }) => text(name))].join(' ')
  addToIndex(db).run(number, names, `${address} ${slsName}`, regionTokens(regionCode))
  learnWords(db, `${names} ${address} ${slsName}`)
}
