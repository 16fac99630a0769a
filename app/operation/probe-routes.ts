import { timingSafeEqual, createHash } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import type { Deps, Env } from '#app/http.tsx'
import { alarmsOf } from '#app/operation/alarms.ts'
import { makeMetrics } from '#app/operation/metrics.ts'
import { isAlive, readiness } from '#app/operation/readiness.ts'
import { forbidden } from '#app/problems.ts'

// For machines that watch: no session, no numbers about people.
export const probeRoutes = (deps: Deps) => {
  const { db, watch, metricsToken, startedAt = new Date() } = deps
  let own: ReturnType<typeof makeMetrics> | undefined
  const alarms = alarmsOf({ ...deps, startedAt })
  const mayKnow = (c: Context<Env>) => isFromHere(c) || hasToken(c, metricsToken)
  const metrics = () => watch?.metrics ?? (own ??= makeMetrics({ ...deps, startedAt }))
  return new Hono<Env>()
    .get('/healthz', (c) => {
      const ok = isAlive(db)
      return c.json({ ok }, ok ? 200 : 503)
    })

    .get('/readyz', (c) => {
      const { ready, checks } = readiness({ ...deps, startedAt })
      return c.json({ ready, checks }, ready ? 200 : 503)
    })

    // For a watcher elsewhere, who learns that something is wrong; what it is only this machine is told, or who has the token.
    .get('/alarmz', async (c) => {
      const kinds = await alarms()
      return c.json({ ok: kinds.length === 0, ...(mayKnow(c) && { alarms: kinds }) }, kinds.length === 0 ? 200 : 503, { 'Cache-Control': 'no-store' })
    })

    .get('/metrics', async (c) => {
      if (!mayKnow(c)) throw forbidden('Angka server hanya dibaca dari server ini sendiri, atau dengan token.')
      return c.body(await metrics().text(), 200, { 'Content-Type': metrics().type, 'Cache-Control': 'no-store' })
    })
}

// Behind the proxy everybody comes from this machine; what the proxy passes on says so by its headers.
const FORWARDED = ['X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded', 'Via']
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

function isFromHere(c: Context<Env>) {
  if (FORWARDED.some((name) => c.req.header(name) !== undefined)) return false
  return !c.env?.incoming || LOOPBACK.test(getConnInfo(c as never).remote.address ?? '')
}

const hash = (text: string) => createHash('sha256').update(text).digest()

function hasToken(c: Context, token: string | undefined) {
  const given = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1]
  return token !== undefined && given !== undefined && timingSafeEqual(hash(given), hash(token))
}
