// The part of a service worker's world that ours uses. TypeScript's own description of it cannot stand beside the page's.

export type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
export type Fetching = Extendable & { request: Request, respondWith: (answer: Promise<Response>) => void }
export type Messaging = Extendable & { data: unknown, source: { postMessage: (message: unknown) => void } | null }
type Window = { postMessage: (message: unknown) => void }

type Events = { install: Extendable, activate: Extendable, sync: Extendable, fetch: Fetching, message: Messaging }

export type WorkerScope = {
  location: { origin: string }
  registration: { waiting: { postMessage: (message: unknown) => void } | null, sync?: { register: (tag: string) => Promise<void> } }
  clients: { claim: () => Promise<void>, matchAll: (wanted: { type: 'window' }) => Promise<Window[]> }
  skipWaiting: () => Promise<void>
  addEventListener: <K extends keyof Events>(kind: K, listener: (event: Events[K]) => void) => void
}

// What pages and worker say to one another. user: whose page the server made. active: somebody is typing.
export type ToWorker = { kind: 'user', id: string } | { kind: 'active' } | { kind: 'sync', force?: boolean } | { kind: 'take-over' }
