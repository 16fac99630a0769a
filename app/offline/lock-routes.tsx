import { Hono } from 'hono/tiny'
import * as z from 'zod/mini'
import { attempt, changed, isHtmx, page, readForm, wantsJson } from '#app/http.tsx'
import { readDevice } from '#app/offline/database.ts'
import { deviceDb, readDoor, shutCurrent, turnTo, userDb } from '#app/offline/door.ts'
import { tellSending } from '#app/offline/device-routes.tsx'
import { doorOf, type Phone, type PhoneContext, type PhoneEnv, type ShutDoor } from '#app/offline/phone.ts'
import { demandPin, preparePhone, renewContact, renewPin, type Preparing } from '#app/offline/preparing.ts'
import { evenFull } from '#app/offline/room.ts'
import { unlock } from '#app/offline/vault.ts'
import { forbidden, notFound, type Problem } from '#app/problems.ts'
import { LockPage } from '#views/offline/lock.tsx'
import { NoPackPage } from '#views/offline/no-signal.tsx'

const NewPin = z.object({ pin: z.string(), again: z.string(), user: z.optional(z.string()) })
// Only a page of the phone's own: "//elsewhere" would be another site.
const isOwnPage = (next: unknown): next is string => typeof next === 'string' && /^\/(field|files)(\/(?!\/)|\?|$)/.test(next)

type Shown = { next?: string, typed?: [string, string][], errors?: Record<string, string>, newPinErrors?: Record<string, string>, problem?: string }

// In place of the page asked for. Nothing of the pack is on it; what was posted comes along and is saved once it is open.
export async function showLock(c: PhoneContext, phone: Phone, door: ShutDoor, shown: Shown = {}) {
  if (wantsJson(c)) throw forbidden('HP terkunci. Buka kunci HP ini dahulu.')
  if (isHtmx(c)) return c.body(null, 204, { 'HX-Refresh': 'true' })
  const sending = await tellSending(door.db, phone.now())
  return page(c, 'HP terkunci', <LockPage state={door.state} name={door.user.name} others={door.others} sending={sending} {...shown} next={shown.next ?? '/field'} />, { status: 403 })
}

// Of a post its fields come along. Files do not: their page is shown again.
export async function whatWasAsked(c: PhoneContext): Promise<Pick<Shown, 'next' | 'typed'>> {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') return { next: pathname + search }
  const fields = Object.entries(await c.req.parseBody({ all: true })).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  const isText = (field: readonly [string, string | File]): field is [string, string] => typeof field[1] === 'string'
  return { next: pathname, typed: fields.every(isText) ? fields : undefined }
}

const TYPED = 'typed.'
const typedIn = (fields: Record<string, unknown>) => Object.entries(fields).filter(([name]) => name.startsWith(TYPED))
  .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name.slice(TYPED.length), String(one)]))

export const preparingOf = (phone: Phone, device: Preparing['device'], report: Preparing['report'] = () => undefined): Preparing =>
  ({ device, openDb: userDb, report, fetch: phone.fetch, label: phone.label, now: phone.now, keepPack: phone.keepPack })

// Opening and shutting. again: the phone's own pages, to which a post that waited for the PIN is handed on.
export const lockRoutes = (phone: Phone, again: (c: PhoneContext, path: string, init: RequestInit) => Response | Promise<Response>) => new Hono<PhoneEnv>()
  .post('/unlock', async (c) => {
    const fields = await c.req.parseBody({ all: true })
    const door = doorOf(c)
    const next = isOwnPage(fields.next) ? fields.next : '/field'
    if (door.kind === 'none') return c.redirect('/field', 303)
    const { state, pinsLeft } = await evenFull(() => unlock(door.db, String(fields.pin ?? ''), phone.now()))
    const typed = fields.again === 'post' ? typedIn(fields) : undefined
    if (state === 'open') return typed ? again(c, next, { method: 'POST', body: new URLSearchParams(typed) }) : c.redirect(next, 303)
    const now = await readDoor(phone.now())
    if (now.kind !== 'shut') return c.redirect(next, 303)
    return showLock(c, phone, now, { next, typed, errors: { pin: `PIN salah. Sisa ${pinsLeft} kali lagi.` } })
  })

  .post('/lock', async (c) => {
    await shutCurrent()
    return c.redirect('/field/device', 303)
  })

  .post('/user', async (c) => {
    const { user } = await readForm(c, z.object({ user: z.string() }))
    const { userIds } = await readDevice(await deviceDb())
    if (!userIds.includes(user)) throw notFound('Petugas ini di HP')
    await turnTo(user)
    return c.redirect('/field', 303)
  })

  .post('/pin', (c) => withNewPin(c, phone, 'PIN baru sudah dipakai.', (context, user, pin) => renewPin(context, user, pin)))

  .post('/prepare', (c) => withNewPin(c, phone, 'HP ini siap dipakai tanpa sinyal.', (context, user, pin) => preparePhone(context, user, pin)))

  .post('/contact', async (c) => {
    const door = doorOf(c)
    if (door.kind === 'none') return c.redirect('/field/device', 303)
    const { problem } = await attempt(() => evenFull(async () => renewContact(preparingOf(phone, await deviceDb()), door.user.id)))
    if (problem && door.kind === 'shut') return showLock(c, phone, door, { problem: problem.message, next: '/field/device' })
    if (problem) throw problem
    return changed(c, '/field/device', { message: 'Server sudah dihubungi.' })
  })

async function withNewPin(c: PhoneContext, phone: Phone, message: string, work: (context: Preparing, user: string, pin: string) => Promise<void>) {
  const form = await readForm(c, NewPin)
  const door = doorOf(c)
  const user = door.kind === 'none' ? form.user : door.user.id
  const report = (bytes: number) => phone.tell({ kind: 'preparing', bytes })
  const { problem } = await attempt(async () => {
    demandPin(form.pin, form.again)
    if (!user) throw notFound('Pengguna')
    await evenFull(async () => work(preparingOf(phone, await deviceDb(), report), user, form.pin))
  })
  if (problem) return refuse(c, phone, problem)
  if (wantsJson(c)) return c.json({ ready: true })
  return changed(c, '/field', { message })
}

async function refuse(c: PhoneContext, phone: Phone, problem: Problem) {
  const door = doorOf(c)
  if (wantsJson(c) || door.kind === 'open') throw problem
  if (door.kind === 'none') return page(c, 'HP ini', <NoPackPage people={door.people} problem={problem.message} />, { status: problem.status })
  return showLock(c, phone, door, { next: '/field', newPinErrors: problem.fields, problem: Object.keys(problem.fields).length > 0 ? undefined : problem.message })
}
