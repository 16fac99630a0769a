import { existsSync, readdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'

export const WORK = 'backup-work'
export type Found = { path: string, bytes: number, mtime: number }

// The database is copied in its own way; the others are of this machine, or can be had again.
const NOT = /^(siks\.db.*|backup-last\.json.*|lost-photos\.txt.*|backup\.lock|restoring\.json|\..*)$/

// What a backup holds beside the database: every photo and paper, and the small files at the top, keys among them, as they are. What
// is only on its way in (incoming, exchange), or made from the rest (exports, before-upgrade), is left out.
export async function listFiles(dataDirectory: string): Promise<Found[]> {
  const top = readdirSync(dataDirectory, { withFileTypes: true }).filter((one) => one.isFile() && !NOT.test(one.name)).map(({ name }) => join(dataDirectory, name))
  const photos = join(dataDirectory, 'photos')
  const stored = !existsSync(photos) ? [] : readdirSync(photos, { withFileTypes: true, recursive: true }).filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const found: Found[] = []
  const left = [...top, ...stored]
  const lane = async () => {
    for (let path = left.pop(); path; path = left.pop()) {
      // What has gone since is in no row either.
      const known = await stat(path).catch(() => undefined)
      if (known) found.push({ path: relative(dataDirectory, path), bytes: known.size, mtime: Math.round(known.mtimeMs) })
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
  return found
}
