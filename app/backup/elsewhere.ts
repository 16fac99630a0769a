import { createHash, randomBytes } from 'node:crypto'
import type { Manifest } from '#app/backup/manifest.ts'
import type { Store } from '#app/backup/stores.ts'
import { Told } from '#app/operation/failures.ts'
import { openDatabase } from '#db/connection.ts'

// Files that lie in the store of photos alone (files/freeing.ts) are not copied again: the backup relies on that store for them, and
// says so. Some of them, other ones each time, are read there whole; one that is not as it was lets the backup fail loudly.
type Lying = { name: string, sha256: string }
export type Elsewhere = { files: number, bytes: number, some: Lying[] }

const SAMPLE = 20

// file: the copy of the database, which may be of an older program.
export function listElsewhere(file: string): Elsewhere {
  const { $client } = openDatabase(file)
  try {
    if (!$client.prepare("SELECT 1 FROM sqlite_master WHERE name = 'photo_store'").get()) return { files: 0, bytes: 0, some: [] }
    const sum = $client.prepare('SELECT freed_files AS files, freed_bytes AS bytes FROM photo_store WHERE id = 1').get() as Omit<Elsewhere, 'some'>
    const from = $client.prepare('SELECT name, sha256 FROM remote_files WHERE freed_at IS NOT NULL AND name >= ? ORDER BY name LIMIT ?')
    const begin = `photos/${randomBytes(1).toString('hex')}/`
    const after = from.all(begin, SAMPLE) as Lying[]
    return { ...sum, some: after.length < SAMPLE ? from.all('', SAMPLE) as Lying[] : after }
  } finally {
    $client.close()
  }
}

export async function checkElsewhere({ files, bytes, some }: Elsewhere, photos: Store | undefined): Promise<Manifest['elsewhere']> {
  if (files === 0) return undefined
  if (!photos) throw new Told(`${files} berkas lama hanya ada di penyimpanan foto, tetapi SIKS_PHOTOS tidak diisi. Isi seperti semula, lalu cadangkan lagi.`)
  for (const { name, sha256 } of some) {
    const found = await photos.read(name)
    if (!found || createHash('sha256').update(found).digest('hex') !== sha256) throw new Told(`Penyimpanan foto tidak utuh: ${name} ${found ? 'berubah' : 'tidak ada'}. Pulihkan berkas itu dari versi lama di layanan S3.`)
  }
  return { where: photos.where, files, bytes }
}
