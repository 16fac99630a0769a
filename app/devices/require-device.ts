import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { contact } from '#app/devices/contact.ts'
import { parse, type Env } from '#app/http.tsx'
import type { Db } from '#db/connection.ts'

const Headers = z.object({
  'siks-user': z.string().max(64).optional(), 'siks-device': z.uuid().optional(), 'siks-made': z.coerce.number().int().min(0).max(1_000_000).optional(),
})

// Before every address a phone's worker uses: whose outbox speaks, and from which phone. Pages send none of these headers.
export const deviceHeaders = (db: Db): MiddlewareHandler<Env> => async (c, next) => {
  if (!c.req.header('Siks-User') && !c.req.header('Siks-Device')) return next()
  const { 'siks-user': user, 'siks-device': device, 'siks-made': made } = parse(Headers, c.req.header())
  contact(db, c.var.actor, { user, device, made })
  // What a worker reads is never shown, so it need not carry the rules for a page over 2G.
  c.header('Content-Security-Policy', "default-src 'none'")
  await next()
}
