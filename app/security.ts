import { getConnInfo } from '@hono/node-server/conninfo'
import type { MiddlewareHandler } from 'hono'
import type { Deps, Env } from '#app/http.tsx'
import { forbidden } from '#app/problems.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

// A post must come from our own pages. Every browser with scripts tells where a post comes from (Sec-Fetch-Site or
// Origin); text browsers tell neither and know no cross-site posts without a person pressing the button.
export const sameOrigin = ({ origin }: Pick<Deps, 'origin'>): MiddlewareHandler<Env> => async (c, next) => {
  if (!SAFE.has(c.req.method)) {
    const own = origin ?? new URL(c.req.url).origin
    const site = c.req.header('Sec-Fetch-Site')
    const from = c.req.header('Origin') ?? refererOrigin(c.req.header('Referer'))
    const trusted = site ? site === 'same-origin' || site === 'none' : !from || sameHost(from, own)
    if (!trusted) throw forbidden('Permintaan ini tidak berasal dari halaman SIKS. Muat ulang halaman, lalu coba lagi.')
  }
  await next()
}

const refererOrigin = (referer?: string) => referer && URL.canParse(referer) ? new URL(referer).origin : undefined
const sameHost = (from: string, own: string) => URL.canParse(from) && new URL(from).host === new URL(own).host

// Where the request comes from, for the brake on guessing passwords; and under which address people know us, for the cookies.
export const clientAddress = ({ trustProxy, origin }: Pick<Deps, 'trustProxy' | 'origin'>): MiddlewareHandler<Env> => async (c, next) => {
  const forwarded = trustProxy ? c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
  c.set('address', forwarded ?? (c.env?.incoming ? getConnInfo(c as never).remote.address : undefined) ?? 'local')
  c.set('origin', origin)
  await next()
}

// What no route has said otherwise is kept by no browser and no proxy on the way.
export const keepNothing: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}

// Files that somebody has sent: only a picture is shown on the spot, and nothing in any of them is ever run.
export const runNothing: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { headers } = c.res
  if (headers.get('Content-Type')?.startsWith('text/html')) return
  headers.set('Content-Security-Policy', "default-src 'none'; sandbox")
  headers.set('X-Content-Type-Options', 'nosniff')
  if (!headers.get('Content-Type')?.startsWith('image/')) headers.set('Content-Disposition', (headers.get('Content-Disposition') ?? 'attachment').replace(/^inline/, 'attachment'))
}
