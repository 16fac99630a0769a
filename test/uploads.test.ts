import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { musdes } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { send } from '#test/support/reports.ts'
import { freshApp, PONCOSARI, rina, siti } from '#test/support/world.ts'

const real = makeJpeg({ width: 400, height: 300, seed: 5, bytes: 60_000 })
const END = Buffer.from([0xff, 0xd9])
const html = '<script>alert(document.domain)</script>'

// The size a JPEG tells of itself stands behind its first SOF marker.
function resized(width: number, height: number): Buffer {
  const copy = Buffer.from(makeJpeg({ width: 64, height: 64, seed: 2 }))
  const at = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(height, at + 5)
  copy.writeUInt16BE(width, at + 7)
  return copy
}

const HOSTILE: [what: string, bytes: Buffer][] = [
  ['a page', Buffer.from(`<html>${html}</html>`)],
  ['an SVG', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${html}</svg>`)],
  ['a PDF', Buffer.from('%PDF-1.4\n%%EOF')],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a program', Buffer.from('4d5a9000', 'hex')],
  ['a page behind the first signs of a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(html), END])],
  ['a JPEG that ends in the middle', real.subarray(0, real.length - 4000)],
  ['a head without a picture', Buffer.concat([real.subarray(0, real.indexOf(Buffer.from([0xff, 0xda]))), END])],
  ['four thousand million pixels', resized(65_000, 65_000)],
  ['fifty million and more in a few kB', resized(8000, 7000)],
]

const namesIn = (...path: string[]) => existsSync(join(...path)) ? readdirSync(join(...path)) : []

const hostile = suite('a photo from anybody')

for (const [what, bytes] of HOSTILE) hostile(`is refused when it is ${what}, and leaves nothing`, async () => {
  const world = freshApp()
  const answer = await send(world, { photo1: new File([new Uint8Array(bytes)], 'foto.jpg', { type: 'image/jpeg' }) })
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /foto JPEG|Foto ini terlalu besar/)
  assert.is(world.db.$client.prepare('SELECT count(*) FROM reports').pluck().get(), 0)
  assert.equal([namesIn(world.dataDirectory, 'photos'), namesIn(world.dataDirectory, 'incoming')], [[], []])
})

const served = suite('a file that is kept')
const shown = async (bytes: Buffer, name: string) => {
  const world = freshApp()
  const answer = await send(world, { photo1: new File([new Uint8Array(bytes)], name, { type: 'text/html' }) })
  assert.is(answer.status, 303)
  const id = world.db.$client.prepare('SELECT id FROM reports').pluck().get()
  return world.as(rina).get(`/files/reports/${id}/1`)
}

served('is a picture to every browser, whatever else it would be, and nothing in it runs', async () => {
  // A picture whose comment is a page, called a page by its sender.
  const both = Buffer.concat([real.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, html.length + 2]), Buffer.from(html), real.subarray(2)])
  const answer = await shown(both, '../../<b>"\r\nX-A: b.html')
  assert.equal(['Content-Type', 'X-Content-Type-Options', 'Content-Security-Policy'].map((name) => answer.headers.get(name)), ['image/jpeg', 'nosniff', "default-src 'none'; sandbox"])
  assert.is(answer.headers.get('X-A'), null)
  assert.not.ok(Buffer.from(await answer.arrayBuffer()).includes(html), 'what the phone wrote beside the picture goes no further')
})

served('is handed over, not opened, when it is no picture, and its name breaks no header', async () => {
  const world = freshApp()
  const name = 'a"\r\nX-A: b;.pdf'
  const id = await addPaper(world, new File(['%PDF-1.4 surat'], name))
  const answer = await world.as(siti).get(`/files/attachments/${id}`)
  assert.equal(['Content-Type', 'Content-Security-Policy', 'X-A'].map((one) => answer.headers.get(one)), ['application/pdf', "default-src 'none'; sandbox", null])
  assert.match(answer.headers.get('Content-Disposition')!, /^attachment; filename\*=UTF-8''[\w%.~'()*!-]+$/)
})

// A record of a meeting with its signed paper; the paper's id.
async function addPaper(world: ReturnType<typeof freshApp>, minutes: File) {
  const { db, as } = world
  db.insert(musdes).values({ id: 'musdes', regionCode: PONCOSARI, heldOn: '2026-02-01', startedAt: '09:00', endedAt: '11:00', place: 'Balai desa', chairName: 'Pak Lurah', chairPosition: 'Lurah', attendance: {}, minutesNumber: '1/2026', createdBy: 'siti', createdAt: '2026-03-01T02:00:00.000Z' }).run()
  assert.is((await as(siti).post('/musdes/musdes/papers', { minutes })).status, 303)
  return db.$client.prepare('SELECT id FROM attachments').pluck().get() as string
}

hostile.run()
served.run()
