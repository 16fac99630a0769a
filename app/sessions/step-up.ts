import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '#app/http.tsx'
import { StaleSignIn } from '#app/problems.ts'

// For what it is asked again. Its words: views/sessions/labels.ts.
export const PURPOSES = ['ratification', 'determination', 'fullExport', 'numbers', 'reset', 'role', 'person', 'ownFactor', 'package', 'difference', 'protection', 'retention'] as const
export type Purpose = typeof PURPOSES[number]

const FRESH_MS = 10 * 60 * 1000
// So much of it must be left when a form is begun, or it would run out while the form is filled in.
const TO_FILL_IN_MS = 5 * 60 * 1000

type Ctx = Context<Env, any, any>
const age = (c: Ctx) => Date.now() - (c.get('session')?.confirmedAt ?? 0)

export function demandFresh(c: Ctx, purpose: Purpose) {
  if (age(c) > FRESH_MS) throw new StaleSignIn(purpose)
}

// For a page with a weighty form: where to sign in again before anything is typed; undefined while there is time to fill it in.
export const signInAgainHref = (c: Ctx, purpose: Purpose, next = c.req.path): string | undefined => age(c) > FRESH_MS - TO_FILL_IN_MS
  ? againHref(purpose, next) : undefined

export const againHref = (purpose: string, next: string, posted = false) =>
  `/session/confirmation?${new URLSearchParams({ purpose, next, ...(posted && { posted: '1' }) })}`

// The page of such a form, where nothing is on it but the form: asked before it is even shown.
export const freshForForm = (purpose: Purpose): MiddlewareHandler<Env> => async (c, next) => {
  if (signInAgainHref(c, purpose)) throw new StaleSignIn(purpose)
  await next()
}

// Before what cannot be taken back, or shows what is hidden: whoever found an open screen goes no further.
export const freshSignIn = (purpose: Purpose): MiddlewareHandler<Env> => async (c, next) => {
  demandFresh(c, purpose)
  await next()
}
