import { factsOf, type Facts } from '#app/evidence/facts.ts'
import { ownOn, plainSignals } from '#app/evidence/plain-signals.ts'
import { around, groupsIn, isEnough, LEVELS, nameFor, onSamePhone, ownAround, peersOf, placeAt, sentAround, type Group, type Neighbour, type Peers } from '#app/evidence/rows.ts'
import type { Signal } from '#app/evidence/signal.ts'
import { judgeClock } from '#app/evidence/signals/clock.ts'
import { judgeCopied } from '#app/evidence/signals/copied.ts'
import { judgePrelistDistance, judgeVillageDistance } from '#app/evidence/signals/distances.ts'
import { judgeDuration } from '#app/evidence/signals/duration.ts'
import { judgeEmptiness } from '#app/evidence/signals/empty-photos.ts'
import { judgeExif } from '#app/evidence/signals/exif.ts'
import { judgeHours } from '#app/evidence/signals/night.ts'
import { judgeOverlap } from '#app/evidence/signals/overlapping.ts'
import { judgePhotoTimes } from '#app/evidence/signals/photo-times.ts'
import { judgeSimilar } from '#app/evidence/signals/photos.ts'
import { closeTo, judgeSamePoint } from '#app/evidence/signals/same-point.ts'
import { judgeSpeed } from '#app/evidence/signals/speed.ts'
import { judgeStraightLining } from '#app/evidence/signals/straight-lining.ts'
import { judgeUnchanged } from '#app/evidence/signals/unchanged.ts'
import { judgeUnfinished } from '#app/evidence/signals/unfinished.ts'
import { photoFacts, printsPending, reusedPhotos } from '#app/prints/prints.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findObstacles } from '#app/visits/submission.ts'
import type { Db } from '#db/connection.ts'

// near: other households within ten metres; basis: whose durations this one was held against.
export type Judged = { facts: Facts, signals: Signal[], near: number, basis: Peers['basis'] | '' }

// Reads what the rules need, once, and asks each of them. Nothing is written. The caller has read the visit in its scope.
export const judgeVisit = (db: Db, visitId: string): Signal[] => {
  const facts = factsOf(db, visitId)
  return facts ? judgeFacts(db, facts).signals : []
}

export function judgeFacts(db: Db, facts: Facts): Judged {
  const { visit, zone } = facts
  const [own, peers] = [ownAround(db, facts), peersOf(db, facts)]
  const close = closeTo(facts, around(db, facts))
  const [looked, pending] = facts.photos.length > 0 ? [photoFacts(db, facts.visitId), printsPending(db, facts.visitId)] : [[], false]
  const warnings = findObstacles(db, visit, dayOf(visit.submittedAt!, zone)).warnings
  const signals = [
    ...plainSignals(db, visit, warnings),
    ...judgeDuration(facts, peers),
    ...judgePrelistDistance({ ...facts, isBefore: facts.version === visit.baseVersion }, peers.rows.map(({ prelistM }) => prelistM)),
    ...judgeVillageDistance(facts, inVillage(facts, own, peers)),
    ...judgeSamePoint(facts, close, peers.rows.map(({ near }) => near)),
    ...judgeSpeed(facts, own),
    ...judgeOverlap(facts, [...own, ...onSamePhone(db, facts)]),
    ...judgeHours(facts),
    ...similarPhotos(db, facts, pending),
    ...judgeEmptiness(looked, { pending, count: facts.photos.length }),
    ...judgeExif({ ...facts, zone }, looked.filter(({ kind }) => facts.photos.some((photo) => photo.kind === kind))),
    ...judgePhotoTimes(facts, facts.photos),
    ...judgeClock(facts, sentBeside(db, facts)),
    ...judgeCopied(facts, own, peers),
    ...facts.outcome === 1 ? judgeUnchanged(facts.changes, peers) : [],
    ...judgeStraightLining(facts, own, peers),
    ...judgeUnfinished(facts, facts.outcome === 1 ? [] : groupsAround(db, facts)),
  ]
  return { facts, signals, near: close.length, basis: facts.logMinutes === null ? '' : peers.basis }
}

const inVillage = ({ regionCode }: Facts, own: readonly Neighbour[], { rows }: Peers) =>
  [...rows, ...own].filter((visit) => visit.regionCode === regionCode)

const sentBeside = (db: Db, { visit: { deviceId, deviceSequence }, officerId }: Facts) =>
  deviceId === null || deviceSequence === null ? {} : sentAround(db, deviceId, officerId, deviceSequence)

// The very same file is another signal's; here is what looks the same.
function similarPhotos(db: Db, { visit, visitId, officerId, regionCode, photos }: Facts, pending: boolean): Signal[] {
  if (photos.length === 0) return []
  const similar = reusedPhotos(db, visitId).filter(({ exact, otherVisitId }) => !exact && otherVisitId !== visitId)
    .map((one) => ({ ...one, otherHeadName: nameFor(one.otherHeadName, one.otherRegionCode, regionCode), ownOn: ownOn(one.otherHouseholdId, one.otherSentAt, visit) }))
  return judgeSimilar(similar, { pending, officerId, photos: photos.length })
}

// All officers of the desa and period; where the others are too few, of the kecamatan, then of the kabupaten.
function groupsAround(db: Db, { regionCode, period, officerId }: Facts): Group[] {
  let groups: Group[] = []
  for (const level of LEVELS) {
    groups = groupsIn(db, placeAt(regionCode, level), period)
    const others = groups.filter((group) => group.officerId !== officerId)
    const visits = others.reduce((sum, group) => sum + group.finished + group.unfinished, 0)
    if (isEnough({ visits, officers: others.length })) break
  }
  return groups
}
