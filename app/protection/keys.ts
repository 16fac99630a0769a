import { parseArgs } from 'node:util'
import { readConfigOrEnd } from '#app/config.ts'
import { lockAll } from '#app/files/locking-all.ts'
import { check, encrypt, makeKeyFile, rotate } from '#app/protection/locking.ts'
import { LockedOut } from '#db/key-ring.ts'

// npm run keys -- make BERKAS | encrypt --backup FOLDER | rotate | seal | check
const { positionals: [verb, file], values: { backup } } = parseArgs({ allowPositionals: true, options: { backup: { type: 'string' } } })
const config = readConfigOrEnd()
const where = { dataDirectory: config.dataDirectory, database: config.database, keyFile: config.keyFile ?? '' }
const tell = (locked: number) => console.log(`${locked} berkas terkunci…`)

const WORK: Record<string, () => Promise<void> | void> = {
  make() {
    if (!file) throw new LockedOut('Sebutkan berkasnya: npm run keys -- make /etc/siks/kunci')
    const { id } = makeKeyFile(file)
    console.log(`Kunci ${id} ditulis ke ${file}. Simpan salinannya di brankas yang terpisah dari cadangan data: tanpa kunci, data dan cadangannya tidak dapat dibuka siapa pun.`)
  },
  async encrypt() {
    if (!backup) throw new LockedOut('Sebutkan folder untuk salinan sebelum enkripsi: npm run keys -- encrypt --backup /mnt/aman')
    const { already, copy, rows, files } = await encrypt(where, backup, tell)
    console.log(already ? 'Database sudah terenkripsi.' : `Database terenkripsi dan diperiksa: ${rows} baris sama. Salinan yang masih terbuka ada di ${copy}; hapus setelah SIKS berjalan baik.`)
    console.log(`${files} berkas dikunci.`)
  },
  rotate() {
    const { key, rows, files, finished } = rotate(where)
    console.log(`${finished ? 'Pergantian kunci yang terhenti diselesaikan' : 'Kunci diganti'}: kini ${key.id}. ${rows} baris diperiksa, ${files} kunci berkas dibungkus ulang, tidak ada foto yang ditulis ulang.`)
    console.log('Simpan berkas kunci yang baru di brankas. Kunci lama tetap di barisnya selama masih ada cadangan yang memakainya.')
  },
  async seal() {
    console.log(`${await lockAll(config.dataDirectory, tell)} berkas dikunci.`)
  },
  async check() {
    const { database, ring, dataKeys, openFiles, faults } = await check(where)
    console.log(`Database: ${database ? `terenkripsi dengan kunci ${database}` : 'belum terenkripsi'}. Kunci di berkas: ${ring.join(', ')}. Kunci berkas: ${dataKeys.length}. Berkas yang masih terbuka: ${openFiles}.`)
    for (const fault of faults) console.log(`PERLU: ${fault}`)
    process.exitCode = faults.length > 0 ? 1 : 0
  },
}

try {
  const work = WORK[verb ?? '']
  if (!work) throw new LockedOut('Perintah: npm run keys -- make BERKAS | encrypt --backup FOLDER | rotate | seal | check')
  await work()
} catch (error) {
  if (!(error instanceof LockedOut)) throw error
  console.error(error.message)
  process.exitCode = 78
}
