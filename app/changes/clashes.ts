import { inArray } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { DIED } from '#app/changes/people.ts'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import { conflict } from '#app/problems.ts'
import { isEmpty, isPresent, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

const livingElsewhere = statement<[string], { householdId: string, name: string }>(`SELECT m.household_id AS householdId, m.name FROM members m
  JOIN households h ON h.id = m.household_id WHERE m.nik = ? AND ${PRESENT('m')} AND h.stage <> 'withdrawn'
  AND ${ALIVE('m.household_id')} LIMIT 20`)
const cardElsewhere = statement<[string], { householdId: string }>(`SELECT f.household_id AS householdId FROM families f
  JOIN households h ON h.id = f.household_id WHERE f.kk_number = ? AND h.stage <> 'withdrawn'
  AND ${ALIVE('f.household_id')} LIMIT 20`)

// Nobody may live in two active households, and no family card may be in two: what a plan brings into the registry's
// living part is looked for in all the rest of it, whoever may read that.
export function refuseClashes(db: Db, plan: Plan) {
  const arriving = whatArrives(plan, (ids) => recordsOf(db, ids))
  const touched = new Set([...plan.revised, ...plan.deactivated, ...plan.reactivated].map(({ householdId }) => householdId))
  plan.created.forEach(({ id }) => touched.add(id))
  for (const nik of arriving.niks) {
    if (livingElsewhere(db).all(nik).some(({ householdId }) => !touched.has(householdId))) {
      throw conflict(`NIK yang berakhiran ${nik.slice(-4)} sudah tercatat tinggal di rumah tangga lain. Selesaikan data ganda itu dahulu.`)
    }
  }
  for (const kk of arriving.kks) {
    if (cardElsewhere(db).all(kk).some(({ householdId }) => !touched.has(householdId))) {
      throw conflict(`Nomor KK yang berakhiran ${kk.slice(-4)} sudah dipakai rumah tangga lain. Lihat kartunya.`)
    }
  }
}

const recordsOf = (db: Db, ids: string[]) => ids.length === 0 ? [] : db.select({ record: households.record }).from(households).where(inArray(households.id, ids)).all().map(({ record }) => record)

// Who died keeps the number for good: one that a correction gives to a dead person must not be somebody's who lives.
const holds = (member: Answers) => isPresent(member) || member.memberPresence === DIED
const niksOf = (records: HouseholdRecord[]) => records.flatMap(({ members }) => members.filter(holds).map(({ nik }) => nik))
const kksOf = (records: HouseholdRecord[]) => records.flatMap(({ families }) => families.map(({ kkNumber }) => kkNumber))
const among = (found: unknown[], known: unknown[]) => [...new Set(found)].filter((one): one is string => !isEmpty(one as string) && !known.includes(one))

// Numbers that were not in the living part before this plan, as far as its own households say.
function whatArrives({ revised, created, deactivated, reactivated }: Plan, read: (ids: string[]) => HouseholdRecord[]) {
  const [gone, back] = [deactivated, reactivated].map((list) => new Set(list.map(({ householdId }) => householdId))) as [Set<string>, Set<string>]
  const unrevised = [...back].filter((id) => !revised.some(({ householdId }) => householdId === id))
  const after = [...revised.filter(({ householdId }) => !gone.has(householdId)).map((one) => one.after), ...created.map(({ record }) => record), ...read(unrevised)]
  const before = revised.filter(({ householdId }) => !back.has(householdId)).map((one) => one.before)
  return { niks: among(niksOf(after), niksOf(before)), kks: among(kksOf(after), kksOf(before)) }
}
