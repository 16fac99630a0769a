import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isHtmx, type Deps, type Env } from '#app/http.tsx'
import { forbidden, Problem } from '#app/problems.ts'
import { findActor } from '#app/sessions/sessions.ts'
import type { Db } from '#db/connection.ts'

export const COOKIE = 'siks_session'

export const giveToken = (c: Context<Env, any, any>, token: string, { origin }: Pick<Deps, 'origin'>) =>
  setCookie(c, COOKIE, token, {
    path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 7 * 24 * 3600, secure: origin?.startsWith('https:') ?? false,
  })

// Puts who is acting into the request, where there is a session.
export const knowActor = (db: Db): MiddlewareHandler<Env> => async (c, next) => {
  const token = getCookie(c, COOKIE)
  const actor = token ? await findActor(db, token) : undefined
  if (actor) {
    c.set('actor', actor)
    c.header('Cache-Control', 'no-store')
  }
  await next()
}

export const requireActor: MiddlewareHandler<Env> = async (c, next) => {
  if (!c.get('actor')) throw new Problem('unauthenticated', 'Silakan masuk dahulu.')
  await next()
}

// A one-time password opens only the page on which it is replaced.
export const requireOwnPassword: MiddlewareHandler<Env> = async (c, next) => {
  if (!c.var.actor.mustChangePassword || c.req.path === '/password') return next()
  if (c.req.method === 'GET' && !isHtmx(c)) return c.redirect('/password', 303)
  throw forbidden('Ganti dahulu kata sandi sementara Anda.')
}
