import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'

export const reviewRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'reviews', <p>{String(Boolean(db))}</p>))
