import type { Answers } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { duplicatePairs } from '#db/schema/index.ts'
import { aRecord, type Given } from '#test/support/records.ts'
import { addHousehold, PONCOSARI, type Wanted } from '#test/support/world.ts'

// A household of one couple; `wife` changes what its second member says of herself.
export function addCouple(db: Db, id: string, { wife = {}, given = {}, ...wanted }: Wanted & { wife?: Answers, given?: Given } = {}) {
  const record = aRecord({ head: `Bapak ${id}`, ...given })
  Object.assign(record.members[1]!, wife)
  return addHousehold(db, id, { ...wanted, record })
}

export const SUMIYATI: Answers = { name: 'Sumiyati Handayani', birthDate: '1984-08-20', nik: '9902016008840077', motherMaidenName: 'Ngadinem Lestari' }

// A pair as the search would have left it.
export const addPair = (db: Db, id: string, one: string, other: string) => void db.insert(duplicatePairs).values({
  id, oneHousehold: one, otherHousehold: other, oneRegion: PONCOSARI, otherRegion: PONCOSARI, kind: 'person', status: 'open', score: 90, foundAt: '2026-03-01T02:00:00.000Z',
  changedAt: '2026-03-01T02:00:00.000Z', apart: [], findings: [{ kind: 'person', oneSeq: 1, otherSeq: 1, score: 90, reasons: ['nama sama'], print: 'abc123' }],
}).run()
