import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfigOrEnd, type Config } from '#app/config.ts'
import { Told } from '#app/operation/failures.ts'
import { system } from '#app/users/actor.ts'
import { openDatabase } from '#db/connection.ts'
import { isMigrated } from '#db/migrate.ts'
import { openMoment } from '#db/moment.ts'
import { demandReachable, openNation } from '#db/postgres/connection.ts'
import { derivedTables, installationOf } from '#db/postgres/moved-tables.ts'
import { moveInstallation, type Moved } from '#db/postgres/moving.ts'
import { transact } from '#db/transaction.ts'

// `npm run move -- --to postgres://… [--as 34.02]`: everything of this installation into PostgreSQL, counted and summed on both sides.
// The server may go on meanwhile: what is moved is one moment of its database.
const USAGE = 'npm run move -- --to postgres://… [--as 34.02]'

type Say = (line: string) => void

export async function move(args: string[], config: Pick<Config, 'database' | 'databaseUrl'>, say: Say) {
  const { values } = parseArgs({ args, options: { to: { type: 'string' }, as: { type: 'string' } } })
  const url = values.to ?? config.databaseUrl
  if (!url) throw new Told(`Sebutkan ke mana: ${USAGE}`)
  if (!existsSync(config.database)) throw new Told(`Tidak ada basis data di ${config.database}. Isi SIKS_DATA dengan folder data instalasi ini.`)
  const db = openDatabase(config.database)
  if (!isMigrated(db)) throw new Told('Basis data ini dari versi lain. Jalankan SIKS versi ini sekali, lalu ulangi.')
  const installation = values.as ?? installationOf(db)
  if (!installation || !/^[0-9a-z][0-9a-z.-]{0,15}$/.test(installation)) throw new Told(`Instalasi ini bukan milik satu kabupaten saja. Beri nama dengan --as, misalnya --as 34.02. ${USAGE}`)
  const nation = openNation(url)
  await demandReachable(nation)
  const moment = openMoment(db)
  try {
    const moved = await report(moveInstallation(moment, nation, installation), say)
    say(`Dibuat ulang dari isinya, jadi tidak disalin: ${derivedTables(moment).join(', ')}.`)
    const different = moved.filter(({ same }) => !same)
    const rows = moved.reduce((sum, one) => sum + one.rows, 0)
    if (different.length > 0) throw new Told(`${different.length} tabel TIDAK sama: ${different.map(({ table }) => table).join(', ')}. Instalasi SQLite tidak berubah; ulangi perintah ini.`)
    transact(db, system, (tx) => tx.audit('installation.moved', `installation:${installation}`, { tables: moved.length, rows }))
    say(`${moved.length} tabel, ${rows} baris: jumlah dan jumlah periksa semuanya sama. Instalasi SQLite tidak berubah dan tetap dipakai.`)
  } finally {
    moment.$client.close()
    await nation.close()
    db.$client.close()
  }
}

async function report(each: AsyncIterable<Moved>, say: Say): Promise<Moved[]> {
  const all: Moved[] = []
  for await (const one of each) {
    all.push(one)
    say(`${one.same ? 'sama ' : 'BEDA '} ${one.table.padEnd(34)} ${String(one.rows).padStart(10)} ${one.checksum}${one.same ? '' : ` ≠ ${one.found.rows} ${one.found.checksum}`}`)
  }
  return all
}

if (process.argv[1]?.endsWith('db/postgres/move.ts')) {
  await move(process.argv.slice(2), readConfigOrEnd(), console.log).catch((error: unknown) => {
    if (!(error instanceof Told)) throw error
    console.error(error.message)
    if (error.cause instanceof Error) console.error(`Sebab: ${(error.cause as { code?: string }).code ?? error.cause.name}`)
    process.exitCode = 1
  })
}
