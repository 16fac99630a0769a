import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfigOrEnd } from '#app/config.ts'
import { Told } from '#app/operation/failures.ts'
import { Problem } from '#app/problems.ts'
import { hashPassword } from '#app/sessions/passwords.ts'
import { system } from '#app/users/actor.ts'
import { ONE_TIME_HOURS } from '#app/users/one-time.ts'
import { unlockUser } from '#app/users/securing.ts'
import { findUserNamed, inviteUser, makeOneTimePassword, USERNAME, USERNAME_WORDS } from '#app/users/users.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// `npm run users -- admin NAMA "NAMA LENGKAP"`, `npm run users -- unlock NAMA`. For whoever sits at the server: the first administrator
// of an empty installation, or another where the only one is shut out, is made by nobody in the pages. Works beside the running server.
const USAGE = `Perintah: npm run users -- admin NAMA_PENGGUNA "NAMA LENGKAP"   undang seorang admin sistem
          npm run users -- unlock NAMA_PENGGUNA                  buka kunci masuk`

const { positionals: [verb, username = '', ...words] } = parseArgs({ allowPositionals: true })
const { database } = readConfigOrEnd()

const fail = (said: string) => {
  console.error(said)
  process.exitCode = 1
}

async function admin(db: Db) {
  const name = words.join(' ').trim()
  if (!USERNAME.test(username) || !name) return fail(`${name ? `Nama pengguna ${username} tidak bisa dipakai. ${USERNAME_WORDS}` : 'Sebutkan pula nama lengkapnya.'}\n${USAGE}`)
  const password = makeOneTimePassword()
  const passwordHash = await hashPassword(password)
  transact(db, system, (tx) => inviteUser(tx, { id: randomUUID(), username, name, phone: null, role: 'administrator', regions: [''], passwordHash }))
  console.log(`${name} diundang sebagai admin sistem dan dicatat di jejak audit. Masuk dengan nama pengguna ${username} dan kata sandi sementara ${password} ` +
    `(berlaku ${ONE_TIME_HOURS} jam, diganti saat masuk).`)
}

function unlock(db: Db) {
  const user = findUserNamed(db, username)
  if (!user) return fail(`Tidak ada pengguna bernama ${username}.`)
  const wasShut = transact(db, system, (tx) => unlockUser(tx, user.id))
  console.log(wasShut ? `Kunci masuk ${user.username} dibuka dan dicatat di jejak audit. Pengguna bisa mencoba lagi sekarang.` : `${user.username} tidak sedang terkunci. Tidak ada yang diubah.`)
}

const WORK: Record<string, (db: Db) => unknown> = { admin, unlock }

const work = WORK[verb ?? '']
if (!work || !username) fail(USAGE)
else if (!existsSync(database)) fail(`Basis data ${database} tidak ada. Periksa SIKS_DATA; bila SIKS belum pernah dijalankan, jalankan dahulu.`)
else {
  try {
    const db = openDatabase(database)
    try {
      await work(db)
    } finally {
      db.$client.close()
    }
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Told)) throw error
    fail(error instanceof Problem ? Object.values(error.fields)[0] ?? error.message : error.message)
  }
}
