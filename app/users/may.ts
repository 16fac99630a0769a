import type { MiddlewareHandler } from 'hono'
import type { Env } from '#app/http.tsx'
import { forbidden } from '#app/problems.ts'
import { can, type Verb } from '#app/users/permissions.ts'

// Before a form is even read: may this person do this at all? The operation asks again; it does not trust its caller.
export const may = (...verbs: Verb[]): MiddlewareHandler<Env> => async (c, next) => {
  if (!verbs.some((verb) => can(c.var.actor, verb))) throw forbidden()
  await next()
}
