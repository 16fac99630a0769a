import type { Bytes } from '#app/offline/bytes.ts'
import { knowTime } from '#app/offline/clock.ts'
import type { UserDb } from '#app/offline/database.ts'
import { openPack, type Pack, type SomeChanges } from '#app/offline/pack.ts'
import type { FetchedPack, PackShelf } from '#app/offline/refresh.ts'
import type { Wasm } from '#app/offline/sqlite.ts'
import { open, seal } from '#app/offline/vault.ts'
import { PACK_SCHEMA } from '#app/packs/schema.ts'

// The pack lies sealed in the user's database, and open in the worker's memory for as long as that lives. Opening it
// is the longest part of a cold start, so it is done once.
type Held = { db: UserDb, pack: Promise<Pack | undefined> }
let held: Held | undefined
// The one before: a page may still be in the making from it.
let before: Held | undefined

// Undefined: none was ever fetched, or one of another making, which the next round replaces.
export function readPack(db: UserDb, key: CryptoKey, wasm: () => Promise<Wasm>): Promise<Pack | undefined> {
  return held?.db === db ? held.pack : hold(db, load(db, key, wasm))
}

async function load(db: UserDb, key: CryptoKey, wasm: () => Promise<Wasm>): Promise<Pack | undefined> {
  const row = await db.get('pack', 'pack')
  return row?.schema === PACK_SCHEMA ? openPack({ wasm, bytes: await open(key, row) }) : undefined
}

// On locking, and when another user takes the phone.
export function forgetPack() {
  before?.pack.then((pack) => pack?.close(), () => undefined)
  before = held
  held = undefined
}

function hold(db: UserDb, pack: Promise<Pack | undefined>) {
  forgetPack()
  held = { db, pack }
  const letGo = () => void (held = held?.pack === pack ? undefined : held)
  pack.then((opened) => opened ? knowTime(opened.meta('cutAt')) : letGo(), letGo)
  return pack
}

export async function keepPack(db: UserDb, key: CryptoKey, { bytes, sequence, schema }: FetchedPack, wasm: () => Promise<Wasm>): Promise<void> {
  const pack = await openPack({ wasm, bytes })
  await store(db, key, bytes, { sequence, schema, cutAt: pack.meta('cutAt') })
  void hold(db, Promise.resolve(pack))
}

export const shelfOf = (db: UserDb, key: CryptoKey, wasm: () => Promise<Wasm>): PackShelf => ({
  sequence: async () => (await db.get('pack', 'pack'))?.sequence ?? null,
  apply: (changes) => applyChanges(db, key, changes, wasm),
  replace: (fetched) => keepPack(db, key, fetched, wasm),
})

async function applyChanges(db: UserDb, key: CryptoKey, changes: SomeChanges, wasm: () => Promise<Wasm>) {
  const row = await db.get('pack', 'pack')
  if (row?.schema === PACK_SCHEMA && row.sequence === changes.sequence) return overtake(db)
  const pack = row && await readPack(db, key, wasm)
  if (!pack) throw new Error('There is no pack to change.')
  pack.apply(changes)
  await store(db, key, pack.exportBytes(), { ...row, sequence: changes.sequence })
}

async function store(db: UserDb, key: CryptoKey, bytes: Bytes, { sequence, schema, cutAt }: { sequence: number, schema: number, cutAt: string }) {
  const sealed = await seal(key, bytes)
  await db.put('pack', { key: 'pack', ...sealed, sequence, schema, cutAt })
  await overtake(db)
}

// From here on the pack itself tells what became of the visits the server had accepted before it.
async function overtake(db: UserDb) {
  const tx = db.transaction('outbox', 'readwrite')
  for (const row of await tx.store.getAll()) {
    if (!row.inPack && (row.state === 'accepted' || row.state === 'closed')) void tx.store.put({ ...row, inPack: true }).catch(() => undefined)
  }
  await tx.done
}
