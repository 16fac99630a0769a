import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '#app/config.ts'
import { describe, inWords, Told } from '#app/operation/failures.ts'
import { openClient, openDatabase, stateOf, type Client, type Db } from '#db/connection.ts'
import { isMigrated } from '#db/migrate.ts'
import { openNation, unavailable, type Nation } from '#db/postgres/connection.ts'
import { prepareNation } from '#db/postgres/migrate.ts'
import { ownAs } from '#db/sync-file.ts'
import { upgrade } from '#db/upgrade.ts'

// Stands in a data directory from the beginning of a restoring to its end.
export const RESTORING = 'restoring.json'

// The database, brought to what this program needs. What stops that is told to the person who starts it, without a trace of the program.
export function openPrepared({ database, dataDirectory }: Pick<Config, 'database' | 'dataDirectory'>): Db {
  try {
    if (existsSync(join(dataDirectory, RESTORING))) throw new Told('Pemulihan ke folder ini belum selesai. Ulangi perintah npm run restore yang sama; ia meneruskan.')
    demandDatabase(database, dataDirectory)
    takeAlone(dataDirectory)
    // As large as the database, of a change of keys that was cut short.
    rmSync(`${database}.relocked`, { force: true })
    const db = openDatabase(database)
    demandWritable(db)
    const copy = upgrade(db, dataDirectory)
    isMigrated(db)
    if (copy) console.log(`Basis data diperbarui. Salinan sebelum pembaruan: ${copy}`)
    return db
  } catch (error) {
    return endWith(error)
  }
}

// What only a server in use leaves. Begun anew beside it, an empty registry would look as if nobody had ever been in it.
const SIGNS_OF_USE = ['photos', 'receipt-key.pem']

function demandDatabase(database: string, dataDirectory: string) {
  if (stateOf(database) !== 'none' || !SIGNS_OF_USE.some((name) => existsSync(join(dataDirectory, name)))) return
  throw new Told(`Basis data ${database} tidak ada atau kosong, padahal folder ini sudah pernah dipakai. Tidak ada yang dibuat. Periksa SIKS_DATA dan apakah disknya terpasang (findmnt); bila basis datanya memang hilang, `
    + 'simpan folder ini di tempat lain dan pulihkan cadangan ke folder kosong (panduan, bagian 8).')
}

// One that can only be read would start, and then refuse every single thing that anybody does.
export function demandWritable(db: Db) {
  try {
    // Only what really writes is refused; to begin is not.
    db.$client.transaction(() => db.$client.pragma(`user_version = ${db.$client.pragma('user_version', { simple: true })}`)).immediate()
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
  }
}

// Until the end: one that nobody holds any more is closed by itself.
const held: Client[] = []

// One server for each data directory, or each would begin anew, and sweep away, what the other is at. The system takes the lock back when
// the process ends, however it ends.
function takeAlone(dataDirectory: string) {
  const file = join(dataDirectory, '.running')
  const lock = openClient(file, { plain: true, timeout: 0 })
  try {
    ownAs(file, dataDirectory)
    lock.exec('BEGIN EXCLUSIVE')
    held.push(lock)
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new Told(`SIKS sudah berjalan di folder data ${dataDirectory}. Hentikan dahulu yang itu (misalnya sudo systemctl stop siks), lalu ulangi.`)
  }
}

// The records of many kabupaten, where DATABASE_URL says that this is the office that collects them.
// One that is away, or not of this program, holds up nobody else: until it is prepared everything of it is refused, and it is tried again.
export async function openPreparedNation(url: string, { everyMs = 15_000, patienceMs = 2000 } = {}): Promise<Nation> {
  const opened = openNation(url)
  const shut = () => Promise.reject(unavailable())
  let closed = false
  const nation: Nation = {
    pool: { query: shut, connect: shut } as unknown as Nation['pool'], trouble: 'Sedang dihubungi.',
    close: async () => {
      closed = true
      await opened.close()
    },
  }
  const attempt = async (): Promise<void> => {
    try {
      await prepareNation(opened)
      if (nation.trouble) console.log('PostgreSQL data nasional tersambung.')
      Object.assign(nation, { pool: opened.pool, trouble: undefined })
    } catch (error) {
      if (closed) return
      const said = error instanceof Told ? error.message : inWords(describe(error))
      if (said !== nation.trouble) console.error(`Data nasional belum dapat dipakai; SIKS tetap dijalankan dan mencoba lagi. ${said}`)
      nation.trouble = said
      setTimeout(() => void attempt(), everyMs).unref()
    }
  }
  await Promise.race([attempt(), pause(patienceMs, undefined, { ref: false })])
  return nation
}

// As for a wrong configuration (siks.service): trying again mends nothing, it would only do the same harm every two seconds.
const HOPELESS = 78

// What the machine refuses to a program that starts, by its code.
const REFUSED = /^(EACCES|EPERM|EROFS|EIO|SQLITE_(CANTOPEN|READONLY|CORRUPT|NOTADB|IOERR)\w*)$/

function endWith(error: unknown): never {
  const { code: refused = '', path } = error as { code?: string, path?: string }
  if (REFUSED.test(refused)) {
    console.error(`SIKS tidak dijalankan. ${inWords(describe(error))}${path ? ` Berkas: ${path}.` : ''} Isi folder data harus milik pengguna yang menjalankan layanan: sudo chown -R siks:siks /var/lib/siks`)
    return process.exit(HOPELESS)
  }
  if (!(error instanceof Told)) throw error
  console.error(`SIKS tidak dijalankan. ${error.message}`)
  if (error.cause instanceof Error) console.error(`Sebab: ${error.cause.message}`)
  return process.exit(HOPELESS)
}
