import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countByPhase } from '#app/programmes/list.ts'
import { PHASES } from '#db/schema/programmes.ts'
import { addRecipient, programmeWorld } from '#test/support/programmes.ts'
import { BALECATUR, nia, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const counts = suite('how many receive')
const KEPT = 'SELECT * FROM recipient_counts WHERE n <> 0 ORDER BY 1, 2, 3, 4'
const STANDING = 'SELECT programme, phase, sensitive, region_code, count(*) AS n FROM recipients GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4'

counts('is kept as the rows stand, whatever becomes of them', () => {
  const { db } = programmeWorld()
  const ids = ['asih', 'budi', 'cici', 'dodi']
  for (const id of ids) addRecipient(db, id)
  const same = () => assert.equal(db.$client.prepare(KEPT).all(), db.$client.prepare(STANDING).all())
  same()
  const change = db.$client.prepare('UPDATE recipients SET phase = ?, sensitive = ?, region_code = ? WHERE id = ?')
  const rows = fc.array(fc.tuple(fc.constantFrom(...PHASES), fc.constantFrom(0, 1), fc.constantFrom(PONCOSARI, TRIMURTI, BALECATUR), fc.constantFrom(...ids)), { minLength: 1, maxLength: 6 })
  fc.assert(fc.property(rows, (changes) => {
    for (const one of changes) change.run(...one)
    same()
  }), { numRuns: 40 })
})

counts('is told within the reader\'s places', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'asih')
  addRecipient(db, 'budi', { regionCode: TRIMURTI, state: 'suspended' })
  addRecipient(db, 'cici', { regionCode: BALECATUR })
  assert.equal(countByPhase(db, rina, 'sembako', ''), { waiting: 0, receiving: 1, paused: 1, ended: 0 })
  assert.equal(countByPhase(db, rina, 'sembako', TRIMURTI), { waiting: 0, receiving: 0, paused: 1, ended: 0 })
  assert.equal(countByPhase(db, nia, 'sembako', ''), { waiting: 0, receiving: 1, paused: 0, ended: 0 })
})

counts.run()
