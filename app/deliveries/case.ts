import { and, eq } from 'drizzle-orm'
import { getHeld, listHeldPhotos } from '#app/deliveries/held.ts'
import { firstVisit, meet, stampOf, wayOf, type First } from '#app/deliveries/meeting.ts'
import type { Household } from '#app/households/records.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { conflictInWords } from '#app/questionnaire/merge.ts'
import { readAnswers } from '#app/reviews/answers.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { within } from '#app/users/scope.ts'
import { listPhotos } from '#app/visits/photos.ts'
import { readWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { households, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type HeldCase = ReturnType<typeof readCase>
type Reading = Pick<Tx, 'db' | 'actor' | 'now'>

// Reading a delivery is reading people's data in full, so it leaves a line in the trail.
export function openHeldCase(tx: Tx, id: string): HeldCase {
  const found = readCase(tx, id)
  tx.audit('delivery.opened', id, { household: found.delivery.householdId })
  // The household's own trail tells who looked at its people, whatever they came in.
  if (found.household) tx.audit('household.opened', found.household.id, { delivery: id })
  return found
}

// What a person needs to decide: what came, what stands, and where the two differ.
export function readCase(reader: Reading, id: string) {
  const { db, actor, now } = reader
  const { said, ...delivery } = getHeld(reader, id)
  const household = findHousehold(reader, delivery.householdId)
  const first = household && firstVisit(db, household)
  const way = delivery.status === 'held' ? wayOf(household, first) : 'close'
  const today = dayIn(delivery.regionCode, now)
  const theirs = readWhole(said.visit, delivery.regionCode, now)
  const stands = household && standing(household, first)
  return {
    delivery, madeAt: said.madeAt, household: household && placeOf(db, household), way, seen: stampOf(way, household, first),
    refusal: delivery.officerId === actor.id ? 'own' as const : delivery.status === 'held' ? undefined : 'settled' as const,
    headName: household?.headName ?? String(theirs.household.headName ?? '(tanpa nama)'),
    stands: stands?.what ?? null, first: first && withoutRecord(first), photos: listHeldPhotos(db, id),
    firstPhotos: first && way === 'choose' ? listPhotos(db, first.id) : [],
    ...readAnswers(stands?.record ?? theirs, theirs, { version: said.visit.questionnaireVersion, today }),
    ...(way === 'choose' ? apart(db, first!, said, now) : { conflicts: [], joined: [] }),
  }
}

const findHousehold = ({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Household | undefined =>
  db.select().from(households).where(and(eq(households.id, id), within(households.regionCode, actor))).get()

const placeOf = (db: Db, { id, address, regionCode, stage, officerId }: Household) => ({
  id, address, stage, village: findRegionName(db, regionCode) ?? regionCode,
  officerName: officerId === null ? null : db.select({ name: users.name }).from(users).where(eq(users.id, officerId)).get()?.name ?? null,
})

// A visit that came through stands for the household; else what the master knows.
const standing = (household: Household, first: First | undefined) => first && first.status !== 'draft' && first.status !== 'returned'
  ? { what: 'visit' as const, record: first.record } : { what: 'master' as const, record: household.record }

const withoutRecord = ({ record: _record, ...first }: First) => first

// The disputed answers, and those that follow one side without a question.
function apart(db: Db, first: First, said: Parameters<typeof meet>[2], now: string) {
  const { record, conflicts } = meet(db, first, said, now)
  return {
    conflicts: conflicts.map(conflictInWords),
    joined: readAnswers(first.record, record, { version: first.version, today: dayIn(first.regionCode, now) }).changes,
  }
}
