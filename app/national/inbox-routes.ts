import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import { v5 as nameBased } from 'uuid'
import { LIMITS, recognise, tooLarge } from '#app/files/kinds.ts'
import { discard, keep, spool } from '#app/files/store.ts'
import type { Env } from '#app/http.tsx'
import type { Country } from '#app/national/acting.ts'
import { getNationBatch } from '#app/national/batches.ts'
import { answerOf } from '#app/national/determining.ts'
import { senderByKey } from '#app/national/keys.ts'
import { receive, type Named } from '#app/national/receiving.ts'
import { Problem } from '#app/problems.ts'
import { asUnavailable } from '#db/postgres/connection.ts'
import { requireRoom } from '#app/operation/require-room.ts'

// The letterbox for the servers of the kabupaten: a batch's archive as it is goes in, its answer comes out. Who may, a key says.
const SENDING = '6f1c2a64-3d0e-5f0b-9a57-6c7a5e7b4d10'
const STATUS = { taken: 201, repeated: 200, refused: 422 } as const

export const inboxRoutes = (country: Country) => withErrors()
  .post('/', async (c) => {
    const sender = await senderByKey(country.nation, c.req.header('Authorization'))
    const file = await readBody(c, country.dataDirectory)
    // The same bytes under the same key are the same attempt, unless they were refused: then what was wrong may have been mended here.
    const id = nameBased(`${sender.id} ${file.sha256} ${c.req.header('Idempotency-Key') ?? crypto.randomUUID()}`, SENDING)
    const { outcome, problem, root } = await receive(country, sender, file, id)
    return c.json({ outcome, root, ...(problem && { problem: { code: 'invalid', message: problem, fields: {} } }) }, STATUS[outcome])
  })

  .get('/:root/answer', async (c) => {
    const { actor } = await senderByKey(country.nation, c.req.header('Authorization'))
    const { name, text } = await answerOf(country, actor, (await getNationBatch({ client: country.nation.pool, actor }, c.req.param('root'))).root)
    return c.body(text, 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` })
  })

function withErrors() {
  const routes = new Hono<Env>()
  routes.onError((error, c) => {
    const problem = asUnavailable(error)
    if (!(problem instanceof Problem)) throw error
    return c.json({ problem: { code: problem.code, message: problem.message, fields: problem.fields } }, problem.status)
  })
  return routes
}

// The archive as the whole body: curl --data-binary @arsip.zip.
async function readBody(c: Context<Env>, dataDirectory: string): Promise<Named> {
  requireRoom(c, dataDirectory)
  const { body } = c.req.raw
  const incoming = await spool(dataDirectory, body ? Readable.fromWeb(body as never) : Readable.from([]))
  try {
    if (incoming.bytes > LIMITS.table) throw tooLarge('package', 'table')
    return { ...await keep(dataDirectory, incoming, recognise('package', 'table', incoming)), name: c.req.header('X-File-Name')?.slice(0, 200) ?? 'arsip.zip' }
  } finally {
    await discard(incoming)
  }
}
