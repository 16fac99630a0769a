import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const batchRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'ratification', <p>{String(Boolean(db))}</p>))
