import { createHash } from 'node:crypto'
import { readStored } from '#app/files/packs.ts'
import type { StoredFile } from '#app/files/store.ts'
import type { ServerProcess } from '#test/support/process.ts'
import type { Taken } from '#test/support/visiting.ts'

// A visit of which a page said that it is safe, with the photos as they were taken.
export type Safe = { householdId: string, visitId: string, photos: Pick<Taken, 'kind' | 'sha256'>[] }
type Photo = StoredFile & { kind: string }

// Read from the data directory itself, past every operation of the product. lost: not there once, whole, with every
// photo byte by byte what was taken. doubled: there more than once in any sense.
export async function findWrong({ read, directory }: Pick<ServerProcess, 'read' | 'directory'>, safe: Safe[]): Promise<{ lost: string[], doubled: string[] }> {
  const lost: string[] = []
  for (const visit of safe) if (!await hasArrived(visit)) lost.push(visit.householdId)
  return { lost, doubled: findDoubled() }

  async function hasArrived({ householdId, visitId, photos }: Safe) {
    const { visits, kept } = read(({ $client }) => ({
      visits: $client.prepare(`SELECT 1 FROM visits v JOIN households h ON h.visit_id = v.id AND h.stage = 'submitted'
        WHERE v.id = ? AND v.household_id = ? AND v.status = 'submitted'`).all(visitId, householdId),
      kept: $client.prepare(`SELECT p.kind, f.sha256, f.mime, f.bytes, f.pack, f.pack_offset AS packOffset
        FROM visit_photos p JOIN files f ON f.sha256 = p.sha256 WHERE p.visit_id = ?`).all(visitId) as Photo[],
    }))
    if (visits.length !== 1 || kept.length !== photos.length) return false
    for (const { kind, sha256 } of photos) {
      const photo = kept.find((one) => one.kind === kind)
      if (photo?.sha256 !== sha256 || await hashOf(photo) !== sha256) return false
    }
    return true
  }

  function findDoubled() {
    return read(({ $client }) => $client.prepare(`SELECT household_id AS id FROM visits GROUP BY household_id HAVING count(*) > 1
      UNION SELECT household_id FROM deliveries GROUP BY household_id HAVING count(*) > 1
      UNION SELECT household_id FROM visits WHERE submit_count > 1
      UNION SELECT household_id FROM transitions WHERE to_stage = 'submitted' GROUP BY household_id HAVING count(*) > 1`).pluck().all() as string[])
  }

  async function hashOf(file: StoredFile) {
    return createHash('sha256').update(await readStored(directory, file)).digest('hex')
  }
}
