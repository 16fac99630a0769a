import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { deviceHeaders } from '#app/devices/require-device.ts'
import { readQuery, type Deps, type Env } from '#app/http.tsx'
import { downloadChanges, downloadPack } from '#app/packs/downloads.ts'
import { PACK_SCHEMA, PACK_TYPE } from '#app/packs/schema.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'

const Device = z.object({ device: z.uuid('Nomor HP tidak terbaca.') })
const Since = Device.extend({ since: z.coerce.number().int().min(0), schema: z.coerce.number().int().min(0).default(0) })

const officer = may('visit.submit')
const compress = promisify(gzip)
const SMALL = 1024

// Beside the event loop: packing a pack takes longer than cutting it.
async function send(c: Context<Env>, body: Buffer, headers: Record<string, string>) {
  const packed = body.length > SMALL && /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  const bytes = packed ? await compress(body, { level: 6 }) : body
  return c.body(new Uint8Array(bytes), 200, {
    ...headers, 'Cache-Control': 'no-store', Vary: 'Accept-Encoding', 'Content-Length': String(bytes.length), ...(packed && { 'Content-Encoding': 'gzip' }),
  })
}

// What a phone takes along: a whole pack once, afterwards the difference.
export const packRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(deviceHeaders(db))

  .get('/current', officer, async (c) => {
    const { device } = readQuery(c, Device)
    const { bytes, sequence } = transact(db, c.var.actor, (tx) => downloadPack(tx, device))
    return send(c, bytes, { 'Content-Type': PACK_TYPE, 'Siks-Sequence': String(sequence), 'Siks-Schema': String(PACK_SCHEMA) })
  })

  .get('/changes', officer, async (c) => {
    const { device, ...asked } = readQuery(c, Since)
    const changes = transact(db, c.var.actor, (tx) => downloadChanges(tx, device, asked))
    return send(c, Buffer.from(JSON.stringify(changes)), { 'Content-Type': 'application/json; charset=utf-8' })
  })
