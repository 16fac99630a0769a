import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const homeRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'home', <p>{String(Boolean(db))}</p>))
