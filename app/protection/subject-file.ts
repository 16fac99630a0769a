import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { findList } from '#app/exports/lists.ts'
import { holdsPersons } from '#app/exports/exportable.ts'
import { blocksOf } from '#app/households/blocks.ts'
import { getHousehold } from '#app/households/records.ts'
import { getCase, viewCase } from '#app/protection/cases.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { readersOf } from '#app/protection/readers.ts'
import { putStep } from '#app/protection/steps.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { pathTo } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import {
  certificates, exportFiles, householdVersions, matchResults, periods, proposalHouseholds, proposals, recipients, snapshotRows, snapshots, transitions, users, visitPhotos, visits,
} from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Everything the register holds of one person, for that person: their own answers whole, of the others who live there only what
// is the household's. Reading it is on record, as any reading of the household is.
export type SubjectFile = ReturnType<typeof makeFile>
const MOST = 200

export function makeFile(tx: Tx, id: string) {
  const found = getCase(tx, id)
  const { db } = tx
  const { householdId, memberSeq } = found
  const household = getHousehold(tx, householdId)
  putStep(tx, `case:${id}`, 'file')
  tx.audit('subject_case.file_made', id, { household: householdId })
  tx.audit('household.opened', householdId, { region: household.regionCode, version: household.version, subjectCase: id })
  return {
    ...viewCase(db, tx.actor, id), madeAt: tx.now, number: household.number, prelistId: household.prelistId, stage: household.stage, version: household.version,
    places: pathTo(db, household.regionCode).map(({ name }) => name).reverse(), blocks: blocksOf(ownPart(household.record, memberSeq), [], dayOf(tx.now)),
    others: household.record.members.length - 1,
    versions: db.select({ version: householdVersions.version, cause: householdVersions.cause, at: householdVersions.createdAt, by: users.name }).from(householdVersions)
      .leftJoin(users, eq(users.id, householdVersions.createdBy)).where(eq(householdVersions.householdId, householdId)).orderBy(asc(householdVersions.version)).limit(MOST).all(),
    moves: db.select({ to: transitions.toStage, at: transitions.at, by: users.name }).from(transitions).leftJoin(users, eq(users.id, transitions.actorId))
      .where(eq(transitions.householdId, householdId)).orderBy(asc(transitions.id)).limit(MOST).all(),
    visits: visitsOf(db, householdId), programmes: programmesOf(db, householdId, memberSeq), matched: matchedOf(db, householdId, memberSeq),
    proposed: db.select({ kind: proposals.kind, status: proposals.status, at: proposals.proposedAt }).from(proposalHouseholds).innerJoin(proposals, eq(proposals.id, proposalHouseholds.proposalId))
      .where(eq(proposalHouseholds.householdId, householdId)).orderBy(asc(proposals.proposedAt)).limit(MOST).all(),
    // Snapshots are few and their rows lie by household: crossJoin keeps them in this order.
    snapshots: db.select({ name: periods.name, at: snapshots.takenAt }).from(snapshots).crossJoin(snapshotRows).innerJoin(periods, eq(periods.id, snapshots.periodId))
      .where(and(eq(snapshotRows.snapshotId, snapshots.id), eq(snapshotRows.householdId, householdId))).limit(MOST).all(),
    letters: db.select({ number: certificates.letterNumber, at: certificates.issuedAt, purpose: certificates.purpose, until: certificates.validUntil, revoked: certificates.revokedAt }).from(certificates)
      .where(and(eq(certificates.householdId, householdId), eq(certificates.memberSeq, memberSeq))).orderBy(asc(certificates.number)).limit(MOST).all(),
    exports: exportsOver(db, household.regionCode, household.createdAt), readers: readersOf(db, { householdId, memberSeq }),
  }
}

// Rosters keep what is this person's alone: their row by its number, which is not its position once a row before it has gone,
// the KK they are in and their own businesses.
const ownPart = (record: HouseholdRecord, seq: number): HouseholdRecord => {
  const own = record.members.find((member, i) => (member.memberSeq ?? i + 1) === seq)
  return {
    ...record, members: own ? [own] : [], families: record.families.filter(({ familySeq }, _, all) => all.length === 1 || familySeq === own?.familySeq),
    children: record.children.filter((child) => child.name !== undefined && child.name === own?.name),
    businesses: record.businesses.filter(({ ownerMemberSeq }) => ownerMemberSeq === seq),
  }
}

const visitsOf = (db: Db, householdId: string) => db.select({
  openedAt: visits.openedAt, submittedAt: visits.submittedAt, status: visits.status, officer: users.name, latitude: visits.latitude, longitude: visits.longitude,
  photos: sql<string>`(SELECT group_concat(${visitPhotos.kind}, ', ') FROM ${visitPhotos} WHERE ${visitPhotos.visitId} = ${visits.id})`,
}).from(visits).leftJoin(users, eq(users.id, visits.officerId)).where(eq(visits.householdId, householdId)).orderBy(asc(visits.openedAt)).limit(MOST).all()

const programmesOf = (db: Db, householdId: string, memberSeq: number) => db.select({
  programme: recipients.programme, state: recipients.state, startedOn: recipients.startedOn, endedOn: recipients.endedOn, card: recipients.number,
  payments: sql<number>`(SELECT count(*) FROM payments WHERE payments.recipient_id = recipients.id) + (SELECT count(*) FROM local_payments p WHERE p.recipient_id = recipients.id AND p.cancelled_at IS NULL)`,
}).from(recipients).where(and(eq(recipients.householdId, householdId), sql`coalesce(${recipients.memberSeq}, ${memberSeq}) = ${memberSeq}`)).limit(MOST).all()
  .map((one) => ({ ...one, programme: programmeOf(one.programme).name, state: programmeOf(one.programme).states[one.state]?.label ?? one.state }))

const matchedOf = (db: Db, householdId: string, memberSeq: number) => db.select({ at: matchResults.at, outcome: matchResults.outcome, by: matchResults.by }).from(matchResults)
  .where(and(eq(matchResults.householdId, householdId), eq(matchResults.memberSeq, memberSeq))).orderBy(asc(matchResults.id)).limit(MOST).all()

// Files of persons whose place takes in this one, made since the household is registered.
const exportsOver = (db: Db, regionCode: string, since: string) => db.select({
  number: exportFiles.number, list: exportFiles.list, words: exportFiles.words, at: exportFiles.readyAt, recipient: exportFiles.recipientInstitution, purpose: exportFiles.purpose, regions: exportFiles.regions,
}).from(exportFiles).where(and(sql`${exportFiles.readyAt} >= ${since}`, sql`EXISTS (SELECT 1 FROM json_each(${exportFiles.regions}) r WHERE ${regionCode} LIKE r.value || '%')`))
  .orderBy(desc(exportFiles.madeAt)).limit(MOST).all()
  .flatMap(({ list, ...file }) => { const known = findList(list); return known && holdsPersons(known) ? [{ ...file, title: known.title }] : [] })
