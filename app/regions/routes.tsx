import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const regionRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'regions', <p>{String(Boolean(db))}</p>))
