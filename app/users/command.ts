import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfigOrEnd } from '#app/config.ts'
import { system } from '#app/users/actor.ts'
import { unlockUser } from '#app/users/securing.ts'
import { findUserNamed } from '#app/users/users.ts'
import { openDatabase } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// `npm run users -- unlock NAMA`. For whoever sits at the server: the only administrator cannot unlock their own name in the pages.
// Works beside the running server.
const { positionals: [verb, name] } = parseArgs({ allowPositionals: true })
const { database } = readConfigOrEnd()

const fail = (words: string) => {
  console.error(words)
  process.exitCode = 1
}

function unlock(username: string) {
  const db = openDatabase(database)
  try {
    const user = findUserNamed(db, username)
    if (!user) return fail(`Tidak ada pengguna bernama ${username}.`)
    const wasShut = transact(db, system, (tx) => unlockUser(tx, user.id))
    console.log(wasShut ? `Kunci masuk ${user.username} dibuka dan dicatat di jejak audit. Pengguna bisa mencoba lagi sekarang.` : `${user.username} tidak sedang terkunci. Tidak ada yang diubah.`)
  } finally {
    db.$client.close()
  }
}

if (verb !== 'unlock' || !name) fail('Perintah: npm run users -- unlock NAMA_PENGGUNA')
else if (!existsSync(database)) fail(`Basis data ${database} tidak ada. Periksa SIKS_DATA.`)
else unlock(name)
