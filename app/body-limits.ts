import type { MiddlewareHandler } from 'hono'
import type { Env } from '#app/http.tsx'
import { Problem } from '#app/problems.ts'

// What a post may weigh, judged before any of it is read. A form is text. The doors below take files; each counts them again
// while they stream, file by file (files/upload.ts, deliveries/body.ts), so here stands only the most that all of them may be.
const MB = 2 ** 20
const FORM = 2 * MB
const DOORS: readonly (readonly [path: RegExp, bytes: number])[] = [
  [/^\/deliveries\/[^/]+\/bundle$/, 16 * MB],
  [/^\/field\/[^/]+\/visits\/[^/]+\/photos$/, 80 * MB],
  [/^\/lapor(\/[^/]+\/messages)?$/, 30 * MB],
  [/^\/backchecks\/mine\/[^/]+$/, 10 * MB],
  [/^\/(batches|programmes\/batches)\/[^/]+\/ratification$/, 12 * MB],
  [/^\/(musdes|musdes\/[^/]+\/papers|monitoring|proposals)$/, 125 * MB],
  [/^\/programmes\/(pkh|sembako|pbi|ppks|blt|apbd)\/changes$/, 125 * MB],
  [/^\/numbers\/[^/]+$/, 12 * MB],
  [/^\/local\/[^/]+\/(minutes|letter)$/, 12 * MB],
  [/^\/(imports|intake|exchange|dtsen\/snapshots)$/, 202 * MB],
  [/^\/national\/(arrivals|inbox)$/, 202 * MB],
  [/^\/batches\/[^/]+\/answer$/, 12 * MB],
  [/^\/(matching\/[^/]+\/answers|payments\/lists\/[^/]+\/results|local\/[^/]+\/payments\/file)$/, 202 * MB],
]
export const mostBytes = (path: string) => DOORS.find(([pattern]) => pattern.test(path))?.[1] ?? FORM
const isDoor = (path: string) => mostBytes(path) > FORM || path.startsWith('/deliveries/')

const READS_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS'])

export const limitBodies: MiddlewareHandler<Env> = async (c, next) => {
  if (!READS_NOTHING.has(c.req.method)) demandFits(c.req.path, (name) => c.req.header(name), c.env?.incoming !== undefined)
  await next()
}

function demandFits(path: string, header: (name: string) => string | undefined, hasSocket: boolean) {
  // A body that unfolds to many times its size; no browser and no phone of ours sends one.
  const encoding = header('Content-Encoding')
  if (encoding && encoding.toLowerCase() !== 'identity') throw new Problem('unsupported', 'Kiriman terkompresi tidak diterima. Kirim apa adanya.')
  const told = header('Content-Length')
  if (told !== undefined && !(Number(told) <= mostBytes(path))) throw new Problem('too_large', 'Kiriman ini terlalu besar.')
  if (told === undefined && hasSocket && header('Transfer-Encoding') && !isDoor(path)) throw new Problem('no_length', 'Kiriman ini tidak menyebut panjangnya. Kirim ulang dari halaman SIKS.')
}
