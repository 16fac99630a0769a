import type { MiddlewareHandler } from 'hono'
import { Hono } from 'hono/tiny'
import { fieldPages } from '#app/field/routes.tsx'
import { headers } from '#app/headers.ts'
import { page, showProblem } from '#app/http.tsx'
import { deviceRoutes, showDevice } from '#app/offline/device-routes.tsx'
import { readDoor, type Door } from '#app/offline/door.ts'
import { lockRoutes, showLock, whatWasAsked } from '#app/offline/lock-routes.tsx'
import { doorOf, type OpenDoor, type Phone, type PhoneContext, type PhoneEnv } from '#app/offline/phone.ts'
import { fileRoutes, photoRoutes, typedRoutes } from '#app/offline/photo-routes.tsx'
import { tellLine } from '#app/offline/status-line.ts'
import { isFull, noRoom } from '#app/offline/room.ts'
import type { SyncStatus } from '#app/offline/status.ts'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { setAssets } from '#views/ui/assets.ts'
import { NoPackPage, NoSignalPage, RefusedPage, SignedOutPage } from '#views/offline/no-signal.tsx'

// The pages this phone makes itself: the officer's over what lies on it, and those about the phone. The worker sends here
// what it does not leave to the server.
export function phonePages(phone: Phone, hashes: Record<string, string> = {}) {
  setAssets(hashes)
  const app = new Hono<PhoneEnv>()
  app.onError((error, c) => showProblem(isFull(error) ? noRoom() : error, c))
  app.notFound((c) => showProblem(notFound('Halaman'), c))
  app.use(headers(), enter(phone))
  app.route(OWN_PAGES, ownPages)
  app.get('/field/device', (c, next) => {
    const door = doorOf(c)
    return door.kind === 'open' ? showDevice(c, phone, door) : next()
  })
  app.route('/field/device', lockRoutes(phone, (c, path, init) => app.request(path, init, { afterwards: c.env.afterwards })))
  app.use('/field/device/file', demandOpen(phone))
  app.route('/field/device', deviceRoutes(phone))
  app.use('/field/*', demandOpen(phone), sendWhatIsSubmitted(phone))
  app.use('/field', getReady(phone))
  app.route('/field', photoRoutes(phone))
  app.route('/field', typedRoutes(phone))
  app.route('/field', fieldPages((c) => phone.storeOf(doorOf(c as PhoneContext) as OpenDoor)))
  app.use('/files/*', demandOpen(phone))
  app.route('/files/visits', fileRoutes(phone))
  return app
}

// Who is here, and the line under the masthead. What is told after a post waits in memory: a worker that is ended between
// a post and its page loses one sentence.
function enter(phone: Phone): MiddlewareHandler<PhoneEnv> {
  let message: string | undefined
  const leave = (words: string) => void (message = words)
  const take = () => {
    const words = message
    message = undefined
    return words
  }
  return async (c, next) => {
    const door = c.env.door ??= await readDoor(phone.now())
    if (door.kind !== 'none') c.set('phone', { leave, take, status: tellLine(door.status, phone.isOnline()) })
    if (door.kind === 'open') c.set('actor', door.user as Actor)
    // Nor does "back" show a page after the phone was locked.
    c.header('Cache-Control', 'no-store')
    await next()
  }
}

const demandOpen = (phone: Phone): MiddlewareHandler<PhoneEnv> => async (c, next) => {
  const door = doorOf(c)
  if (door.kind === 'shut') return showLock(c, phone, door, await whatWasAsked(c))
  if (door.kind === 'none') return page(c, 'Tidak ada sinyal', <NoPackPage people={door.people} />)
  await next()
}

const getReady = (phone: Phone): MiddlewareHandler<PhoneEnv> => async (c, next) => {
  await next()
  const door = doorOf(c)
  if (door.kind === 'open') c.env.afterwards?.(phone.getReady(door))
}

const sendWhatIsSubmitted = (phone: Phone): MiddlewareHandler<PhoneEnv> => async (c, next) => {
  await next()
  if (c.req.path.endsWith('/submission') && (c.res.status === 303 || c.res.status === 204)) c.env.afterwards?.(phone.send({}))
}

// What the worker shows in place of an answer it did not get. Nobody can ask for these by address.
export const OWN_PAGES = '/-'

const ownPages = new Hono<PhoneEnv>()
  .get('/no-pack', (c) => page(c, 'Tidak ada sinyal', <NoPackPage people={peopleAt(doorOf(c))} />))
  .get('/no-signal', (c) => page(c, 'Tidak ada sinyal', <NoSignalPage hasTasks={doorOf(c).kind !== 'none'} posted={c.req.query('posted') === '1'} />))
  .get('/signed-out', (c) => {
    const door = doorOf(c)
    return page(c, 'Anda sudah keluar', <SignedOutPage hasWork={door.kind !== 'none' && hasWork(door.status)} />)
  })
  .get('/refused', (c) => page(c, 'Permintaan ditolak', <RefusedPage />, { status: 403 }))

const peopleAt = (door: Door) => door.kind === 'none' ? door.people : []
const hasWork = ({ counts }: SyncStatus) => counts.queued + counts.photos + counts.troubled > 0
