import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countOpenFiles, lockAll } from '#app/files/locking-all.ts'
import { readWrapped, rewrap, unwrap } from '#app/files/data-keys.ts'
import { keyIdOf, stateOf } from '#db/connection.ts'
import { keyRing, LockedOut, LOOK_AT, makeKey, printRing, useKeys, type Key } from '#db/key-ring.ts'
import { countRows, openWith, relock } from '#db/locking.ts'
import { syncFile } from '#db/sync-file.ts'

// What an administrator does with the keys of an installation (keys.ts is the command). Nothing is lost where one is cut short:
// the ring holds the old key until every lock has changed, and each step may be repeated.
export type Where = { dataDirectory: string, database: string, keyFile: string }

export function makeKeyFile(path: string): Key {
  if (existsSync(path)) throw new LockedOut(`${path} sudah ada dan tidak ditimpa: kunci yang hilang tidak dapat dibuat lagi.`)
  const key = makeKey()
  writeFileSync(path, printRing([key]), { mode: 0o400, flag: 'wx', flush: true })
  syncFile(dirname(path))
  return key
}

// A plain installation under its first key. to: where the open database is put aside until somebody has seen that all is well.
export async function encrypt({ dataDirectory, database }: Where, to: string, tell?: (locked: number) => void) {
  const [key] = demandRing()
  if (stateOf(database) === 'locked') return { already: true, rows: 0, files: await lockAll(dataDirectory, tell) }
  const copy = putAside(database, to)
  const rows = relock(database, [], key!)
  return { already: false, copy, rows, files: await lockAll(dataDirectory, tell) }
}

function putAside(database: string, to: string): string {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const [copy, half] = [join(to, 'siks-sebelum-enkripsi.db'), join(to, 'siks-sebelum-enkripsi.db.part')]
  const source = openWith(database, [])
  source.pragma('wal_checkpoint(TRUNCATE)')
  const rows = countRows(source)
  source.close()
  // Of an encryption that was cut short, which goes on.
  if (existsSync(copy) && isCopyOf(copy, rows)) return copy
  if (existsSync(copy)) throw new LockedOut(`${copy} sudah ada dan bukan salinan basis data ini. Pilih folder lain untuk --backup.`)
  copyFileSync(database, half)
  chmodSync(half, 0o600)
  syncFile(half)
  renameSync(half, copy)
  if (isCopyOf(copy, rows)) return copy
  rmSync(copy)
  throw new LockedOut(`Salinan di ${copy} tidak sama dengan aslinya: SIKS masih berjalan, atau disknya bermasalah. Belum ada yang diubah.`)
}

function isCopyOf(copy: string, rows: Map<string, number>): boolean {
  // A copying that was cut off by a program before this one has left nothing that opens.
  if (stateOf(copy) !== 'plain') return false
  const made = openWith(copy, [])
  try {
    return made.pragma('quick_check', { simple: true }) === 'ok' && JSON.stringify([...countRows(made)]) === JSON.stringify([...rows])
  } finally {
    made.close()
  }
}

// A new key first on the ring, then the database under it, then the few keys of the files. One that was cut short is finished
// before another key is made.
export function rotate(where: Where): { key: Key, rows: number, files: number, finished: boolean } {
  const ring = demandRing()
  const unfinished = ring.length > 1 && lockedBy(where, ring).some((id) => id !== ring[0]!.id)
  const next = unfinished ? ring : [makeKey(), ...ring]
  if (!unfinished) writeRing(where.keyFile, next)
  useKeys(next)
  const rows = stateOf(where.database) === 'none' ? 0 : relock(where.database, next, next[0]!)
  return { key: next[0]!, rows, files: rewrap(where.dataDirectory, next), finished: unfinished }
}

const lockedBy = ({ dataDirectory, database }: Where, ring: Key[]): string[] => {
  const client = openWith(database, ring)
  const id = keyIdOf(client) ?? ''
  client.close()
  return [id, ...readWrapped(dataDirectory).map(({ by }) => by)]
}

// The whole file at once, or not at all; and on the disk before anything is locked by it. What a cut of power left beside it has locked
// nothing yet.
function writeRing(path: string, ring: Key[]) {
  rmSync(`${path}.new`, { force: true })
  writeFileSync(`${path}.new`, printRing(ring), { mode: 0o400, flag: 'wx', flush: true })
  renameSync(`${path}.new`, path)
  syncFile(dirname(path))
}

export type Check = { database: string | undefined, ring: string[], dataKeys: { id: string, by: string, opens: boolean }[], openFiles: number, faults: string[] }

export async function check({ dataDirectory, database }: Where): Promise<Check> {
  const ring = demandRing()
  const client = openWith(database, ring)
  const id = keyIdOf(client)
  const verdict = client.pragma('quick_check', { simple: true })
  client.close()
  const dataKeys = readWrapped(dataDirectory).map((one) => ({ id: one.id, by: one.by, opens: opens(() => unwrap(one, ring)) }))
  const openFiles = await countOpenFiles(dataDirectory)
  return {
    database: id, ring: ring.map((key) => key.id), dataKeys, openFiles,
    faults: [
      ...(id === undefined ? ['Database belum terenkripsi. Hentikan SIKS, lalu: npm run keys -- encrypt --backup FOLDER'] : []),
      ...(id !== undefined && id !== ring[0]!.id ? ['Database masih memakai kunci lama. Hentikan SIKS, lalu: npm run keys -- rotate'] : []),
      ...(verdict === 'ok' ? [] : [`Database rusak: ${String(verdict)}`]),
      ...dataKeys.filter((one) => !one.opens).map((one) => `Kunci berkas ${one.id} tidak terbuka: kunci ${one.by} tidak ada di berkas kunci.`),
      ...(openFiles > 0 ? [`${openFiles} berkas masih terbuka. Kunci dengan: npm run keys -- seal (boleh selagi SIKS berjalan)`] : []),
    ],
  }
}

function opens(attempt: () => unknown) {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

function demandRing(): Key[] {
  const ring = keyRing()
  if (ring.length === 0) throw new LockedOut(`${LOOK_AT} belum diisi. Buat kunci dengan: npm run keys -- make BERKAS, lalu isi ${LOOK_AT} dengan nama berkas itu.`)
  return ring
}
