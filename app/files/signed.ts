import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '#app/http.tsx'
import { forbidden } from '#app/problems.ts'

// The bytes of a photo or a paper are given out only at an address of some minutes, made for one session. The lasting address is a
// door that asks for the right again. Known to this process alone: after a restart a page is loaded anew.
const secret = randomBytes(32)
const MINUTES = 30

const markOf = (path: string, session: string, until: string) =>
  createHmac('sha256', secret).update(`${path}\n${session}\n${until}`).digest('base64url').slice(0, 27)

export function signatureFor(path: string, session: string, now = Date.now()): string {
  const until = (now + MINUTES * 60_000).toString(36)
  return `s=${until}.${markOf(path, session, until)}`
}

function isRight(path: string, session: string, signature: string): boolean {
  const [until = '', mark = ''] = signature.split('.')
  const [given, own] = [Buffer.from(mark), Buffer.from(markOf(path, session, until))]
  return given.length === own.length && timingSafeEqual(given, own)
}

const isOver = (signature: string, now: number) => !(parseInt(signature, 36) > now)

// Every address of a file on a page, as the page leaves: views go on naming what they show.
const signAddresses = (session: string) => (html: string) => html.includes('"/files/')
  ? html.replace(/"(\/files\/[\w./-]+)(\?[^"]*)?"/g, (_, path: string, query?: string) => `"${path}${query ? `${query}&amp;` : '?'}${signatureFor(path, session)}"`) : html

export const signing: MiddlewareHandler<Env> = async (c, next) => {
  const session = c.get('session')
  if (session) c.set('signed', signAddresses(session.handle))
  await next()
}

export const signedOnly: MiddlewareHandler<Env> = async (c, next) => {
  const { path } = c.req
  const session = c.get('session')!.handle
  const signature = c.req.query('s')
  if (signature === undefined) {
    c.header('Cache-Control', 'no-store')
    return c.redirect(`${encodeURI(path)}?${signatureFor(path, session)}`, 303)
  }
  if (!isRight(path, session, signature) || isOver(signature, Date.now())) throw forbidden(`Alamat ini hanya berlaku ${MINUTES} menit, untuk yang membukanya. Buka lagi dari halamannya.`)
  await next()
}
