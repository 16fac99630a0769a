import '#app/offline/old-browsers.ts'
import { answerFile, dropOldFiles, keepFiles, staticHashes } from '#app/offline/caches.ts'
import { forgetWho, readDoor, rememberToEnd, shutCurrent, stayOpen, turnTo, type Door } from '#app/offline/door.ts'
import { makePhone } from '#app/offline/this-phone.ts'
import { OWN_PAGES, phonePages } from '#app/offline/routes.tsx'
import type { Fetching, ToWorker, WorkerScope } from '#app/offline/worker-scope.ts'

// The server on the phone. The browser ends it at any moment, so it remembers nothing: who uses the phone, and whether
// it is open, stands in IndexedDB.
const scope = globalThis as unknown as WorkerScope
const phone = makePhone(scope)
const pages = phonePages(phone, staticHashes())

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()))
scope.addEventListener('activate', (event) => event.waitUntil(dropOldFiles().then(() => scope.clients.claim())))
scope.addEventListener('sync', (event) => event.waitUntil(phone.send({})))
scope.addEventListener('message', (event) => event.waitUntil(hear(event.data as ToWorker, (answer) => event.source?.postMessage(answer))))
scope.addEventListener('fetch', (event) => {
  const answer = chooseAnswer(event)
  if (answer) event.respondWith(answer)
})

// By password, and by a key of the device. A code only follows on a password.
const SIGN_INS = ['/session', '/session/passkey']

// Undefined leaves the request to the browser.
function chooseAnswer(event: Fetching): Promise<Response> | undefined {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== scope.location.origin) return undefined
  if (pathname.startsWith('/static/')) return answerFile(request)
  if (pathname === '/field' || pathname.startsWith('/field/')) return answerField(event, pathname)
  if (pathname.startsWith('/files/visits/')) return answerPhoto(event)
  if (request.method === 'POST' && pathname === '/session/end') return signOut(event)
  if (request.method === 'POST' && SIGN_INS.includes(pathname)) return signIn(event)
  return request.mode === 'navigate' ? fromServer(event) : undefined
}

const own = (event: Fetching, door?: Door) =>
  Promise.resolve(pages.fetch(event.request, { door, afterwards: (work: Promise<unknown>) => event.waitUntil(work) }))
const ownPage = (path: string) => Promise.resolve(pages.request(`${OWN_PAGES}${path}`, {}, {}))

const fromServer = (event: Fetching) =>
  phone.network(event.request).catch(() => ownPage(`/no-signal?posted=${event.request.method === 'POST' ? 1 : 0}`))

// A browser that keeps nothing, in a private window say, is one without a pack.
const whatIsHere = () => readDoor(phone.now()).catch((): Door => ({ kind: 'none', people: [] }))

async function answerField(event: Fetching, pathname: string): Promise<Response> {
  const { request } = event
  if (request.method !== 'GET' && !isFromHere(request)) return ownPage('/refused')
  const door = await whatIsHere()
  const isAboutPhone = pathname.startsWith('/field/device/') && (request.method === 'POST' || pathname === '/field/device/status')
  if (isAboutPhone || !belongsToServer(door, pathname)) return own(event, door)
  return phone.network(request).catch(() => {
    if (request.method !== 'GET') return ownPage('/no-signal?posted=1')
    return door.kind === 'none' ? ownPage('/no-pack') : own(event, door)
  })
}

// Nothing lies here for whoever uses the phone, or nothing any more.
const belongsToServer = (door: Door, pathname: string) =>
  door.kind === 'none' || (door.kind === 'shut' && door.state === 'revoked' && pathname !== '/field/device')

// Browsers do not show a worker where a post comes from, but our own pages always name their address.
const isFromHere = ({ referrer }: Request) => referrer.startsWith(`${scope.location.origin}/`)

async function answerPhoto(event: Fetching): Promise<Response> {
  const door = await whatIsHere()
  const found = door.kind === 'open' ? await own(event, door) : undefined
  return found?.ok ? found : phone.network(event.request)
}

// The phone is shut whether the server hears of it or not. What was never sent stays.
async function signOut(event: Fetching): Promise<Response> {
  await shutCurrent()
  try {
    return await phone.network(event.request)
  } catch {
    await rememberToEnd()
    return ownPage('/signed-out')
  }
}

// A browser hides from the worker where a page is sent on to; that it is sent on is what a sign-in looks like.
async function signIn(event: Fetching): Promise<Response> {
  try {
    const response = await phone.network(event.request)
    if (response.type === 'opaqueredirect' || response.redirected) await forgetWho()
    return response
  } catch {
    return ownPage('/no-signal?posted=1')
  }
}

async function hear(message: ToWorker, answer: (words: unknown) => void): Promise<void> {
  if (message.kind === 'take-over') return scope.skipWaiting()
  if (message.kind === 'active') return stayOpen(phone.now())
  if (message.kind === 'user') await turnTo(message.id)
  if (message.kind === 'user') answer({ kind: 'door', door: (await readDoor(phone.now())).kind })
  await phone.send(message.kind === 'sync' ? { force: message.force } : { signedIn: true })
}
