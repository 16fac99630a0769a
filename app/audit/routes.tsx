import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const auditRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'audit', <p>{String(Boolean(db))}</p>))
