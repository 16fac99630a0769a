import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const prelistRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'assignments', <p>{String(Boolean(db))}</p>))
