import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { PhotoSettings } from '#app/files/photo-store.ts'
import type { Carrier } from '#app/files/sending-away.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// What leaves this disk: the oldest of what is in the store, as long as more than so many bytes of it lie here, and nothing younger
// than so many days. Each is read whole from the store first; what is not there to the byte stays and is sent again.
type Lying = { name: string, bytes: number, sha256: string }
const oldest = statement<[string], Lying>(`SELECT name, bytes, sha256 FROM remote_files WHERE freed_at IS NULL AND stored_at < ? ORDER BY stored_at LIMIT 50`)
const sums = statement<[], { here: number }>('SELECT bytes - freed_bytes AS here FROM photo_store WHERE id = 1')
const markFreed = statement<[string, string], unknown>('UPDATE remote_files SET freed_at = ? WHERE name = ?')
const forget = statement<[string], unknown>('DELETE FROM remote_files WHERE name = ?')
const countFreed = statement<[number, number], unknown>('UPDATE photo_store SET freed_files = freed_files + ?, freed_bytes = freed_bytes + ? WHERE id = 1')
// The next round over all files begins at once.
const countForgotten = statement<[number, number], unknown>('UPDATE photo_store SET files = files - ?, bytes = bytes - ?, round_ended_at = NULL WHERE id = 1')

const DAY_MS = 86_400_000
export type Rule = Pick<PhotoSettings, 'keepBytes' | 'keepDays'>

// false: nothing is left to do.
export async function freeSome(db: Db, directory: string, { prove }: Pick<Carrier, 'prove'>, { keepBytes, keepDays }: Rule, now: Date): Promise<boolean> {
  const some = upTo(sums(db).get()!.here - keepBytes, oldest(db).all(new Date(now.getTime() - keepDays * DAY_MS).toISOString()))
  if (some.length === 0) return false
  const proven = new Set(await prove(some))
  if (!db.$client.open) return false
  const safe = some.filter(({ name }) => proven.has(name))
  transact(db, system, (tx) => settle(tx, safe, some.filter(({ name }) => !proven.has(name))), now)
  await Promise.all(safe.map(({ name }) => unlink(join(directory, name)).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'ENOENT') throw error })))
  return true
}

function upTo(over: number, files: Lying[]): Lying[] {
  const taken: Lying[] = []
  for (let left = over; left > 0 && taken.length < files.length; left -= taken.at(-1)!.bytes) taken.push(files[taken.length]!)
  return taken
}

const bytesOf = (files: Lying[]) => files.reduce((sum, { bytes }) => sum + bytes, 0)

function settle(tx: Tx, safe: Lying[], lacking: Lying[]) {
  for (const { name } of safe) markFreed(tx.db).run(tx.now, name)
  for (const { name } of lacking) forget(tx.db).run(name)
  countFreed(tx.db).run(safe.length, bytesOf(safe))
  if (lacking.length > 0) countForgotten(tx.db).run(lacking.length, bytesOf(lacking))
  if (safe.length > 0) tx.audit('photos.freed', 'foto', { files: safe.length, bytes: bytesOf(safe) })
  if (lacking.length > 0) tx.audit('photos.not_in_store', 'foto', { files: lacking.length })
}
