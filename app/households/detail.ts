import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { flagsFor } from '#app/evidence/panel.ts'
import { blocksOf } from '#app/households/blocks.ts'
import { hideNumber, hideNumbers, seesNumbers, seesPhoto } from '#app/households/masking.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { pathTo } from '#app/regions/regions.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { householdVersions, transitions, users, visitPhotos, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type HouseholdDetail = ReturnType<typeof describe>

// Reading a household leaves a line in the trail, once for each time it is opened. numbers: unmasking.ts alone asks for them.
export function openHousehold(tx: Tx, id: string, { numbers = false } = {}): HouseholdDetail {
  demand(tx.actor, 'household.read')
  const household = getHousehold(tx, id)
  tx.audit('household.opened', id, { region: household.regionCode, version: household.version })
  return describe(tx, household, numbers && seesNumbers(tx.actor))
}

const VERSIONS_READ = 20

function describe({ db, actor, now }: Tx, household: Household, full: boolean) {
  const { record: whole, headNik, ...columns } = household
  const record = full ? whole : hideNumbers(whole)
  const versions = db.select().from(householdVersions).where(eq(householdVersions.householdId, household.id))
    .orderBy(desc(householdVersions.version)).limit(VERSIONS_READ).all()
  const visit = lastAcceptedVisit(db, household.id)
  return {
    ...columns, headNik: headNik && !full ? hideNumber(headNik) : headNik, record, full, mayUnmask: seesNumbers(actor),
    places: pathTo(db, household.regionCode).map(({ name }) => name).reverse(),
    officerName: household.officerId ? nameOf(db, household.officerId) : null,
    blocks: blocksOf(record, versions, dayOf(now)),
    flags: household.visitId && household.flagCount > 0 && (can(actor, 'visit.check') || can(actor, 'visit.verify')) ? flagsFor(db, household.visitId) : undefined,
    visit, photos: visit ? photosOf(db, visit.id).filter(({ kind }) => seesPhoto(actor, kind)) : [],
    point: pointOf(household, visit), timeline: timelineOf(db, household.id), openedAt: now,
  }
}

const nameOf = (db: Db, id: string) => db.select({ name: users.name }).from(users).where(eq(users.id, id)).get()?.name ?? null

type AcceptedVisit = ReturnType<typeof lastAcceptedVisit>

// The newest visit that at least the first checker approved.
const lastAcceptedVisit = (db: Db, householdId: string) => db.select({
  id: visits.id, submittedAt: visits.submittedAt, officerName: users.name, latitude: visits.latitude, longitude: visits.longitude,
  accuracyM: visits.accuracyM, locatedAt: visits.locatedAt,
}).from(visits).leftJoin(users, eq(users.id, visits.officerId))
  .where(and(eq(visits.householdId, householdId), inArray(visits.status, ['checked', 'verified'])))
  .orderBy(desc(visits.submittedAt)).limit(1).get()

const photosOf = (db: Db, visitId: string) =>
  db.select({ kind: visitPhotos.kind, takenAt: visitPhotos.takenAt }).from(visitPhotos)
    .where(eq(visitPhotos.visitId, visitId)).orderBy(asc(visitPhotos.kind)).limit(30).all()

export type Point = { latitude: number, longitude: number, accuracyM: number | null, at: string | null }

function pointOf({ latitude, longitude }: Household, visit: AcceptedVisit): Point | undefined {
  if (visit?.latitude != null && visit.longitude != null) {
    return { latitude: visit.latitude, longitude: visit.longitude, accuracyM: visit.accuracyM, at: visit.locatedAt ?? visit.submittedAt }
  }
  return latitude === null || longitude === null ? undefined : { latitude, longitude, accuracyM: null, at: null }
}

const MOVES_SHOWN = 100

const timelineOf = (db: Db, householdId: string) => db.select({
  from: transitions.fromStage, to: transitions.toStage, at: transitions.at, note: transitions.note, by: users.name,
}).from(transitions).leftJoin(users, eq(users.id, transitions.actorId))
  .where(eq(transitions.householdId, householdId)).orderBy(desc(transitions.id)).limit(MOVES_SHOWN).all()
