import { bestOfEach, cardFinding, personFinding } from '#app/duplicates/findings.ts'
import { householdOf, isSound, type Person } from '#app/duplicates/keys.ts'
import { keepPairs } from '#app/duplicates/keeping.ts'
import type { Finding } from '#app/duplicates/pairs.ts'
import { findScanned, peopleOf } from '#app/duplicates/people.ts'
import { findAlike, replacePeople, sharingCards } from '#app/duplicates/searching.ts'
import { isSweepDue, scanLater } from '#app/duplicates/sweeps.ts'
import type { Db } from '#db/connection.ts'

// Looks for everybody in this household among everybody elsewhere, and keeps what it finds. While all are being searched at
// once it waits: only then are all in the index.
export function scanHousehold(db: Db, householdId: string, now: string) {
  const household = findScanned(db, householdId)
  if (!household) return
  if (isSweepDue(db)) return scanLater(db, householdId)
  const people = peopleOf(household)
  replacePeople(db, household.number, people)
  keepPairs(db, household, findingsOf(db, household.number, people), now)
}

// By the number of the other household; oneSeq is this household's.
function findingsOf(db: Db, number: number, people: Person[]): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>()
  const tell = (other: number, finding: Finding) => found.set(other, [...found.get(other) ?? [], finding])
  for (const alike of bestOfEach(findAlike(db, people))) tell(householdOf(alike.other.member), personFinding(alike))
  for (const card of new Set(people.flatMap(({ kkNumber }) => kkNumber && isSound(kkNumber) ? [kkNumber] : []))) {
    for (const other of sharingCards(db, card, number)) tell(other, cardFinding(card))
  }
  return found
}
