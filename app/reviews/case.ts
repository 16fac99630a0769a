import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import { readEvidence } from '#app/evidence/panel.ts'
import { metresIfKnown } from '#app/evidence/places.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import type { Household } from '#app/households/records.ts'
import { photoFaults } from '#app/prints/prints.ts'
import { givenTo, hasGiven } from '#app/numbers/giving.ts'
import { notFound } from '#app/problems.ts'
import { readAnswers } from '#app/reviews/answers.ts'
import { levelOf, WAITING, type Level } from '#app/reviews/levels.ts'
import { within } from '#app/users/scope.ts'
import { households, musdesResults, regions, remarks, reviews, transitions, users, visitPhotos, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>
type Visit = typeof visits.$inferSelect

// Reading a case is reading people's data in full, so it leaves a line in the trail.
export function openCase(tx: Tx, visitId: string): Case {
  const found = getCase(tx, visitId)
  tx.audit('visit.opened', visitId, { household: found.household.id, level: found.level })
  return found
}

// What a checker needs to decide: one visit beside the master record it was made against. Of where the household lives now, as
// the queue is: a visit keeps the place it was made in.
export function getCase({ db, actor }: Reading, visitId: string) {
  const level = levelOf(actor)
  const found = db.select({ visit: visits, household: households, officerName: users.name, village: regions.name })
    .from(visits).innerJoin(households, eq(households.id, visits.householdId)).innerJoin(users, eq(users.id, visits.officerId))
    .leftJoin(regions, eq(regions.code, visits.regionCode))
    .where(and(eq(visits.id, visitId), ne(visits.status, 'draft'), within(households.regionCode, actor))).get()
  if (!found) throw notFound('Kunjungan')
  const { visit, household } = found
  return {
    ...found, level, place: { stageAt: household.stageAt, number: household.number, weight: household.flagWeight },
    refusal: refusalFor(actor.id, visit, household, level) ?? (hasGiven(db, visitId, actor.id) ? 'given' : undefined), given: givenTo(db, visitId),
    distanceM: metresIfKnown(household, visit), ...answersOf(visit, household),
    photos: db.select({ kind: visitPhotos.kind, takenAt: visitPhotos.takenAt, addedAt: visitPhotos.addedAt }).from(visitPhotos)
      .where(eq(visitPhotos.visitId, visitId)).orderBy(asc(visitPhotos.kind)).limit(30).all(),
    evidence: readEvidence({ db, actor }, visit), photoFaults: photoFaults(db, visitId),
    musdes: db.select().from(musdesResults).where(eq(musdesResults.householdId, household.id))
      .orderBy(desc(musdesResults.recordedAt)).limit(1).get(),
    ...previousReviews(db, visitId), movedHere: lastMove(db, household),
  }
}

export type Case = ReturnType<typeof getCase>

const answersOf = ({ questionnaireVersion, record, regionCode, submittedAt, openedAt }: Visit, household: Household) =>
  readAnswers(household.record, record, { version: questionnaireVersion, today: dayIn(regionCode, submittedAt ?? openedAt) })

// Why this actor decides nothing here; undefined when the case waits for them.
function refusalFor(actorId: string, visit: Visit, household: Household, level: Level): 'own' | 'elsewhere' | undefined {
  if (visit.officerId === actorId) return 'own'
  return household.visitId === visit.id && WAITING[level].includes(household.stage) ? undefined : 'elsewhere'
}

function previousReviews(db: Tx['db'], visitId: string) {
  const decided = db.select({ id: reviews.id, level: reviews.level, outcome: reviews.outcome, note: reviews.note, documents: reviews.documents, decidedAt: reviews.decidedAt, by: users.name })
    .from(reviews).leftJoin(users, eq(users.id, reviews.decidedBy))
    .where(eq(reviews.visitId, visitId)).orderBy(desc(reviews.decidedAt)).limit(50).all()
  const said = db.select({ reviewId: remarks.reviewId, path: remarks.path, message: remarks.message }).from(remarks)
    .where(and(eq(remarks.visitId, visitId), inArray(remarks.reviewId, decided.map(({ id }) => id)))).orderBy(asc(remarks.id)).limit(500).all()
  return { reviews: decided, remarks: said }
}

// The move that brought the record to its present stage: after a return it holds the reason.
const lastMove = (db: Tx['db'], { id }: Household) =>
  db.select({ from: transitions.fromStage, note: transitions.note, at: transitions.at, by: users.name }).from(transitions)
    .leftJoin(users, eq(users.id, transitions.actorId))
    .where(eq(transitions.householdId, id)).orderBy(desc(transitions.id)).limit(1).get()
