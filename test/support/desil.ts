import { eq } from 'drizzle-orm'
import { snapshotsDone } from '#app/dtsen/snapshot-work.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { dtsenCounts, dtsenEffective, dtsenRows, dtsenSnapshots } from '#db/schema/index.ts'
import { BANTUL, PONCOSARI, rina, type Fields, type freshApp } from '#test/support/world.ts'

// The lines of a file of desil: No KK, NIK of the head, desil, village, id.
export type Line = { kk: string, nik?: string, desil: number | string, region?: string, id?: string }
export const kkOf = (serial: number) => `990201150310${String(serial).padStart(4, '0')}`
export const nikOf = (serial: number) => `990201120580${String(serial).padStart(4, '0')}`

export const desilCsv = (lines: Line[]) => ['no_kk;nik_kepala;desil;kode_wilayah;id_keluarga',
  ...lines.map(({ kk, nik = '', desil, region = '', id = '' }) => [kk, nik, desil, region, id].join(';'))].join('\n')

export type Facts = { label?: string, source?: string, effectiveOn?: string, region?: string }
export const snapshotForm = (content: string | Uint8Array, { label = 'v1', source = 'BPS, DTSEN triwulan I', effectiveOn = '2026-01-31', region = BANTUL }: Facts = {}): Fields =>
  ({ label, source, effectiveOn, region, file: new File([content as BlobPart], 'desil.csv') })

const idOf = (response: Response) => response.headers.get('Location')!.split('/').at(-1)!

// Uploads and waits until it is read; the id of the snapshot.
export async function readDesil(world: ReturnType<typeof freshApp>, lines: Line[], facts: Facts = {}, actor: Actor = rina) {
  const response = await world.as(actor).post('/dtsen/snapshots', snapshotForm(desilCsv(lines), facts))
  await snapshotsDone(world.db)
  return idOf(response)
}

// Uploads, confirms and waits until it is in effect.
export async function importDesil(world: ReturnType<typeof freshApp>, lines: Line[], facts: Facts = {}, actor: Actor = rina) {
  const id = await readDesil(world, lines, facts, actor)
  await world.as(actor).post(`/dtsen/snapshots/${id}/confirmation`)
  await snapshotsDone(world.db)
  return id
}

export const BEFORE = '00000000-0000-4000-8000-0000000d0001'
export const AFTER = '00000000-0000-4000-8000-0000000d0002'
export const PREVIEWED = '00000000-0000-4000-8000-0000000d0003'

// Two snapshots of Bantul and one that waits to be confirmed, without the files they came in.
export function addSnapshots(db: Db, households: string[]) {
  for (const [id, label, effectiveOn, status] of [[BEFORE, 'v1', '2026-01-31', 'applied'], [AFTER, 'v2', '2026-02-28', 'applied'], [PREVIEWED, 'v3', '2026-03-01', 'previewed']] as const) {
    db.insert(dtsenSnapshots).values({
      id, label, effectiveOn, source: 'BPS', regionCode: BANTUL, fileName: 'desil.csv', sha256: 'ef'.repeat(32), bytes: 1, uploadedBy: 'rina', uploadedAt: effectiveOn, status: 'reading',
    }).run()
    const rows = [...households.map((householdId, i) => ({ kkNumber: kkOf(8001 + i), householdId, match: 'kk' as const })), { kkNumber: kkOf(8999), householdId: null, match: 'none' as const }]
    rows.forEach((row, i) => {
      const at = { snapshotId: id, regionCode: PONCOSARI, desil: 1 + (i + (id === AFTER ? 2 : 0)) % 10 }
      db.insert(dtsenRows).values({ ...row, ...at, position: i + 2 }).run()
      db.insert(dtsenCounts).values({ ...at, matched: row.match === 'kk' ? 1 : 0, unmatched: row.match === 'kk' ? 0 : 1 }).run()
    })
    db.update(dtsenSnapshots).set({ status, rowCount: rows.length, ...(status === 'applied' ? { confirmedBy: 'rina', confirmedAt: effectiveOn } : {}) }).where(eq(dtsenSnapshots.id, id)).run()
  }
  db.insert(dtsenEffective).values({ regionCode: BANTUL, snapshotId: AFTER }).run()
}
