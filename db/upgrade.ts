import { constants, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Told } from '#app/operation/failures.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { appliedMigrations, migrate, MigrationFailed, pendingMigrations } from '#db/migrate.ts'
import { syncFile } from '#db/sync-file.ts'

const KEPT = 3
export const COPIES = 'before-upgrade'

// At the start of a newer program. A database that holds anything is copied before it is touched; the copy is opened and
// checked before it counts. Photos are never changed by an upgrade, so they need no copy. Returns the copy, if one was made.
export function upgrade(db: Db, dataDirectory: string, directory?: string): string | undefined {
  const [from] = [...appliedMigrations(db).keys()].slice(-1)
  const pending = pendingMigrations(db, directory)
  if (pending.length === 0) return undefined
  if (from === undefined) return void migrate(db, directory)
  const folder = join(dataDirectory, COPIES)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // However it ends: a start that fails may be repeated all night, and must not fill the disk with copies.
  try {
    const copy = copyDatabase(db, folder, from)
    migrateCopied(db, copy, directory)
    return copy
  } finally {
    keepNewest(folder)
  }
}

function migrateCopied(db: Db, copy: string, directory?: string) {
  try {
    migrate(db, directory)
  } catch (error) {
    if (!(error instanceof MigrationFailed)) throw error
    throw new Told(`${error.message} Jalankan lagi program versi sebelumnya; ia dapat langsung bekerja. Salinan basis data sebelum pembaruan: ${copy}.`, { cause: error.cause })
  }
}

// The file itself, while nobody else can write: everything stands in it and the log is empty. So it also holds for a
// database that is encrypted.
function copyDatabase(db: Db, folder: string, from: string): string {
  const file = db.$client.name
  demandRoom(folder, statSync(file).size)
  const copy = join(folder, `siks-${from.replace('.sql', '')}-${new Date().toISOString().replace(/[:.]/g, '-')}.db`)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.transaction(() => {
    if (sizeOf(`${file}-wal`) > 0) throw new Told('Ada program lain yang sedang memakai basis data. Hentikan dahulu, lalu jalankan lagi.')
    copyFileSync(file, `${copy}.part`, constants.COPYFILE_FICLONE)
  }).immediate()
  syncFile(`${copy}.part`)
  check(`${copy}.part`)
  renameSync(`${copy}.part`, copy)
  return copy
}

function demandRoom(folder: string, bytes: number) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize > bytes * 1.2 + 50e6) return
  throw new Told(`Ruang disk kurang untuk menyalin basis data sebelum pembaruan: perlu ${Math.ceil(bytes * 1.2 / 1e6) + 50} MB. Tidak ada yang diubah. Kosongkan ruang, lalu jalankan lagi.`)
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0

function check(path: string) {
  const copy = openDatabase(path)
  const verdict = copy.$client.pragma('quick_check', { simple: true })
  copy.$client.pragma('wal_checkpoint(TRUNCATE)')
  copy.$client.close()
  if (verdict !== 'ok') throw new Told('Basis data rusak, jadi pembaruan tidak dimulai. Pulihkan dari cadangan terakhir: npm run restore.')
}

// One of each schema, or tries that failed would push out those of earlier upgrades. Those that were left half are none.
function keepNewest(folder: string) {
  const names = readdirSync(folder).filter((name) => /^siks-.*\.db$/.test(name))
  const newestFirst = names.sort((a, b) => statSync(join(folder, b)).mtimeMs - statSync(join(folder, a)).mtimeMs)
  const schemaOf = (name: string) => name.split(/-\d{4}-\d\d-\d\dT/)[0]
  const isNewestOf = (name: string) => newestFirst.find((one) => schemaOf(one) === schemaOf(name)) === name
  const kept = newestFirst.filter(isNewestOf).slice(0, KEPT)
  for (const name of names) if (!kept.includes(name)) rmSync(join(folder, name))
  for (const name of readdirSync(folder).filter((one) => /\.part(-wal|-shm)?$/.test(one))) rmSync(join(folder, name))
}
