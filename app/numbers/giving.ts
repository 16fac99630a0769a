import { eq } from 'drizzle-orm'
import { demandNewKk } from '#app/changes/numbers.ts'
import { queueEvidence } from '#app/evidence/queue.ts'
import type { StoredFile } from '#app/files/store.ts'
import { moveStage } from '#app/households/moves.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { conflict, forbidden, invalid } from '#app/problems.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { findNumberMistakes } from '#app/questionnaire/consistency.ts'
import { missingInWords, missingNumbers, withoutNeedlessReasons, type MissingNumber } from '#app/questionnaire/missing-numbers.ts'
import { setAnswer, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { findGateFailures } from '#app/ratification/gates.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { writePhoto } from '#app/visits/photos.ts'
import { readVisit, type Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { givenNumbers, numberWaits, users, visits } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// id: made with the form, so that a form sent twice gives once. numbers: by path; revision: what the form was filled in beside.
export type Giving = { id: string, revision: number, numbers: Record<string, string>, photo: StoredFile | undefined }

type Waiting = { household: Household, visit: Visit, missing: MissingNumber[] }

// The household with the visit that waits, for its form. Of another place it is not found; somebody may have been faster.
export function getWaiting({ db, actor }: Pick<Tx, 'db' | 'actor'>, householdId: string): Waiting {
  demand(actor, 'number.give')
  const household = getHousehold({ db, actor }, householdId)
  const wait = db.select({ visitId: numberWaits.visitId }).from(numberWaits).where(eq(numberWaits.householdId, householdId)).get()
  if (!wait) throw conflict('Rumah tangga ini tidak menunggu nomor dari Dukcapil. Mungkin nomornya baru saja diisi orang lain.')
  const visit = readVisit(db).get({ id: wait.visitId })!
  return { household, visit, missing: missingNumbers(visit.record) }
}

// Reading people's data in full leaves a line in the trail, here too.
export function openWaiting(tx: Tx, householdId: string): Waiting {
  const found = getWaiting(tx, householdId)
  tx.audit('household.opened', householdId, { region: found.household.regionCode, version: found.household.version })
  return found
}

// Puts numbers that Dukcapil has issued into the visit, without visiting anew. While others are missing it waits on; with the
// last one it goes to whoever checks, who holds them beside the photo, and with both checks into the next batch.
export function giveNumbers(tx: Tx, householdId: string, { id, revision, numbers, photo }: Giving): MissingNumber[] {
  demand(tx.actor, 'number.give')
  const before = tx.db.select().from(givenNumbers).where(eq(givenNumbers.id, id)).get()
  if (before && before.givenBy !== tx.actor.id) throw conflict('Formulir ini sudah dipakai. Muat ulang halaman.')
  if (before) return missingNumbers(readVisit(tx.db).get({ id: before.visitId })!.record)
  const { household, visit, missing } = getWaiting(tx, householdId)
  if (visit.revision !== revision) throw conflict('Nomor rumah tangga ini baru saja diisi orang lain. Muat ulang halaman, lalu periksa yang masih kurang.')
  const given = missing.filter(({ path }) => numbers[path])
  if (given.length === 0) throw invalid({ [missing[0]!.path]: 'Isi sedikitnya satu nomor.' })
  const record = withNumbers(tx, { household, visit, missing }, given, numbers)
  if (!photo) throw invalid({ 'F-KK': 'Lampirkan foto KK atau surat Dukcapil yang memuat nomornya; pemeriksa mencocokkannya.' })
  keep(tx, { household, visit }, { id, record, photo, given })
  const left = missingNumbers(record)
  if (left.length === 0) sendToCheck(tx, { household, visit }, `Nomor dari Dukcapil sudah diisi: ${given.map((one) => missingInWords({ ...one, reason: '' })).join(', ')}. Cocokkan dengan fotonya.`)
  return left
}

const digits = (text: string) => text.replace(/[\s.-]/g, '')

function withNumbers(tx: Tx, { household, visit }: Waiting, given: MissingNumber[], numbers: Record<string, string>): HouseholdRecord {
  const today = dayIn(household.regionCode, tx.now)
  let record = visit.record
  for (const { kind, path } of given) {
    const number = digits(numbers[path]!)
    if (kind === 'kk') demandNewKk(number, today, record.families.map(({ kkNumber }) => kkNumber), path)
    else if (!/^\d{16}$/.test(number)) throw invalid({ [path]: 'NIK harus 16 angka.' })
    record = setAnswer(record, path, number)
  }
  record = withoutNeedlessReasons(record)
  const wrong = findNumberMistakes(record, { today }).filter(({ severity, path }) => severity === 'error' && given.some((one) => one.path === path))
  if (wrong.length > 0) throw invalid(Object.fromEntries(wrong.map(({ path, message }) => [path, message])))
  refuseKnown(tx, { household, visit }, record, today)
  return record
}

// Whoever bears the number in another house is found now, not at the signature. Any number may be typed here, so whose house it is
// is told to the kabupaten alone.
function refuseKnown({ db, actor }: Pick<Tx, 'db' | 'actor'>, { household, visit }: Pick<Waiting, 'household' | 'visit'>, record: HouseholdRecord, today: string) {
  const failures = (judged: HouseholdRecord) => findGateFailures(db, { householdId: household.id, record: judged, outcome: 1, questionnaireVersion: visit.questionnaireVersion, today })
    .filter(({ gate }) => gate === 'a' || gate === 'd').map(({ message }) => message)
  const before = failures(visit.record)
  const known = failures(record).filter((message) => !before.includes(message))
  const told = isWithin(regencyOf(household.regionCode), actor) ? known.join(' ') : 'Nomor ini sudah tercatat di rumah tangga lain.'
  if (known.length > 0) throw conflict(`${told} Nomor tidak disimpan: periksa dokumennya, atau selesaikan dahulu data gandanya.`)
}

function keep(tx: Tx, { household, visit }: Pick<Waiting, 'household' | 'visit'>, { id, record, photo, given }: { id: string, record: HouseholdRecord, photo: StoredFile, given: MissingNumber[] }) {
  const revision = visit.revision + 1
  const paths = given.map(({ path }) => path)
  tx.db.update(visits).set({ record, revision }).where(eq(visits.id, visit.id)).run()
  writePhoto(tx, visit.id, { kind: 'F-KK', file: photo })
  tx.db.insert(givenNumbers).values({ id, visitId: visit.id, visitRevision: revision, paths, sha256: photo.sha256, givenBy: tx.actor.id, givenAt: tx.now }).run()
  queueEvidence(tx.db, [visit.id])
  tx.audit('household.number_given', household.id, { visit: visit.id, paths, photo: photo.sha256 })
}

function sendToCheck(tx: Tx, { household, visit }: Pick<Waiting, 'household' | 'visit'>, note: string) {
  moveStage(tx, household, 'recheck', { note, subject: `visit:${visit.id}` })
  tx.db.update(visits).set({ status: 'submitted' }).where(eq(visits.id, visit.id)).run()
}

// What was found out meanwhile (they do have a KK; they have moved away) belongs to whoever checks.
export function sendBackWaiting(tx: Tx, householdId: string, { key, note }: { key: string, note: string }) {
  demand(tx.actor, 'visit.verify')
  getHousehold(tx, householdId)
  if (!isFirstTime(tx, key)) return
  sendToCheck(tx, getWaiting(tx, householdId), note)
}

export type Given = { by: string | null, at: string, paths: string[] }

// Who gave which numbers of a visit. The caller has read it in its scope.
export const givenTo = (db: Db, visitId: string): Given[] => db.select({ by: users.name, at: givenNumbers.givenAt, paths: givenNumbers.paths })
  .from(givenNumbers).leftJoin(users, eq(users.id, givenNumbers.givenBy)).where(eq(givenNumbers.visitId, visitId)).limit(20).all()

// One pair of eyes counts once.
export function refuseOwnNumbers({ db, actor }: Pick<Tx, 'db' | 'actor'>, visitId: string) {
  if (hasGiven(db, visitId, actor.id)) throw forbidden('Anda sendiri yang mengisi nomor dari Dukcapil. Orang lain yang harus memutuskan.')
}

export const hasGiven = (db: Db, visitId: string, userId: string) =>
  db.select({ by: givenNumbers.givenBy }).from(givenNumbers).where(eq(givenNumbers.visitId, visitId)).limit(20).all().some(({ by }) => by === userId)
