import type { Context, MiddlewareHandler } from 'hono'
import { page, showProblem, type Env } from '#app/http.tsx'
import { TooMany } from '#app/public/brake.ts'
import { TooManyPage } from '#views/public/too-many.tsx'

// Pages for everybody: kept by no browser and found by no search engine.
export const openDoor: MiddlewareHandler<Env> = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  await next()
}

export function showOpenProblem(error: unknown, c: Context<Env, any, any>) {
  if (!(error instanceof TooMany)) return showProblem(error, c)
  c.header('Retry-After', String(error.seconds))
  return page(c, 'Coba lagi nanti', <TooManyPage message={error.message} openAt={error.openAt} seconds={error.seconds} />, { status: error.status })
}
