import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomUUID } from 'node:crypto'
import { jpegSize } from '#app/files/jpeg-size.ts'
import { recognise } from '#app/files/kinds.ts'
import { asIncoming } from '#app/files/store.ts'
import type { Problem } from '#app/problems.ts'
import { aVillage } from '#test/support/field.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aPocket } from '#test/support/pocket.ts'
import { siti } from '#test/support/world.ts'

const plain = makeJpeg({ width: 320, height: 240, seed: 3 })
// The same picture, said to be of another size; and with so many bytes of maker's notes before its frame.
function sized(width: number, height: number) {
  const bytes = Buffer.from(plain)
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0, 0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}
const noted = (segments: number) => Buffer.concat([plain.subarray(0, 2), ...Array(segments).fill(Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(65_533)])), plain.subarray(2)])

const size = suite('the size of a photo')

size('is read from its header, whatever the camera wrote before it', () => {
  assert.equal([jpegSize(plain), jpegSize(sized(4000, 3000)), jpegSize(noted(1))], [{ width: 320, height: 240 }, { width: 4000, height: 3000 }, { width: 320, height: 240 }])
  assert.equal([jpegSize(noted(2)), jpegSize(plain.subarray(0, 12)), jpegSize(Buffer.from('%PDF'))], [undefined, undefined, undefined])
})

size('is judged on the phone, in the house, as the server will judge it', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const where = { householdId: 'asep', visitId: (await pocket.store.beginVisit('asep', randomUUID())).id }
  const words = (work: unknown) => Promise.resolve(work).then(() => 'taken', (problem: Problem) => String(problem.fields['F-KTP']))
  for (const [bytes, expected] of [[plain, /^taken$/], [noted(1), /^taken$/], [sized(9248, 6944), /megapiksel/], [sized(8, 8), /bukan foto JPEG/], [noted(2), /bukan foto JPEG/]] as const) {
    const server = async () => recognise('F-KTP', 'photo', asIncoming([bytes], ''))
    assert.match(await words(pocket.store.addPhotos(where, [{ kind: 'F-KTP', bytes: new Uint8Array(bytes), takenAt: null }])), expected)
    assert.match(await words(server()), expected)
  }
  const heic = new Uint8Array(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(100)]))
  assert.match(await words(pocket.store.addPhotos(where, [{ kind: 'F-KTP', bytes: heic, takenAt: null }])), /HEIC/)
})

size.run()
