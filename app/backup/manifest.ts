import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Store } from '#app/backup/stores.ts'
import { Told } from '#app/operation/failures.ts'

// What one backup holds. It is written last: a backup without its manifest is none. It names hashes and sizes and no person, so
// it is not encrypted, and the server can tell what is there already without the key that opens it.
const bytes = z.number().int().min(0)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const sealed = { object: z.string(), bytes, sha256: hash, sealedBytes: bytes, sealedSha256: hash }
// Whatever an admin may have put beside the database; only never outside of the folder that is restored.
const isInside = (path: string) => !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part))
const Entry = z.object({ path: z.string().refine(isInside), mtime: z.number(), ...sealed })
const Manifest = z.object({
  format: z.literal(1), at: z.iso.datetime(), program: z.string(), migration: z.string(), encrypted: z.boolean(),
  counts: z.record(z.string(), z.number()), audit: z.object({ seq: z.number(), hash: z.string() }),
  database: z.object(sealed), files: z.array(Entry),
  // What is not in this backup, because it lies in the store of photos alone; the database names each with its hash.
  elsewhere: z.object({ where: z.string(), files: bytes, bytes }).optional(),
  // Of the office that collects for the nation: what it has in PostgreSQL, with how many rows of each table and their sum.
  nation: z.object({ ...sealed, counts: z.record(z.string(), z.object({ rows: z.number(), checksum: z.string() })) }).optional(),
})
export type Manifest = z.infer<typeof Manifest>
export type Entry = z.infer<typeof Entry>
export type Sealed = z.infer<typeof Manifest>['database']

// Everything in the store that this backup is made of; the databases first.
export const objectsOf = ({ database, nation, files }: Pick<Manifest, 'database' | 'nation' | 'files'>): Sealed[] => [...databasesOf({ database, nation }), ...files]
export const databasesOf = ({ database, nation }: Pick<Manifest, 'database' | 'nation'>): Sealed[] => [database, ...nation ? [nation] : []]

export const MANIFESTS = 'manifests/'
export const nameOf = (at: string) => at.replace(/[:.]/g, '-')
const manifestOf = (at: string) => `${MANIFESTS}${nameOf(at)}.json.gz`
// 2026-11-29T01-30-00-000Z back to what it was made from.
const momentOf = (name: string) => name.slice(MANIFESTS.length, -'.json.gz'.length).replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z')

export const packManifest = (manifest: Manifest) => ({ name: manifestOf(manifest.at), content: gzipSync(JSON.stringify(manifest)) })

// Oldest first.
export const listMoments = async (store: Store): Promise<string[]> =>
  [...(await store.list(MANIFESTS)).keys()].filter((name) => name.endsWith('.json.gz')).map(momentOf).sort()

export async function readManifest(store: Store, at: string): Promise<Manifest> {
  const packed = await store.read(manifestOf(at))
  try {
    return Manifest.parse(JSON.parse(gunzipSync(packed!).toString('utf8')))
  } catch {
    throw new Told(`Daftar isi cadangan ${at} rusak atau tidak ada.`)
  }
}

export const manifestName = manifestOf
