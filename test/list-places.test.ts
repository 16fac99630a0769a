import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listRuns as listBulk } from '#app/bulk/runs.ts'
import { listRuns } from '#app/exchange/runs.ts'
import { listExports } from '#app/exports/exports.ts'
import { listIntakes } from '#app/intake/intakes.ts'
import { bulkRuns, exchangeRuns, exportFiles, intakes } from '#db/schema/index.ts'
import { BANTUL, freshDatabase, rina } from '#test/support/world.ts'

const AT = '2026-03-02T03:00:00.000Z'
const ids = Array.from({ length: 120 }, (_, i) => `0000000a-0000-4000-8000-${String(i).padStart(12, '0')}`)

// Page after page, as the links lead.
function walk(read: (before?: string) => { ids: string[], next?: string }): string[] {
  const found: string[] = []
  for (let before: string | undefined, pages = 0; pages < 9; pages += 1) {
    const { ids: some, next } = read(before)
    found.push(...some)
    if (next === undefined) break
    before = next
  }
  return found
}

const paging = suite('paging a list in the order of time')

paging('leaves out nothing that came in the same instant', () => {
  const db = freshDatabase()
  for (const [i, id] of ids.entries()) {
    db.insert(intakes).values({ id, kind: 'recipients', programme: 'sembako', regionCode: BANTUL, fileName: 'a.csv', sha256: id, bytes: 1, status: 'applied', uploadedBy: 'rina', uploadedAt: AT }).run()
    db.insert(exchangeRuns).values({ id, fileName: 'a.siks', sha256: id, bytes: 1, total: 0, via: 'file', takenBy: 'rina', takenAt: AT, status: 'taken' }).run()
    db.insert(bulkRuns).values({ id, kind: 'publish', status: 'done', madeBy: 'rina', madeAt: AT, wanted: {} }).run()
    db.insert(exportFiles).values({
      id, list: 'households', query: '', words: '', format: 'csv', full: false, fullReason: '', recipientName: 'a', recipientInstitution: 'b', purpose: 'c', legalBasis: 'd', expiresOn: '2026-04-01',
      status: 'failed', madeBy: 'rina', madeAt: AT, regions: [BANTUL], year: 2026, serial: i + 1, number: `${i + 1}`,
    }).run()
  }
  const whole = ids.toReversed()
  assert.equal(walk((before) => { const { intakes: rows, next } = listIntakes(db, rina, before); return { ids: rows.map(({ id }) => id), next } }), whole)
  assert.equal(walk((before) => { const { runs, next } = listBulk(db, rina, before); return { ids: runs.map(({ id }) => id), next } }), whole)
  assert.equal(walk((before) => { const { runs, next } = listRuns(db, rina, { before }); return { ids: runs.map(({ id }) => id), next } }), whole)
  assert.equal(walk((before) => { const { files, next } = listExports(db, rina, before); return { ids: files.map(({ id }) => id), next } }), whole)
})

paging.run()
