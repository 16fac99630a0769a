import type { Context } from 'hono'
import type { Env } from '#app/http.tsx'
import type { UserDb } from '#app/offline/database.ts'
import type { DeviceStore } from '#app/offline/device-store.ts'
import type { Door } from '#app/offline/door.ts'
import type { Fetch } from '#app/offline/line.ts'
import type { FetchedPack } from '#app/offline/refresh.ts'
import type { Occasion } from '#app/offline/sending.ts'
import type { SyncStatus } from '#app/offline/status.ts'

// What the phone's pages are made from: the worker hands it in, a test may hand in its own.
export type Phone = {
  fetch: Fetch, label: string, now: () => Date, isOnline: () => boolean
  // As the browser asked: to the server, with everything the request brought along.
  network: (request: Request) => Promise<Response>
  // Runs wasm, at all and under this site's policy.
  isAble: () => boolean
  send: (occasion: Occasion) => Promise<SyncStatus | undefined>
  // The browser lets no new version take over while this one is at it.
  isSending: () => boolean
  tell: (message: { kind: string } & Record<string, unknown>) => void
  newVersion: () => { use: () => void } | null
  storage: () => Promise<{ kept: boolean | null, used: number | null, quota: number | null }>
  storeOf: (open: OpenDoor) => DeviceStore
  // Opens the pack ahead: whoever looks at the list will open a household next.
  getReady: (open: OpenDoor) => Promise<void>
  packOf: (open: OpenDoor) => Promise<{ freshAt: string, tasks: number | null, bytes: number, nameOf: (householdId: string) => Promise<string | undefined> }>
  keepPack: (db: UserDb, key: CryptoKey, pack: FetchedPack) => Promise<void>
}

export type OpenDoor = Extract<Door, { kind: 'open' }>
export type ShutDoor = Extract<Door, { kind: 'shut' }>
// door: as it was found when the request came. afterwards: goes on when the answer has been given.
export type PhoneEnv = Env & { Bindings: { door?: Door, afterwards?: (work: Promise<unknown>) => void } }
export type PhoneContext = Context<PhoneEnv>
export const doorOf = (c: { env: PhoneEnv['Bindings'] }) => c.env.door!
