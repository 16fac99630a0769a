import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const importRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'imports', <p>{String(Boolean(db))}</p>))
