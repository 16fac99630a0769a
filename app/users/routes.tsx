import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const userRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'users', <p>{String(Boolean(db))}</p>))
