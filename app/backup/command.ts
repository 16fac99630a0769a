import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { makeOpener } from '#app/backup/age-file.ts'
import { checkOpened, checkStored } from '#app/backup/checking.ts'
import { noteLast, takeLock } from '#app/backup/last.ts'
import { backUp } from '#app/backup/making.ts'
import { chooseManifest, restore, restoreMissing } from '#app/backup/restoring.ts'
import { s3Store } from '#app/backup/s3-store.ts'
import { openStore } from '#app/backup/stores.ts'
import { readConfigOrEnd } from '#app/config.ts'
import { watchDisk } from '#app/operation/disk.ts'
import { describe, Told } from '#app/operation/failures.ts'
import { demandReachable, openNation, type Nation } from '#db/postgres/connection.ts'

const USAGE = `npm run backup -- [--to FOLDER]
npm run backup -- --check [--full] [--from FOLDER] [--at 2026-11-29] [--identity BERKAS]
npm run backup -- --new-key
npm run restore -- [--from FOLDER] [--at 2026-11-29] --identity BERKAS
npm run restore -- --missing [--from FOLDER] [--at 2026-11-29] --identity BERKAS`

const { values: asked, positionals: [verb = 'backup', ...more] } = read()

try {
  if (!['backup', 'restore'].includes(verb) || more.length > 0) throw new Told(USAGE)
  if (asked['new-key']) await newKey()
  // Asked first: what is only to be looked at is never brought back.
  else if (asked.check) await check()
  else if (verb === 'restore' && asked.missing) await bringMissing()
  else if (verb === 'restore' || asked.from) await bringBack()
  else await make()
} catch (error) {
  // What nobody foresaw goes to the log of the server that started us, so without its content.
  console.error(error instanceof Told ? error.message : JSON.stringify({ level: 'error', time: new Date().toISOString(), failure: describe(error), msg: 'backup' }))
  process.exitCode = 1
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        to: { type: 'string' }, from: { type: 'string' }, at: { type: 'string' }, identity: { type: 'string', multiple: true },
        check: { type: 'boolean' }, missing: { type: 'boolean' }, full: { type: 'boolean' }, 'new-key': { type: 'boolean' },
      },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`)
    return process.exit(1)
  }
}

// For whoever keeps it: it is printed once and never lies on the server.
async function newKey() {
  const identity = await generateX25519Identity()
  console.log(`# Kunci rahasia cadangan SIKS. Simpan di luar server; tanpa kunci ini cadangan tidak dapat dibuka.\n# Kunci umum untuk SIKS_BACKUP_RECIPIENTS: ${await identityToRecipient(identity)}\n${identity}`)
}

function storeOf(config: ReturnType<typeof readConfigOrEnd>, given?: string) {
  const to = given ?? config.backup.to
  if (!to) throw new Told('Belum ditentukan ke mana. Isi SIKS_BACKUP_TO, atau sebutkan --to FOLDER.')
  if (to.startsWith('s3://') && config.backup.recipients.length === 0 && verb === 'backup' && !asked.check) throw new Told('Cadangan yang keluar dari server ini wajib dienkripsi: isi SIKS_BACKUP_RECIPIENTS.')
  return openStore(to, config.backup.s3)
}

// A file of age: lines of keys. Around them may stand whatever came along: notes, or the two lines with which npm names a script.
function openerOf() {
  if (!asked.identity) return undefined
  const lines = asked.identity.flatMap((path) => identityIn(path).split(/\r?\n/)).map((line) => line.trim()).filter((line) => line.startsWith('AGE-SECRET-KEY-'))
  try {
    if (lines.length > 0) return makeOpener(lines)
  } catch { /* told below */ }
  throw new Told(`Tidak ada kunci rahasia cadangan yang utuh di ${asked.identity.join(', ')}: satu baris yang dimulai dengan AGE-SECRET-KEY-1. Kunci umum (age1…) tidak membuka.`)
}

function identityIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Told(`Berkas kunci ${path} ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'tidak ada' : 'tidak dapat dibaca oleh pengguna yang menjalankan perintah ini'}.`)
  }
}

async function make() {
  const config = readConfigOrEnd()
  const { dataDirectory, backup, photos } = config
  watchDisk(dataDirectory, config.disk)
  const giveBack = lockFor(dataDirectory)
  const nation = backup.nation ? openNation(config.databaseUrl!) : undefined
  try {
    const withoutNation = nation !== undefined && await isAway(nation)
    const made = await backUp({ nation: withoutNation ? undefined : nation, withoutNation, dataDirectory, store: storeOf(config, asked.to), recipients: backup.recipients, keep: backup.keep, photos: photos && s3Store(photos.to, photos.s3) })
    noteLast(dataDirectory, { made })
    const seconds = (made.tookMs / 1000).toFixed(1).replace('.', ',')
    console.log(`Cadangan utuh di ${made.where}: ${made.households} rumah tangga, ${made.files} berkas (${made.newFiles} baru), ${made.encrypted ? 'dienkripsi' : 'tidak dienkripsi'}, ${seconds} detik.${nationNote(made.batches)} Tersimpan ${made.kept} cadangan.${awayNote(made.elsewhere)}`)
    if (made.withoutNation) console.log('Perhatian: PostgreSQL tidak dapat dihubungi, jadi data nasional TIDAK ada di cadangan ini. Tidak ada cadangan lama yang dibuang. Periksa PostgreSQL, lalu cadangkan lagi.')
    if (made.sameDisk) console.log('Perhatian: cadangan ini berada di disk yang sama dengan datanya. Pakai disk lain.')
  } catch (failure) {
    noteLast(dataDirectory, { failure })
    throw failure
  } finally {
    await nation?.close()
    giveBack()
  }
}

// The data of this server are copied all the same.
function isAway(nation: Nation): Promise<boolean> {
  return demandReachable(nation).then(() => false, (error: Error) => {
    console.error(error.message)
    return true
  })
}

function lockFor(dataDirectory: string): () => void {
  try {
    const giveBack = takeLock(dataDirectory)
    if (giveBack) return giveBack
  } catch (failure) {
    noteLast(dataDirectory, { failure })
    throw failure
  }
  throw new Told('Pencadangan lain sedang berjalan.')
}

function awayNote(files: number | undefined, where = 'penyimpanan foto (SIKS_PHOTOS)') {
  return files ? ` ${files} berkas lama tidak ada di dalamnya, melainkan di ${where}.` : ''
}

function nationNote(batches?: number) {
  return batches === undefined ? '' : ` Termasuk data nasional: ${batches} berkas pengesahan.`
}

async function check() {
  const store = storeOf(readConfigOrEnd(), asked.from ?? asked.to)
  const manifest = await chooseManifest(store, asked.at)
  const [opener, full] = [openerOf(), asked.full ?? false]
  const opens = !manifest.encrypted || opener !== undefined
  const read = opens ? await checkOpened(store, manifest, { opener: manifest.encrypted ? opener : undefined, full }) : await checkStored(store, manifest, { full })
  console.log(`Cadangan ${manifest.at} utuh: ${manifest.files.length} berkas, ${read} dibaca ulang, ${opens ? 'basis data dibuka dan diperiksa' : 'tanpa dibuka (kunci rahasia tidak disebut)'}.${nationNote(manifest.nation?.counts.batches?.rows)}${awayNote(manifest.elsewhere?.files, manifest.elsewhere?.where)}`)
}

async function bringMissing() {
  const config = readConfigOrEnd()
  const { at, brought } = await restoreMissing({ store: storeOf(config, asked.from), dataDirectory: config.dataDirectory, opener: openerOf(), until: asked.at })
  console.log(`${brought} foto dan berkas diambil kembali dari cadangan ${at}; yang lain sudah utuh di ${config.dataDirectory}. Buat cadangan baru supaya halaman Operasi memeriksanya lagi.`)
}

async function bringBack() {
  const config = readConfigOrEnd()
  const begun = performance.now()
  const nation = config.databaseUrl ? openNation(config.databaseUrl) : undefined
  const restored = await restore({ store: storeOf(config, asked.from), dataDirectory: config.dataDirectory, opener: openerOf(), until: asked.at, nation }).finally(() => nation?.close())
  const { at, counts, files, migration, elsewhere } = restored
  console.log(`Dipulihkan ke ${config.dataDirectory} dari cadangan ${at}: ${counts.households} rumah tangga, ${files.length} berkas, semua hash cocok, skema ${migration}, ${Math.round((performance.now() - begun) / 1000)} detik.${nationNote(restored.nation?.counts.batches?.rows)}`)
  if (elsewhere) console.log(`${elsewhere.files} berkas lama tetap di ${elsewhere.where}: isi SIKS_PHOTOS dan SIKS_S3_* seperti semula; berkas itu diambil saat dibuka.`)
  console.log('Sebelum menjalankan server, pasang pula berkas SIKS_KEY_FILE bila basis datanya dienkripsi; lalu: SIKS_DEMO=false npm start')
}
