import type { Db } from '#db/connection.ts'
import { bulkItems, bulkRuns, exportFiles, savedFilters } from '#db/schema/index.ts'
import { PONCOSARI } from '#test/support/world.ts'

const AT = '2026-03-01T02:00:00.000Z'

// Of Rina: an export whose file is gone, a preview of an act on many, and a kept filter.
export function addCarriedOut(db: Db) {
  db.insert(exportFiles).values({
    id: 'export', list: 'households', format: 'xlsx', status: 'ready', madeBy: 'rina', madeAt: AT, year: 2026, serial: 1, number: '0001/BAST-SIKS/34.02/III/2026', recipientName: 'Sri Wahyuni',
    recipientInstitution: 'Bappeda Kabupaten Bantul', purpose: 'Bahan rapat', legalBasis: 'Permensos 3/2021', expiresOn: '2099-01-01', rowsDone: 3, rowsTotal: 3, bytes: 10, sha256: 'ab'.repeat(32), dataAt: AT, readyAt: AT, regions: ['34.02'],
  }).run()
  db.insert(bulkRuns).values({ id: 'many', kind: 'publish', status: 'previewed', madeBy: 'rina', madeAt: AT, skipped: 1, wanted: { village: [PONCOSARI] } }).run()
  db.insert(bulkItems).values({ runId: 'many', position: 1, householdId: 'asep', outcome: 'skipped', fromStage: 'listed', reason: 'nonaktif' }).run()
  db.insert(savedFilters).values({ id: 'filter', userId: 'rina', list: 'households', name: 'Di petugas', query: 'stage=assigned', savedAt: AT }).run()
}
