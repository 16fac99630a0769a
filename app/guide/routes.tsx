import { Hono } from 'hono'
import { guideFor } from '#app/guide/guide.ts'
import { page, type Env } from '#app/http.tsx'
import { GuidePage } from '#views/guide/guide.tsx'

// The guide of one's own work: text alone, light enough for the slowest line.
export const guideRoutes = () => new Hono<Env>()
  .get('/', (c) => page(c, 'Panduan', <GuidePage chapters={guideFor(c.var.actor)} />))
