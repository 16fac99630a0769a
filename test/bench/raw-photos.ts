import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

// What the disk itself can do with the bytes of a visit, five photos of 120 kB, each written and synced: so many visits a second.
export async function rawVisits(directory: string, { lanes = 8, ms = 3000 } = {}): Promise<number> {
  const into = join(directory, 'raw')
  await mkdir(into, { recursive: true })
  const bytes = Buffer.alloc(120_000, 7)
  let count = 0
  const begin = performance.now()
  const lane = async () => {
    while (performance.now() - begin < ms) {
      for (let i = 0; i < 5; i++) {
        const handle = await open(join(into, `${count}-${i}-${Math.random()}`), 'wx')
        await handle.write(bytes)
        await handle.datasync()
        await handle.close()
      }
      count++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const perSecond = count / ((performance.now() - begin) / 1000)
  await rm(into, { recursive: true })
  return perSecond
}
