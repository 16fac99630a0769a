import { Hono } from 'hono'
import { homeOf } from '#app/home/home.ts'
import { page, type Deps, type Env } from '#app/http.tsx'
import { HomePage } from '#views/home/home.tsx'

export const homeRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'Beranda',
    <HomePage home={homeOf(db, c.var.actor)} actor={c.var.actor} now={new Date().toISOString()} />))
