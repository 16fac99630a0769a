import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Opener } from '#app/backup/age-file.ts'
import { lookInto } from '#app/backup/looking.ts'
import { databasesOf, objectsOf, type Entry, type Manifest } from '#app/backup/manifest.ts'
import { hashOf, openInto, openThrough } from '#app/backup/sealing.ts'
import type { Store } from '#app/backup/stores.ts'
import { Told } from '#app/operation/failures.ts'

const SAMPLE = 50

// What can be known without the key: everything is there in its size, and the database and some of the files, or all, still are what was written.
// Returns how many were read.
export async function checkStored(store: Store, manifest: Manifest, { full = false } = {}): Promise<number> {
  const there = await store.list('')
  for (const { object, sealedBytes } of objectsOf(manifest)) {
    if (there.get(object) !== sealedBytes) throw new Told(`Cadangan tidak lengkap: ${object} tidak ada atau terpotong.`)
  }
  const some = [...databasesOf(manifest), ...(full ? manifest.files : sampleOf(manifest.files))]
  for (const { object, sealedSha256 } of some) {
    if ((await hashOf(store.stream(object))).sha256 !== sealedSha256) throw new Told(`Cadangan rusak: isi ${object} berubah.`)
  }
  return some.length
}

// With the key, the proof itself: the database is opened and read whole, and files are what they were on the server.
export async function checkOpened(store: Store, manifest: Manifest, { opener, full = false }: { opener?: Opener, full?: boolean }): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'siks-check-'))
  try {
    await openDatabaseInto(store, manifest, join(folder, 'siks.db'), opener)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const { nation } = manifest
  if (nation) await openThrough(store.stream(nation.object), { opener, zipped: true }, async (plain, passed) => {
    for await (const _ of plain) { /* only counted */ }
    if (passed().sha256 !== nation.sha256) throw new Told('Cadangan rusak: data nasional tidak sama dengan waktu disalin.')
  })
  const some = full ? manifest.files : sampleOf(manifest.files)
  for (const { object, sha256, path } of some) {
    if ((await hashOf(store.stream(object), opener)).sha256 !== sha256) throw new Told(`Cadangan rusak: ${path} tidak sama dengan aslinya.`)
  }
  return some.length + databasesOf(manifest).length
}

// Brings the database out of the store, and believes it only when it is to the byte what was copied, and sound.
export async function openDatabaseInto(store: Store, { database, counts, audit }: Manifest, to: string, opener?: Opener) {
  const { sha256 } = await openInto(store.stream(database.object), to, { opener, zipped: true })
  if (sha256 !== database.sha256) throw new Told('Cadangan rusak: basis data tidak sama dengan waktu disalin.')
  const seen = lookInto(to)
  if (JSON.stringify([seen.counts, seen.audit]) !== JSON.stringify([counts, audit])) throw new Told('Cadangan rusak: jumlah baris berbeda dari daftar isinya.')
}

// Other ones each time.
function sampleOf(files: Entry[]): Entry[] {
  if (files.length <= SAMPLE) return files
  const first = Math.floor(Math.random() * files.length)
  return Array.from({ length: SAMPLE }, (_, n) => files[(first + Math.floor(n * files.length / SAMPLE)) % files.length]!)
}
