import { existsSync } from 'node:fs'
import { readConfigOrEnd } from '#app/config.ts'
import { confirmClock, doubtOf } from '#app/operation/clock.ts'
import { Told } from '#app/operation/failures.ts'
import { Problem } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import { openDatabase } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// `npm run clock -- 2026-12-01`: for whoever sits at the server, whose codes do not hold while its clock is wrong. Works beside the running server.
const fail = (said: string) => {
  console.error(said)
  process.exitCode = 1
}

function confirm(database: string, day: string) {
  const db = openDatabase(database)
  try {
    const doubt = doubtOf(db)
    if (!doubt) return console.log('Jam server tidak sedang diragukan. Tidak ada yang diubah.')
    transact(db, system, (tx) => confirmClock(tx, day))
    console.log('Jam server dipastikan benar dan dicatat di jejak audit. Penghapusan menurut masa simpan berjalan lagi.')
  } finally {
    db.$client.close()
  }
}

const { database } = readConfigOrEnd()
const day = process.argv[2] ?? ''
if (!/^\d{4}-\d\d-\d\d$/.test(day)) fail('Perintah: npm run clock -- TAHUN-BULAN-TANGGAL   (tanggal hari ini, dilihat di HP atau kalender)')
else if (!existsSync(database)) fail(`Basis data ${database} tidak ada. Periksa SIKS_DATA.`)
else {
  try {
    confirm(database, day)
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Told)) throw error
    fail(error instanceof Problem ? Object.values(error.fields)[0] ?? error.message : error.message)
  }
}
