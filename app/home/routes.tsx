import { Hono } from 'hono'
import { homeOf } from '#app/home/home.ts'
import { page, type Deps, type Env } from '#app/http.tsx'
import { warningsFor } from '#app/operation/view.ts'
import { HomePage } from '#views/home/home.tsx'

export const homeRoutes = (deps: Deps) => new Hono<Env>()
  .get('/', async (c) => {
    const [{ actor }, now] = [c.var, new Date()]
    return page(c, 'Beranda', <HomePage home={homeOf(deps.db, actor)} warnings={await warningsFor(deps, actor, now)} actor={actor} now={now.toISOString()} />)
  })
