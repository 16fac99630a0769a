import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Deps, Env } from '#app/http.tsx'
import { describe } from '#app/operation/failures.ts'
import type { Log } from '#app/operation/log.ts'
import type { Metrics } from '#app/operation/metrics.ts'

// What is written down of every request: its number, route, status, time and who asked, by our own id. Never the address itself,
// which may hold a name or a NIK, nor anything of the body.
export type Watch = { log?: Log, metrics: Metrics }

const BOOT = randomBytes(4).toString('hex')
let last = 0

// A proxy of ours may have given the request its number already.
const numberOf = (c: Context<Env>, trustProxy: boolean) => {
  const given = trustProxy ? c.req.header('X-Request-Id') : undefined
  return given && /^[\w-]{8,64}$/.test(given) ? given : `${BOOT}-${(last += 1).toString(36)}`
}

// Middleware is registered for every method; the first that is not is the handler.
export const routeOf = (c: Context): string => {
  const routes = matchedRoutes(c)
  return routes.find(({ method }) => method !== 'ALL')?.path ?? (routes.some(({ path }) => path === '/static/*') ? '/static/*' : 'none')
}

const QUIET = new Set(['/static/*', '/healthz', '/readyz', '/alarmz', '/metrics'])

export const watching = ({ watch, trustProxy }: Pick<Deps, 'watch' | 'trustProxy'>): MiddlewareHandler<Env> => {
  if (!watch) return (_c, next) => next()
  const { log, metrics } = watch
  return async (c, next) => {
    const begun = performance.now()
    const id = numberOf(c, trustProxy)
    c.set('requestId', id)
    c.set('isLogged', log !== undefined)
    await next()
    const [ms, route, { method }, { status }] = [performance.now() - begun, routeOf(c), c.req, c.res]
    // Whoever was not served can name it.
    if (status >= 400) c.res.headers.set('X-Request-Id', id)
    metrics.observe({ method: KNOWN.has(method) ? method : 'OTHER', route, status, seconds: ms / 1000 })
    // A watcher that is told of an alarm each minute is no failure of a request.
    if (!log || (QUIET.has(route) && (status < 400 || route === '/alarmz'))) return
    const line = { id, method, route, status, ms: Math.round(ms * 10) / 10, user: c.get('actor')?.id }
    if (status >= 500 && c.error) log.error({ ...line, failure: describe(c.error) }, 'request')
    else log.info(line, 'request')
  }
}

const KNOWN = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
