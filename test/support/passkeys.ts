import type { Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { passkeys } from '#db/schema/index.ts'
import { Authenticator } from '#test/support/authenticator.ts'
import { freshCode } from '#test/support/factors.ts'
import { freshApp, PASSWORD, siti } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>
type Options = Parameters<Authenticator['make']>[0]

// Somebody at a browser of their own, which keeps its cookies; `challenge` is what its script would ask for.
export function browserOf({ app, db }: World, headers: Record<string, string> = {}) {
  const jar = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.request(path, { redirect: 'manual', ...init, headers: { ...headers, Cookie: cookie, ...(init.headers as Record<string, string>) } })
    for (const one of answer.headers.getSetCookie()) {
      const [name, value] = one.split(';')[0]!.split('=') as [string, string]
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    return answer
  }
  const ask = async (path: string, fields?: Record<string, string>) => {
    const answer = await send(path, fields && { method: 'POST', body: new URLSearchParams(fields) })
    return { status: answer.status, to: answer.headers.get('Location'), html: await answer.text() }
  }
  const enter = async ({ id }: Pick<Actor, 'id'>, next = '/') => ask('/session', { username: id, password: PASSWORD, next })
  return {
    db, jar, send, ask, enter,
    enterWhole: async (who: Actor) => {
      if ((await enter(who)).to?.startsWith('/session/code')) await ask('/session/code', { code: freshCode(db, who), next: '/' })
    },
    challenge: async (path: string) => {
      const answer = await send(`${path}/challenge`, { method: 'POST', headers: { Accept: 'application/json' } })
      return { status: answer.status, ...await answer.json() as { options: Options, problem?: { code: string, message: string } } }
    },
  }
}
export type Visitor = ReturnType<typeof browserOf>

export const KEYS = '/account/factor/passkeys'

// A key of this device for whoever is signed in.
export async function addKey(visitor: Visitor, device = new Authenticator(), name = 'HP kantor') {
  const { options } = await visitor.challenge(KEYS)
  const answer = await visitor.ask(KEYS, { name, response: device.make(options) })
  return { device, ...answer }
}

// What the button on the sign-in page does.
export async function enterByKey(visitor: Visitor, device: Authenticator, lies: Parameters<Authenticator['use']>[1] = {}, next = '/') {
  const { options } = await visitor.challenge('/session/passkey')
  device.counter += 1
  return visitor.ask('/session/passkey', { response: device.use(options, lies), next })
}

// Siti with a key of her phone: made once, since ten recovery codes are ten slow hashes, and copied for each test.
type Made = { bytes: Buffer, cookies: [string, string][], device: Authenticator, html: string }
let made: Made | undefined

async function makeSiti(): Promise<Made> {
  const world = freshApp()
  const sitis = browserOf(world)
  await sitis.enter(siti)
  const { device, html } = await addKey(sitis)
  return { bytes: world.db.$client.serialize(), cookies: [...sitis.jar], device, html }
}

export async function sitiWithKey() {
  const { bytes, cookies, device, html } = made ??= await makeSiti()
  const world = freshApp(openDatabase(bytes))
  const sitis = browserOf(world)
  for (const [name, value] of cookies) sitis.jar.set(name, value)
  return { world, sitis, device: new Authenticator(device), html }
}

const CODES = /<code>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})<\/code>/g
export const codesIn = (html: string) => [...html.matchAll(CODES)].map((found) => found[1]!)
export const keysOf = (db: Db) => db.select().from(passkeys).all()
// Eleven minutes pass.
export const later = (db: Db, id: string) => db.$client.prepare('UPDATE sessions SET confirmed_at = confirmed_at - 660000 WHERE user_id = ?').run(id)
