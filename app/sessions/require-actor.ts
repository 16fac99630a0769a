import type { Context, MiddlewareHandler } from 'hono'
import { dropCookie, readCookie, writeCookie } from '#app/cookies.ts'
import { isHtmx, type Deps, type Env } from '#app/http.tsx'
import { forbidden, Problem } from '#app/problems.ts'
import { findSignedIn } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

const COOKIE = 'siks_session'

export const giveToken = (c: Context<Env, any, any>, token: string, { origin }: Pick<Deps, 'origin'>) =>
  writeCookie(c, COOKIE, token, 7 * 24 * 3600, { origin })
export const readToken = (c: Context<Env, any, any>) => readCookie(c, COOKIE, { origin: c.get('origin') })
export const dropToken = (c: Context<Env, any, any>) => dropCookie(c, COOKIE, { origin: c.get('origin') })

// Puts who is acting into the request, where there is a session. Whose code is still awaited is nobody yet.
export const knowActor = (db: Db): MiddlewareHandler<Env> => async (c, next) => {
  const token = readToken(c)
  const found = token ? await findSignedIn(db, token, c.var.address) : undefined
  if (found && !found.session.awaitsCode) {
    c.set('actor', found.actor)
    c.set('session', found.session)
    c.header('Cache-Control', 'no-store')
  }
  await next()
}

// Between the password and the code: known, but nobody yet.
export async function halfSignedIn(c: Context<Env, any, any>, db: Db) {
  const token = readToken(c)
  const found = token ? await findSignedIn(db, token) : undefined
  return found?.session.awaitsCode ? found : undefined
}

export const requireActor: MiddlewareHandler<Env> = async (c, next) => {
  if (!c.get('actor')) throw new Problem('unauthenticated', 'Silakan masuk dahulu.')
  await next()
}

// What comes before all work, and the one page on which it is done: a password of one's own, then the second factor.
function firstOf({ mustChangePassword, needsFactor }: Actor): { at: string, words: string } | undefined {
  if (mustChangePassword) return { at: '/password', words: 'Ganti dahulu kata sandi sementara Anda.' }
  return needsFactor ? { at: '/account/factor', words: 'Pasang dahulu verifikasi dua langkah Anda.' } : undefined
}

export const requireReadiness: MiddlewareHandler<Env> = async (c, next) => {
  const first = firstOf(c.var.actor)
  if (!first || c.req.path === first.at || c.req.path.startsWith(`${first.at}/`)) return next()
  if (c.req.method === 'GET' && !isHtmx(c)) return c.redirect(first.at, 303)
  throw forbidden(first.words)
}
