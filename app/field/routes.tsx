import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const fieldRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'field', <p>{String(Boolean(db))}</p>))
