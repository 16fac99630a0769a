import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { s3Store } from '#app/backup/s3-store.ts'
import { readConfig } from '#app/config.ts'
import { makeCarrier } from '#app/files/carrying.ts'
import { freeSome } from '#app/files/freeing.ts'
import { keepTogether, readStored } from '#app/files/packs.ts'
import { usePhotoStore, type PhotoSettings } from '#app/files/photo-store.ts'
import { asIncoming, recordFile, type StoredFile } from '#app/files/store.ts'
import { countWaiting, uploadSome } from '#app/files/uploading.ts'
import { makeKey, useKeys } from '#db/key-ring.ts'
import { sha256 } from '#test/support/delivery.ts'
import { ACCESS, s3Server } from '#test/support/s3.ts'
import { freshDatabase } from '#test/support/world.ts'

// Visits' photos on their way into an S3 store, the look at each before its copy here goes, and the first look at one that lies there
// alone. Against the store of SIKS_PHOTOS and SIKS_S3_*, where they are set; otherwise against the stand-in of the tests.
const VISITS = Number(process.env.SIKS_BENCH_VISITS ?? 300)
const [PHOTOS, BYTES] = [9, 120_000]
const LATER = new Date(Date.now() + 365 * 86_400_000)

const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-photo-store-'))
const standIn = process.env.SIKS_PHOTOS ? undefined : await s3Server('foto')
const settings: PhotoSettings = standIn ? { to: 's3://foto/ukur', s3: { endpoint: standIn.endpoint, ...ACCESS }, keepBytes: 0, keepDays: 1 } : { ...readConfig().photos!, keepBytes: 0 }
const tell = (name: string, value: number, unit: string, more = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, n: VISITS, store: standIn ? 'stand-in' : settings.s3.endpoint, ...more }))

useKeys([makeKey()])
const db = freshDatabase()
const carrier = makeCarrier(directory, settings)
try {
  const stored: StoredFile[] = []
  for (let n = 0; n < VISITS; n += 1) {
    const photos = Array.from({ length: PHOTOS }, () => randomBytes(BYTES))
    const kept = await keepTogether(directory, photos.map((bytes) => ({ incoming: asIncoming([bytes], sha256(bytes)), found: { mime: 'image/jpeg' } })))
    for (const file of kept) recordFile({ db, now: new Date().toISOString() }, file)
    stored.push(kept[n % PHOTOS]!)
  }
  usePhotoStore(directory, { db, settings })
  const megabytes = VISITS * PHOTOS * BYTES / 1e6
  const seconds = async (work: () => Promise<boolean>) => {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    while (await work()) { /* until nothing is left */ }
    const { user, system } = process.cpuUsage(used)
    return { s: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 }
  }
  const sent = await seconds(() => uploadSome(db, directory, carrier, new Date().toISOString()))
  tell('photo_store_visits_sent_per_s', VISITS / sent.s, '1/s', { mb_per_s: Math.round(megabytes / sent.s), cpu_ms_per_visit: Math.round(sent.cpu * 10_000 / VISITS) / 10, waiting: countWaiting(db) })
  const freed = await seconds(() => freeSome(db, directory, carrier, settings, LATER))
  tell('photo_store_visits_proven_and_freed_per_s', VISITS / freed.s, '1/s', { mb_per_s: Math.round(megabytes / freed.s) })
  const looks: number[] = []
  for (const file of stored) {
    const begun = performance.now()
    if (sha256(await readStored(directory, file)) !== file.sha256) throw new Error('Not what was kept.')
    looks.push(performance.now() - begun)
  }
  looks.sort((a, b) => a - b)
  const at = (share: number) => looks[Math.min(looks.length - 1, Math.floor(looks.length * share))]!
  tell('photo_store_first_look_ms', at(0.5), 'ms', { p95: Math.round(at(0.95) * 10) / 10, p99: Math.round(at(0.99) * 10) / 10, lost: 0 })
  const there = await s3Store(settings.to, settings.s3).list('photos/')
  tell('photo_store_objects', there.size, '')
} finally {
  carrier.stop()
  standIn?.stop()
  rmSync(directory, { recursive: true, force: true })
}
