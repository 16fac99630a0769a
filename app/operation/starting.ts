import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#app/config.ts'
import { Told } from '#app/operation/failures.ts'
import { openClient, openDatabase, type Client, type Db } from '#db/connection.ts'
import { isMigrated } from '#db/migrate.ts'
import { openNation, type Nation } from '#db/postgres/connection.ts'
import { prepareNation } from '#db/postgres/migrate.ts'
import { ownAs } from '#db/sync-file.ts'
import { upgrade } from '#db/upgrade.ts'

// Stands in a data directory from the beginning of a restoring to its end.
export const RESTORING = 'restoring.json'

// The database, brought to what this program needs. What stops that is told to the person who starts it, without a trace of the program.
export function openPrepared({ database, dataDirectory }: Pick<Config, 'database' | 'dataDirectory'>): Db {
  try {
    if (existsSync(join(dataDirectory, RESTORING))) throw new Told('Pemulihan ke folder ini belum selesai. Ulangi perintah npm run restore yang sama; ia meneruskan.')
    takeAlone(dataDirectory)
    const db = openDatabase(database)
    const copy = upgrade(db, dataDirectory)
    isMigrated(db)
    if (copy) console.log(`Basis data diperbarui. Salinan sebelum pembaruan: ${copy}`)
    return db
  } catch (error) {
    return endWith(error, HOPELESS)
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
export async function openPreparedNation(url: string): Promise<Nation> {
  const nation = openNation(url)
  try {
    await prepareNation(nation)
    return nation
  } catch (error) {
    return endWith(error, 1)
  }
}

// As for a wrong configuration (siks.service): trying again mends nothing, it would only do the same harm every two seconds. A
// PostgreSQL that is away may come back.
const HOPELESS = 78

function endWith(error: unknown, code: number): never {
  if (!(error instanceof Told)) throw error
  console.error(`SIKS tidak dijalankan. ${error.message}`)
  if (error.cause instanceof Error) console.error(`Sebab: ${error.cause.message}`)
  return process.exit(code)
}
