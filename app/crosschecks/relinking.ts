import { eq } from 'drizzle-orm'
import { loadAgain, loaded } from '#app/crosschecks/scope.ts'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { moveRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { recipients } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// Those of the loaded whose link no longer leads to the person, or the family, that their own numbers name.
const LINKED = 'm.household_id = s.household_id AND m.seq = s.member_seq AND m.family_seq IS s.family_seq'
const FAMILY = 'f.household_id = s.household_id AND f.seq = s.family_seq'
const suspects = loaded<Suspect>(`SELECT s.at, s.id FROM judged_recipients s LEFT JOIN judged_homes h ON h.id = s.home
  WHERE CASE WHEN s.household_id IS NULL
    THEN EXISTS (SELECT 1 FROM members m WHERE m.nik = s.nik) OR EXISTS (SELECT 1 FROM families f WHERE f.kk_number = s.kk_number)
    ELSE h.region_code <> s.region_code AND substr(h.region_code, 1, 5) = substr(s.region_code, 1, 5) OR NOT h.alive
      OR s.member_seq IS NULL AND NOT EXISTS (SELECT 1 FROM families f WHERE ${FAMILY})
      OR CASE WHEN s.nik IS NULL AND s.member_seq IS NULL THEN NOT EXISTS (SELECT 1 FROM families f WHERE ${FAMILY} AND f.kk_number = s.kk_number)
        WHEN s.nik IS NULL THEN NOT EXISTS (SELECT 1 FROM judged_people m WHERE ${LINKED})
        WHEN s.member_seq IS NULL THEN NOT EXISTS (SELECT 1 FROM judged_people m WHERE m.household_id = s.household_id AND m.nik = s.nik AND m.family_seq = s.family_seq AND ${PRESENT('m')})
        ELSE NOT EXISTS (SELECT 1 FROM judged_people m WHERE ${LINKED} AND m.nik = s.nik AND ${PRESENT('m')}) END END`)
type Suspect = { at: number, id: string }

type Home = { householdId: string, familySeq: number | null, memberSeq: number | null, regionCode: string }
type Asked = { number: string, household: string | null, family: number | null }
// Of several the one it is linked to already, then the one registered first.
const byNik = statement<[Asked], Home>(`SELECT m.household_id AS householdId, m.family_seq AS familySeq, m.seq AS memberSeq, h.region_code AS regionCode
  FROM members m CROSS JOIN households h ON h.id = m.household_id WHERE m.nik = @number AND ${PRESENT('m')} AND ${ALIVE('m.household_id')}
  ORDER BY m.household_id IS @household AND m.family_seq IS @family DESC, m.household_id IS @household DESC, h.number, m.seq LIMIT 1`)
const byKk = statement<[Asked], Home>(`SELECT f.household_id AS householdId, f.seq AS familySeq, NULL AS memberSeq, h.region_code AS regionCode
  FROM families f CROSS JOIN households h ON h.id = f.household_id WHERE f.kk_number = @number AND ${ALIVE('f.household_id')}
  ORDER BY f.household_id IS @household AND f.seq IS @family DESC, h.number, f.seq LIMIT 1`)
const samePerson = statement<[Pick<Recipient, 'householdId' | 'memberSeq' | 'nik' | 'name'>], Home>(`SELECT m.household_id AS householdId, m.family_seq AS familySeq, m.seq AS memberSeq, h.region_code AS regionCode
  FROM members m CROSS JOIN households h ON h.id = m.household_id
  WHERE m.household_id = @householdId AND m.seq = @memberSeq AND (+m.nik = @nik OR lower(m.name) = lower(@name))`)
const sameFamily = statement<[Pick<Recipient, 'householdId' | 'familySeq' | 'nik' | 'kkNumber' | 'name'>], Home>(`SELECT f.household_id AS householdId, f.seq AS familySeq, NULL AS memberSeq, h.region_code AS regionCode
  FROM families f CROSS JOIN households h ON h.id = f.household_id
  WHERE f.household_id = @householdId AND f.seq = @familySeq AND (f.kk_number = @kkNumber OR @kkNumber IS NULL AND @nik IS NULL
    OR EXISTS (SELECT 1 FROM members m WHERE m.household_id = f.household_id AND m.family_seq = f.seq AND (+m.nik = @nik OR lower(m.name) = lower(@name))))`)

type Linked = Pick<Recipient, 'programme' | 'nik' | 'kkNumber' | 'householdId' | 'familySeq' | 'memberSeq' | 'name' | 'regionCode'>
const linked = statement<[string], Linked>(`SELECT programme, nik, kk_number AS kkNumber, household_id AS householdId, family_seq AS familySeq, member_seq AS memberSeq, name, region_code AS regionCode
  FROM recipients WHERE id = ?`)

// Where the registry has them now: by the NIK, of a family its head's, then by the No KK. Else where they were, as long as
// that still tells of the same people; somebody dead or inactive stays findable so.
function homeOf(db: Db, recipient: Linked): Home | undefined {
  const { programme, nik, kkNumber, householdId: household, familySeq, memberSeq, name } = recipient
  const isFamily = programmeOf(programme).unit === 'family'
  const found = nik === null ? undefined : byNik(db).get({ number: nik, household, family: familySeq })
  if (found && (!isFamily || found.familySeq !== null)) return isFamily ? { ...found, memberSeq: null } : found
  const card = !isFamily || kkNumber === null ? undefined : byKk(db).get({ number: kkNumber, household, family: familySeq })
  if (card) return card
  return isFamily ? sameFamily(db).get({ householdId: household, familySeq, nik, kkNumber, name }) : samePerson(db).get({ householdId: household, memberSeq, nik, name })
}

// The households that lost or got a recipient. A move into another kabupaten/kota does not move the aid by itself: its
// Dinsos pays, so the place stays and a finding tells of it; BLT is its desa's in the same way.
function relink(tx: Tx, id: string): string[] {
  const before = linked(tx.db).get(id)!
  const home = homeOf(tx.db, before)
  const regionCode = home && before.programme !== 'blt' && regencyOf(home.regionCode) === regencyOf(before.regionCode) ? home.regionCode : before.regionCode
  const link = { householdId: home?.householdId ?? null, familySeq: home?.familySeq ?? null, memberSeq: home?.memberSeq ?? null }
  if (regionCode === before.regionCode && link.householdId === before.householdId && link.familySeq === before.familySeq && link.memberSeq === before.memberSeq) return []
  const recipient = tx.db.select().from(recipients).where(eq(recipients.id, id)).get()!
  moveRecipient(tx, recipient, recipient.state, { cause: 'registry' }, { ...link, regionCode, endedOn: recipient.endedOn })
  return [recipient.householdId, link.householdId].filter((one): one is string => one !== null)
}

// In the transaction that is open: what a change of the registry means for those who receive, of whoever is loaded. Who is
// linked anew is loaded as he stands now.
export function relinkLoaded(db: Db, now: string): { recipients: string[], households: string[] } {
  const found = suspects(db).all()
  if (found.length === 0) return { recipients: [], households: [] }
  const moved = transact(db, system, (tx) => found.map(({ at, id }) => ({ at, id, households: relink(tx, id) })).filter(({ households }) => households.length > 0), new Date(now))
  loadAgain(db, moved.map(({ at }) => at))
  return { recipients: moved.map(({ id }) => id), households: moved.flatMap(({ households }) => households) }
}
