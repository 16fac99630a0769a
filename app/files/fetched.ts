import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

// Files brought back from the store for a look (photo-store.ts). Each can be had again, so they are in no backup, and the ones not
// looked at for longest make room.
export const fetchedFolder = (directory: string) => join(directory, 'fetched')

const MOST_BYTES = 2e9
const brought = new Map<string, number>()

export function noteFetched(directory: string, bytes: number) {
  const sum = (brought.get(directory) ?? 0) + bytes
  brought.set(directory, sum > MOST_BYTES / 4 ? 0 : sum)
  if (sum > MOST_BYTES / 4) void sweepFetched(directory).catch((error: unknown) => console.error(error))
}

// Down to `most` bytes. Returns how many files went.
export async function sweepFetched(directory: string, most = MOST_BYTES): Promise<number> {
  const folder = fetchedFolder(directory)
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((one) => one.isFile())
  const found = await Promise.all(names.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    const seen = await stat(path).catch(() => undefined)
    return { path, bytes: seen?.size ?? 0, usedAt: seen?.mtimeMs ?? 0 }
  }))
  let [sum, gone] = [found.reduce((all, { bytes }) => all + bytes, 0), 0]
  for (const { path, bytes } of found.sort((a, b) => a.usedAt - b.usedAt)) {
    if (sum <= most) break
    await rm(path, { force: true })
    sum -= bytes
    gone += 1
  }
  return gone
}
