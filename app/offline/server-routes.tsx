import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { page, type Env } from '#app/http.tsx'
import { may } from '#app/users/may.ts'
import { NeedsWorkerPage, PreparePage } from '#views/offline/prepare.tsx'

const officer = may('visit.submit')

// The page about this phone, as long as the phone does not answer it by itself. A post that arrives here came from a
// browser without a worker.
export const devicePages = () => new Hono<Env>()
  .get('/', officer, (c) => page(c, 'HP ini', <PreparePage user={c.var.actor} />))
  .get('/file', officer, (c) => c.redirect('/field/device', 303))
  .post('/:action', officer, (c) => page(c, 'HP ini', <NeedsWorkerPage />, { status: 409 }))

// Before version 97 Chrome knew no narrower word for running wasm than "eval".
const wasmWord = (userAgent = '') => Number(/Chrome\/(\d+)/.exec(userAgent)?.[1] ?? 999) < 97 ? "'wasm-unsafe-eval' 'unsafe-eval'" : "'wasm-unsafe-eval'"

// The worker stands at the top, so that it may answer for the whole site, and under a policy of its own.
export const workerRoutes = () => new Hono<Env>()
  .get('/', serveStatic({
    path: '.build/worker.js', precompressed: true,
    onFound: (_path, c) => {
      c.header('Cache-Control', 'no-cache')
      c.header('Service-Worker-Allowed', '/')
      c.header('X-Content-Type-Options', 'nosniff')
      c.header('Cross-Origin-Resource-Policy', 'same-origin')
      c.header('Content-Security-Policy', `default-src 'none'; script-src 'self' ${wasmWord(c.req.header('User-Agent'))}; connect-src 'self'`)
      c.header('Vary', 'User-Agent', { append: true })
    },
  }))
