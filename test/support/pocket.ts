import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openUser, type UserDb } from '#app/offline/database.ts'
import { deviceStore, type DeviceStore } from '#app/offline/device-store.ts'
import { forgetPack, keepPack, readList, readPack } from '#app/offline/pack-shelf.ts'
import { prepareVault, readKey } from '#app/offline/vault.ts'
import type { Holdings } from '#app/offline/visits.ts'
import { cutPack } from '#app/packs/pack.ts'
import { PACK_SCHEMA } from '#app/packs/schema.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

export const WASM = new Uint8Array(readFileSync('node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm'))
export const wasm = async () => WASM
export const PIN = '274051'
export const secretOf = (letter: string) => Buffer.alloc(32, letter).toString('base64')

export const settingsFor = ({ id, name, role, regions }: Actor, lastContact: Date) => ({
  user: { id, name, role, regions, regionLabel: '' }, receiptKey: {}, recipient: 'age1', expiryDays: 14, idleMinutes: 15, keepDays: 7,
  lastContact: lastContact.toISOString(),
})

// A phone's own side, without a browser: one user's data, unlocked, over a pack just cut from this server.
export type Pocket = Omit<Holdings, 'clock'> & { store: DeviceStore, clock: { now: () => Date, ms: () => number, at: Date, count: number }, renew: () => Promise<void> }

export async function aPocket(server: Db, actor: Actor, { at = new Date('2026-03-02T03:00:00.000Z'), deviceId = randomUUID() as string } = {}): Promise<Pocket> {
  const clock = { at, count: 0, now: () => clock.at, ms: () => clock.count }
  const db = await openUser(`${actor.id}-${randomUUID()}`)
  await prepareVault(db, { pin: PIN, secret: secretOf(actor.id), settings: settingsFor(actor, at), rounds: 1000 }, at)
  return reopened({ db, clock, server, actor, deviceId })
}

type Reopening = { db: UserDb, clock: Pocket['clock'], server: Db, actor: Actor, deviceId: string }

async function reopened({ db, clock, server, actor, deviceId }: Reopening): Promise<Pocket> {
  const key = (await readKey(db, clock.now()))!
  const renew = async () => {
    const { bytes, sequence } = cutPack(server, actor)
    await keepPack(db, key, { bytes: new Uint8Array(bytes), sequence, schema: PACK_SCHEMA }, wasm)
  }
  await renew()
  const holdings: Holdings = { db, key, clock, officerId: actor.id, regionCode: actor.regions[0]!, deviceId, pack: async () => (await readPack(db, key, wasm))!, listed: () => readList(db, key, wasm) }
  return { ...holdings, clock, renew, store: deviceStore(holdings) }
}

// The worker is ended and started again: nothing of its memory is left.
export const restart = (pocket: Pocket): DeviceStore => {
  forgetPack()
  pocket.clock.count = 0
  return deviceStore(pocket)
}
