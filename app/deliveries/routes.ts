import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { readBody, readPart, withBody } from '#app/deliveries/body.ts'
import { readBundle, storePhotos } from '#app/deliveries/bundle.ts'
import { BREAKING, LINE_HEADER, PIECE_BYTES } from '#app/deliveries/format.ts'
import { receivePiece, WrongOffset } from '#app/deliveries/pieces.ts'
import { getOwnDelivery, receive, stateOf } from '#app/deliveries/receiving.ts'
import { receiveReturned, returnedState } from '#app/deliveries/returning.ts'
import { readText, TEXT_BYTES, type Parsed } from '#app/deliveries/text.ts'
import { getOwnLost, noteGone } from '#app/devices/lost-photos.ts'
import { deviceHeaders } from '#app/devices/require-device.ts'
import { attempt, parse, type Deps, type Env } from '#app/http.tsx'
import { roomAt } from '#app/operation/require-room.ts'
import { invalid } from '#app/problems.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'

// More than nine photos of the largest size a phone makes of them.
const BUNDLE_BYTES = 16 * 2 ** 20
const Offset = z.object({ 'upload-offset': z.coerce.number('Upload-Offset belum ada.').int().min(0) })
const Gone = z.object({ photos: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(100) })
const Device = z.object({ 'siks-device': z.uuid('Nomor HP tidak terbaca.') })

type Ctx = Context<Env>
const officer = may('visit.submit')
function sameId(c: Ctx, parsed: Parsed) {
  if (parsed.delivery.id !== c.req.param('id')) throw invalid({ id: 'Nomor kiriman tidak sama dengan alamatnya.' })
  return parsed
}

// The door for phones: every answer is JSON, every post may be repeated, and what was answered is on the disk.
export const deliveryRoutes = (deps: Deps) => new Hono<Env>()
  .use(deviceHeaders(deps.db))
  .use(roomAt(deps.dataDirectory))
  .use(async (c, next) => {
    if (c.req.header(LINE_HEADER) === BREAKING) c.header('Connection', 'close')
    await next()
  })

  .post('/lost', officer, async (c) => {
    const { photos } = parse(Gone, await c.req.json().catch(() => ({})))
    const { 'siks-device': device } = parse(Device, c.req.header())
    transact(deps.db, c.var.actor, (tx) => noteGone(tx, device, photos))
    return c.json({ gone: photos.length })
  })

  .get('/lost/:sha256', officer, async (c) => c.json(await returnedState(deps, c.var.actor, c.req.param('sha256'))))

  .patch('/lost/:sha256', officer, async (c) => {
    const { sha256 } = getOwnLost(deps.db, c.var.actor, c.req.param('sha256'))
    const part = await pieceOf(c)
    return answerPiece(c, () => receiveReturned(deps, c.var.actor, sha256, part), () => returnedState(deps, c.var.actor, sha256))
  })

  .get('/:id', officer, async (c) => c.json(await stateOf(deps, getOwnDelivery(deps.db, c.var.actor, c.req.param('id')).id)))

  .put('/:id', officer, async (c) => {
    const parsed = sameId(c, readText(await readBody(c, TEXT_BYTES)))
    return c.json(await receive(deps, c.var.actor, parsed))
  })

  .post('/:id/bundle', officer, (c) => withBody(c, BUNDLE_BYTES, deps.dataDirectory, async (body) => {
    const { parsed, photos } = readBundle(body)
    sameId(c, parsed)
    return c.json(await receive(deps, c.var.actor, parsed, await storePhotos(deps.dataDirectory, parsed.delivery.photos, photos)))
  }))

  .patch('/:id/photos/:kind', officer, async (c) => {
    const delivery = getOwnDelivery(deps.db, c.var.actor, c.req.param('id'))
    const part = { kind: c.req.param('kind'), ...await pieceOf(c) }
    return answerPiece(c, () => receivePiece(deps, c.var.actor, delivery, part), () => stateOf(deps, delivery.id))
  })

const pieceOf = async (c: Ctx) => ({ offset: parse(Offset, c.req.header())['upload-offset'], piece: await readPart(c, PIECE_BYTES) })

// What is no continuation of what is here is told where to go on.
async function answerPiece<T extends object>(c: Ctx, receive: () => Promise<T>, state: () => Promise<T>) {
  const { value, problem } = await attempt(receive)
  if (value) return c.json(value as object)
  if (!(problem instanceof WrongOffset)) throw problem
  return c.json({ problem: { code: 'conflict', message: problem.message, fields: {} }, state: await state() as object }, 409)
}
