import { invalid } from '#app/problems.ts'
import { inIndonesia } from '#app/questionnaire/evidence.ts'
import { reviseDraft, type Saving } from '#app/visits/drafts.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Tx } from '#db/transaction.ts'

// accuracyM: radius in metres as the device tells it. locatedAt: when the fix was made; null when typed by hand.
export type Coordinate = { latitude: number, longitude: number, accuracyM: number, locatedAt: string | null }

export function checkCoordinate(coordinate: Coordinate) {
  if (!inIndonesia(coordinate)) throw invalid({ latitude: 'Lokasi ini di luar Indonesia. Ambil ulang lokasinya.' })
  if (coordinate.accuracyM <= 0 || coordinate.accuracyM > 10_000) throw invalid({ accuracy: 'Ketelitian lokasi tidak masuk akal. Ambil ulang lokasinya.' })
}

export function setLocation(tx: Tx, householdId: string, visitId: string, coordinate: Coordinate, saving: Omit<Saving, 'section'>): Visit {
  checkCoordinate(coordinate)
  return reviseDraft(tx, householdId, visitId, { ...saving, section: 'location' }, (visit) => ({ ...coordinate, locatedAt: fixTime(visit, coordinate) }))
}

// Another point under the time of the fix before was typed over it.
const fixTime = (before: Visit, { latitude, longitude, accuracyM, locatedAt }: Coordinate) => before.locatedAt === locatedAt
  && (before.latitude !== latitude || before.longitude !== longitude || before.accuracyM !== accuracyM) ? null : locatedAt
