import type { Bytes } from '#app/offline/bytes.ts'
import { knowTime } from '#app/offline/clock.ts'
import type { PackRow, UserDb } from '#app/offline/database.ts'
import { openPack, startSqlite, type Pack, type SomeChanges } from '#app/offline/pack.ts'
import type { FetchedPack, PackShelf } from '#app/offline/refresh.ts'
import type { Wasm } from '#app/offline/sqlite.ts'
import { readListed, type Listed } from '#app/offline/tasks.ts'
import { open, openJson, seal, sealJson } from '#app/offline/vault.ts'
import { unzip, zip } from '#app/offline/zip.ts'
import { PACK_SCHEMA } from '#app/packs/schema.ts'

// The pack lies sealed in the user's database, and beside it the list that was read from it. Both stay open in the
// worker's memory for as long as that lives: opening the pack is the longest part of a cold start, and a list needs none.
type Opening = () => Promise<Wasm>
type Held = { db: UserDb, pack?: Promise<Pack | undefined>, listed?: Promise<Listed[]> }
let held: Held | undefined
// The one before: a page may still be in the making from it.
let before: Held | undefined

const heldOf = (db: UserDb): Held => held?.db === db ? held : hold({ db })

// Undefined: none was ever fetched, or one of another making, which the next round replaces.
export function readPack(db: UserDb, key: CryptoKey, wasm: Opening): Promise<Pack | undefined> {
  const mine = heldOf(db)
  if (mine.pack) return mine.pack
  const opening = load(db, key, wasm)
  const letGo = () => void (mine.pack = mine.pack === opening ? undefined : mine.pack)
  opening.then((opened) => opened ? knowTime(opened.meta('cutAt')) : letGo(), letGo)
  return mine.pack = opening
}

async function load(db: UserDb, key: CryptoKey, wasm: Opening): Promise<Pack | undefined> {
  // SQLite gets ready while the pack is read and unsealed.
  startSqlite(wasm).catch(() => undefined)
  const row = await db.get('pack', 'pack')
  return row?.schema === PACK_SCHEMA ? openPack({ wasm, bytes: await unzip(await open(key, row)) }) : undefined
}

// The tasks as the list shows them, in their order.
export function readList(db: UserDb, key: CryptoKey, wasm: Opening): Promise<Listed[]> {
  const mine = heldOf(db)
  if (mine.listed) return mine.listed
  const reading = loadList(db, key, wasm)
  reading.catch(() => void (mine.listed = undefined))
  return mine.listed = reading
}

// A pack that an earlier version of this program stored has no list beside it.
async function loadList(db: UserDb, key: CryptoKey, wasm: Opening): Promise<Listed[]> {
  const row = await db.get('pack', 'list')
  if (row?.schema === PACK_SCHEMA) {
    knowTime(row.cutAt)
    return openJson<Listed[]>(key, row)
  }
  const pack = await readPack(db, key, wasm)
  return pack ? readListed(pack) : []
}

// On locking, and when another user takes the phone.
export function forgetPack() {
  before?.pack?.then((pack) => pack?.close(), () => undefined)
  before = held
  held = undefined
}

function hold(next: Held): Held {
  forgetPack()
  return held = next
}

export async function keepPack(db: UserDb, key: CryptoKey, { bytes, sequence, schema }: FetchedPack, wasm: Opening): Promise<void> {
  const pack = await openPack({ wasm, bytes })
  const [cutAt, listed] = [pack.meta('cutAt'), readListed(pack)]
  await store(db, key, { bytes, listed }, { sequence, schema, cutAt })
  hold({ db, pack: Promise.resolve(pack), listed: Promise.resolve(listed) })
  knowTime(cutAt)
}

export const shelfOf = (db: UserDb, key: CryptoKey, wasm: Opening): PackShelf => ({
  sequence: async () => (await db.get('pack', 'list') ?? await db.get('pack', 'pack'))?.sequence ?? null,
  apply: (changes) => applyChanges(db, key, changes, wasm),
  replace: (fetched) => keepPack(db, key, fetched, wasm),
})

async function applyChanges(db: UserDb, key: CryptoKey, changes: SomeChanges, wasm: Opening) {
  const row = await db.get('pack', 'pack')
  if (row?.schema === PACK_SCHEMA && row.sequence === changes.sequence) return overtake(db)
  const pack = row && await readPack(db, key, wasm)
  if (!pack) throw new Error('There is no pack to change.')
  pack.apply(changes)
  const listed = readListed(pack)
  await store(db, key, { bytes: pack.exportBytes(), listed }, { ...row, sequence: changes.sequence })
  heldOf(db).listed = Promise.resolve(listed)
}

type Contents = { bytes: Bytes, listed: Listed[] }

async function store(db: UserDb, key: CryptoKey, { bytes, listed }: Contents, { sequence, schema, cutAt }: Pick<PackRow, 'sequence' | 'schema' | 'cutAt'>) {
  const [pack, list] = await Promise.all([seal(key, await zip(bytes)), sealJson(key, listed)])
  const tx = db.transaction('pack', 'readwrite')
  await Promise.all([
    tx.store.put({ key: 'pack', ...pack, sequence, schema, cutAt }), tx.store.put({ key: 'list', ...list, sequence, schema, cutAt }), tx.done,
  ])
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
