import { checkCoordinate, fixTime, type Coordinate, type Saving } from '#app/visits/answers.ts'
import { reviseDraft } from '#app/visits/drafts.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Tx } from '#db/transaction.ts'

export function setLocation(tx: Tx, householdId: string, visitId: string, coordinate: Coordinate, saving: Omit<Saving, 'section'>): Visit {
  checkCoordinate(coordinate)
  return reviseDraft(tx, householdId, visitId, { ...saving, section: 'location' }, (visit) => ({ ...coordinate, locatedAt: fixTime(visit, coordinate) }))
}
