import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Env } from '#app/http.tsx'
import { Problem } from '#app/problems.ts'
import { findActor } from '#app/sessions/sessions.ts'
import type { Db } from '#db/connection.ts'

export const COOKIE = 'siks_session'

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
