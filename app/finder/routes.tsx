import { Hono } from 'hono'
import * as z from 'zod'
import { find } from '#app/finder/finder.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { FinderBox, FinderPage, FinderResults } from '#views/finder/finder.tsx'

const Query = z.object({ q: z.string().trim().max(100, 'Pencarian paling panjang 100 huruf.').optional() })

// A page with one box; the same box is opened over any other page by "/" or Ctrl+K, and asks for its results alone.
export const finderRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { q } = readQuery(c, Query)
    const shown = { q: q ?? '', groups: find(db, c.var.actor, q ?? '') }
    return page(c, 'Cari', () => <FinderPage {...shown} />, { part: () => q === undefined ? <FinderBox {...shown} /> : <FinderResults {...shown} /> })
  })
