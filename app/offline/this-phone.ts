import { readWasm } from '#app/offline/caches.ts'
import { phoneClock } from '#app/offline/clock.ts'
import type { UserDb } from '#app/offline/database.ts'
import type { Draft } from '#app/offline/drafts.ts'
import { deviceStore } from '#app/offline/device-store.ts'
import { keepPack, readList, readPack, shelfOf } from '#app/offline/pack-shelf.ts'
import type { OpenDoor, Phone } from '#app/offline/phone.ts'
import { send, type Sender } from '#app/offline/sending.ts'
import { readMemory } from '#app/offline/status.ts'
import { openJson } from '#app/offline/vault.ts'
import type { WorkerScope } from '#app/offline/worker-scope.ts'
import type { Locks } from '#app/offline/alone.ts'

const SYNC_TAG = 'siks-send'
// The page that was asked for comes first, on a phone that does one thing at a time.
const READY_AFTER_MS = 1500
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const COUNT_TASKS = 'SELECT count(*) AS n FROM tasks'
const HEAD_OF = 'SELECT head_name AS name FROM tasks WHERE id = ?'

// The real phone, as the worker finds it.
export function makePhone(scope: WorkerScope): Phone {
  let [reached, sendings] = [true, 0]
  const network = async (request: string | Request, init?: RequestInit) => {
    try {
      const response = await fetch(request, init)
      reached = true
      return response
    } catch (error) {
      reached = false
      throw error
    }
  }
  const label = deviceLabel(navigator.userAgent)
  const tell = (message: object) => void scope.clients.matchAll({ type: 'window' }).then((pages) => pages.forEach((page) => page.postMessage(message)))
  const phone: Phone = {
    fetch: network, network, label, tell,
    now: () => new Date(),
    isOnline: () => navigator.onLine && reached,
    isAble: canRunWasm,
    isSending: () => sendings > 0,
    send: async (occasion) => {
      sendings++
      const status = await send({
        fetch: network, label, locks: navigator.locks as Locks | undefined, shelfOf: occasion.force ? healingShelf : plainShelf,
        tell: (told) => tell({ kind: 'sending', status: told }),
      }, { good: isGoodLine(), ...occasion }).finally(() => { sendings-- })
      // What is left waits for the network even when no page is open.
      if (status && status.counts.queued + status.counts.photos > 0) await scope.registration.sync?.register(SYNC_TAG).catch(() => undefined)
      return status
    },
    newVersion: () => {
      const { waiting } = scope.registration
      return waiting && { use: () => waiting.postMessage({ kind: 'take-over' }) }
    },
    storage: readStorage,
    storeOf: ({ db, key, user, deviceId }) =>
      deviceStore({
        db, key, officerId: user.id, regionCode: user.regions[0] ?? '', deviceId, clock: phoneClock, pack: async () => (await readPack(db, key, readWasm))!, listed: () => readList(db, key, readWasm),
      }),
    getReady: async ({ db, key }) => {
      await pause(READY_AFTER_MS)
      await readPack(db, key, readWasm).catch(() => undefined)
    },
    packOf: readPackFacts,
    keepPack: (db, key, pack) => keepPack(db, key, pack, readWasm),
  }
  return phone
}

const plainShelf: Sender['shelfOf'] = (db, key) => shelfOf(db, key, readWasm)

// Asked for by a person: a pack that cannot be read counts as the oldest there is, so that a whole one takes its place.
const healingShelf: Sender['shelfOf'] = (db, key) => {
  const shelf = plainShelf(db, key)
  return { ...shelf, sequence: async () => await readPack(db, key, readWasm).then(() => true, () => false) ? shelf.sequence() : 0 }
}

const EMPTY_MODULE = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
function canRunWasm() {
  try {
    return new WebAssembly.Module(EMPTY_MODULE) instanceof WebAssembly.Module
  } catch {
    return false
  }
}

const isGoodLine = () => (navigator as { connection?: { effectiveType?: string } }).connection?.effectiveType === '4g'

async function readStorage() {
  const [kept, { usage, quota }] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()])
  return { kept, used: usage ?? null, quota: quota ?? null }
}

async function readPackFacts({ db, key }: OpenDoor) {
  const [pack, row, { tasksAt = '' }] = await Promise.all([readPack(db, key, readWasm).catch(() => undefined), db.get('pack', 'pack'), readMemory(db)])
  return {
    freshAt: tasksAt > row!.cutAt ? tasksAt : row!.cutAt, bytes: row!.data.byteLength, tasks: pack?.get<{ n: number }>(COUNT_TASKS)!.n ?? null,
    nameOf: async (householdId: string) => pack?.get<{ name: string }>(HEAD_OF, householdId)?.name ?? nameInDrafts(db, key, householdId),
  }
}

// Of a household that was given to somebody else meanwhile.
async function nameInDrafts(db: UserDb, key: CryptoKey, householdId: string): Promise<string | undefined> {
  const [row] = await db.getAllFromIndex('drafts', 'household', householdId)
  return row && (await openJson<Draft>(key, row)).task.headName
}

// "Android 9; SM-J260G": by this the office tells one phone from another.
function deviceLabel(userAgent: string): string {
  const [, inside = userAgent] = /\(([^)]*)\)/.exec(userAgent) ?? []
  return inside.replace(/^Linux; |; wv$| Build\/[^;]*/g, '').slice(0, 80) || 'HP'
}
