import { eq, sql } from 'drizzle-orm'
import { moveStage } from '#app/households/moves.ts'
import { conflict, notFound } from '#app/problems.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { families, householdVersions, households, members } from '#db/schema/index.ts'
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

// The first version of a household, with its cause.
export function createHousehold(tx: Tx, { id, regionCode, prelistId, orderNo = null, origin, record, cause, stage }: NewHousehold) {
  tx.db.insert(households).values({
    id, regionCode, prelistId, orderNo, origin, version: 0, record, stage, stageAt: tx.now, createdAt: tx.now,
    headName: '', address: '', memberCount: 0,
  }).run()
  moveStage(tx, { id, stage: null }, stage, { subject: cause })
  writeVersion(tx, id, 1, record, cause)
}

// A new master version, made against baseVersion. `id` must be in the caller's scope: ask getHousehold first.
export function reviseHousehold(tx: Tx, { id, version }: Pick<Household, 'id' | 'version'>, baseVersion: number, record: HouseholdRecord, cause: string) {
  if (version !== baseVersion) throw conflict('Data rumah tangga ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  writeVersion(tx, id, version + 1, record, cause)
}

function writeVersion(tx: Tx, id: string, version: number, record: HouseholdRecord, cause: string) {
  tx.db.insert(householdVersions).values({ householdId: id, version, cause, record, createdBy: tx.actor.id, createdAt: tx.now }).run()
  tx.db.update(households).set({ version, record, ...projection(record) }).where(eq(households.id, id)).run()
  projectRosters(tx.db, id, record)
  indexForSearch(tx.db, id)
  tx.audit(version === 1 ? 'household.created' : 'household.revised', id, { version, cause })
}

const PROGRAMMES: Record<string, string> = {
  progPkh: 'pkh', progKks: 'kks', progRastra: 'sembako', progKis: 'pbi', progKip: 'kip', progKur: 'kur',
}

const text = (value: Answers[string]) => value === null || value === undefined ? '' : String(value)
const numberOrNull = (value: Answers[string]) => typeof value === 'number' ? value : null

// The columns lists need, out of the record. programmes: ",pkh,kks,".
function projection({ household, members: people }: HouseholdRecord) {
  const head = people.find(({ relationToHead }) => relationToHead === 1)
  const programmes = Object.entries(PROGRAMMES).filter(([key]) => household[key] === true).map(([, code]) => code)
  return {
    headName: text(household.headName) || text(head?.name) || '(tanpa nama)',
    headNik: text(household.headNik) || text(head?.nik) || null,
    address: text(household.address), slsName: text(household.slsName),
    memberCount: people.length, programmes: programmes.length ? `,${programmes.join(',')},` : '',
    latitude: numberOrNull(household.latitude), longitude: numberOrNull(household.longitude),
  }
}

function projectRosters(db: Db, householdId: string, record: HouseholdRecord) {
  db.delete(members).where(eq(members.householdId, householdId)).run()
  db.delete(families).where(eq(families.householdId, householdId)).run()
  record.families.forEach((family, i) => db.insert(families).values({
    householdId, seq: numberOrNull(family.familySeq) ?? i + 1, kkNumber: text(family.kkNumber) || null,
  }).onConflictDoNothing().run())
  record.members.forEach((member, i) => db.insert(members).values({
    householdId, seq: numberOrNull(member.memberSeq) ?? i + 1, familySeq: numberOrNull(member.familySeq),
    name: text(member.name), nik: text(member.nik) || null, sex: numberOrNull(member.sex),
    birthDate: text(member.birthDate) || null, presence: numberOrNull(member.memberPresence),
  }).onConflictDoNothing().run())
}

// r34 r3402 r340201 r3402012001: a search is confined to the reader's own places inside the index itself.
export const regionTokens = (code: string) =>
  code.split('.').map((_, i, parts) => `r${parts.slice(0, i + 1).join('')}`).join(' ')

const removeFromIndex = statement<[number], unknown>('DELETE FROM household_search WHERE rowid = ?')
const addToIndex = statement<[number, string, string, string], unknown>(
  'INSERT INTO household_search (rowid, names, address, region) VALUES (?, ?, ?, ?)')

function indexForSearch(db: Db, id: string) {
  const { number, record, headName, address, slsName, regionCode } =
    db.select().from(households).where(eq(households.id, id)).get()!
  const names = [headName, ...record.members.map(({ name }) => text(name))].join(' ')
  removeFromIndex(db).run(number)
  addToIndex(db).run(number, names, `${address} ${slsName}`, regionTokens(regionCode))
}
