import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { overHttps } from '#app/headers.ts'

// Over https a cookie is named __Host-…: browsers then take it only from this very host, over https, for every path, so neither a
// neighbouring site nor somebody on the line can plant one. Over plain http no browser takes such a name, so it is the bare one.
type Host = { origin?: string }
type Ctx = Context<any, any, any>

const cookieName = (name: string, { origin }: Host) => overHttps(origin) ? `__Host-${name}` : name

export const readCookie = (c: Ctx, name: string, host: Host) => getCookie(c, cookieName(name, host))

// maxAge: seconds. Only for our own pages' posts and for links that lead here.
export const writeCookie = (c: Ctx, name: string, value: string, maxAge: number, host: Host) =>
  setCookie(c, cookieName(name, host), value, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge, secure: overHttps(host.origin) })

export const dropCookie = (c: Ctx, name: string, host: Host) => writeCookie(c, name, '', 0, host)
