import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const householdRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'households', <p>{String(Boolean(db))}</p>))
