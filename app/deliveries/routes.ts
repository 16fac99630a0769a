import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { readBody, readPart, withBody } from '#app/deliveries/body.ts'
import { readBundle, storePhotos } from '#app/deliveries/bundle.ts'
import { BREAKING, LINE_HEADER, PIECE_BYTES } from '#app/deliveries/format.ts'
import { receivePiece, WrongOffset } from '#app/deliveries/pieces.ts'
import { getOwnDelivery, receive, stateOf } from '#app/deliveries/receiving.ts'
import { readText, TEXT_BYTES, type Parsed } from '#app/deliveries/text.ts'
import { deviceHeaders } from '#app/devices/require-device.ts'
import { attempt, parse, type Deps, type Env } from '#app/http.tsx'
import { roomAt } from '#app/operation/require-room.ts'
import { invalid } from '#app/problems.ts'
import { may } from '#app/users/may.ts'

// More than nine photos of the largest size a phone makes of them.
const BUNDLE_BYTES = 16 * 2 ** 20
const Offset = z.object({ 'upload-offset': z.coerce.number('Upload-Offset belum ada.').int().min(0) })

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
    const { 'upload-offset': offset } = parse(Offset, c.req.header())
    const piece = await readPart(c, PIECE_BYTES)
    const { value, problem } = await attempt(() => receivePiece(deps, c.var.actor, delivery, { kind: c.req.param('kind'), offset, piece }))
    if (value) return c.json(value)
    if (!(problem instanceof WrongOffset)) throw problem
    return c.json({ problem: { code: 'conflict', message: problem.message, fields: {} }, state: await stateOf(deps, delivery.id) }, 409)
  })
