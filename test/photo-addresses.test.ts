import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signatureFor } from '#app/files/signed.ts'
import { marked, readerMark } from '#app/files/watermark.ts'
import { findSignedIn, startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { aDelivery, phoneOf, photos } from '#test/support/delivery.ts'
import { photograph } from '#test/support/photographs.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, budi, freshApp, nia, rina, siti } from '#test/support/world.ts'

// Siti's phone has sent a visit to Asep; Budi of the kecamatan is to check it.
async function seen() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti, record: aRecord({ head: 'Asep Suryana' }) })
  const made = aDelivery({ photos: { ...photos(), 'F-KTP': await photograph('card', 1) } })
  await phoneOf(world).bundle(made)
  const on = (token: string) => (path: string) => Promise.resolve(world.app.request(path, { headers: { Cookie: `siks_session=${token}` } }))
  return {
    made, address: `/files/visits/${made.visitId}/`,
    as: async (actor: Actor) => {
      const token = await startSession(world.db, actor.id, 'test')
      return Object.assign(on(token), { handle: (await findSignedIn(world.db, token))!.session.handle })
    },
  }
}

const place = (answer: Response) => answer.headers.get('Location')!

const giving = suite('the address of a photo')

giving('stands signed on the page that shows it, and gives the photo out unstored', async () => {
  const { as, made } = await seen()
  const get = await as(budi)
  const [, signed] = /"(\/files\/visits\/[\w-]+\/F-RUMAH\?s=[^"]+)"/.exec(await (await get(`/reviews/${made.visitId}`)).text())!
  const answer = await get(signed!)
  assert.equal([answer.status, answer.headers.get('Content-Type'), answer.headers.get('Cache-Control')], [200, 'image/jpeg', 'private, no-store'])
  assert.ok(Buffer.from(await answer.arrayBuffer()).equals(made.photos['F-RUMAH']!))
})

giving('without a signature is a door that asks for the right again', async () => {
  const world = await seen()
  const answer = await (await world.as(rina))(`${world.address}F-RUMAH`)
  assert.equal([answer.status, answer.headers.get('Cache-Control')], [303, 'no-store'])
  const outside = await world.as(nia)
  assert.is((await outside(place(await outside(`${world.address}F-RUMAH`)))).status, 404)
})

giving('is worth nothing in another session, for another photo, or after its minutes', async () => {
  const world = await seen()
  const [get, other] = [await world.as(budi), await world.as(rina)]
  const signed = place(await get(`${world.address}F-RUMAH`))
  assert.is((await get(signed)).status, 200)
  assert.is((await other(signed)).status, 403)
  assert.is((await get(signed.replace('F-RUMAH', 'F-ATAP'))).status, 403)
  const [, until, mark] = /s=(\w+)\.(.+)/.exec(signed)!
  assert.is((await get(`${world.address}F-RUMAH?s=${(parseInt(until!, 36) + 60_000).toString(36)}.${mark}`)).status, 403)
  assert.is((await get(`${world.address}F-RUMAH?${signatureFor(`${world.address}F-RUMAH`, get.handle, Date.now() - 31 * 60_000)}`)).status, 403)
})

const marking = suite('a photo of a document')

marking('carries its reader and the time, so that no copy is anybody else\'s', async () => {
  const world = await seen()
  const bytesFor = async (actor: Actor) => {
    const get = await world.as(actor)
    return Buffer.from(await (await get(place(await get(`${world.address}F-KTP`)))).arrayBuffer())
  }
  const [one, other] = [await bytesFor(rina), await bytesFor(budi)]
  const original = world.made.photos['F-KTP']!
  assert.ok(!one.equals(original) && !other.equals(original) && !one.equals(other))
  const size = async (jpeg: Buffer) => { const { width, height } = await sharp(jpeg).metadata(); return [width, height] }
  assert.equal(await size(one), await size(original))
})

marking('names the reader in the hour of Indonesia, in letters that need no font', async () => {
  const text = readerMark({ name: 'Siti Nur’aini' }, new Date('2026-11-29T14:05:00Z'))
  assert.is(text, 'Siti Nur’aini - 29/11/2026 21:05 WIB')
  const white = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#fff' } }).jpeg().toBuffer()
  const dark = await sharp(await marked(white, text)).stats()
  assert.ok(dark.channels[0]!.mean < 253 && dark.channels[0]!.mean > 200)
})

giving.run()
marking.run()
