import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const musdesRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'musdes', <p>{String(Boolean(db))}</p>))
