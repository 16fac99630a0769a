import ExifReader from 'exifreader'
import sharp, { type Sharp } from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { faultsOf, faultWords } from '#app/prints/advice.ts'
import { readExif } from '#app/prints/exif.ts'
import { readGrey } from '#app/prints/grey.ts'
import { measureLook } from '#app/prints/sharpness.ts'
import { carryExif } from '#app/prints/small-exif.ts'
import { photograph } from '#test/support/photographs.ts'

const look = suite('the look of a photo and what it says of itself')

const house = await photograph('house', 3)
const card = await photograph('card', 3, { width: 1600, height: 1200 })
const measured = async (picture: Sharp) => measureLook(await readGrey(await picture.jpeg({ quality: 80 }).toBuffer()))
const size = { width: 1600, height: 1200 }

look('the more a photo is blurred, the less sharp it is; neither contrast nor compression change that', async () => {
  const sharpness = await Promise.all([0.3, 1.5, 2.5, 4].map(async (blur) => (await measured(sharp(house).blur(blur))).sharpness!))
  assert.equal([...sharpness].sort((a, b) => b - a), sharpness)
  assert.ok(sharpness[0]! > 90 && sharpness[3]! < 40, sharpness.join())
  const pale = await measured(sharp(house).linear(0.4, 130))
  assert.ok(pale.sharpness! > 80, String(pale.sharpness))
})

look('a hand that shook is seen although one direction stayed sharp', async () => {
  const streak = { width: 15, height: 3, kernel: [...Array<number>(15).fill(0), ...Array<number>(15).fill(1), ...Array<number>(15).fill(0)] }
  const { sharpness } = await measured(sharp(house).convolve(streak))
  assert.ok(sharpness! < 60, String(sharpness))
})

look('a card must be sharper and larger than a wall, and darkness and glare are told apart', async () => {
  const good = await measured(sharp(card))
  assert.equal(faultsOf('F-KTP', { ...good, ...size }), [])
  assert.equal(faultsOf('F-KTP', { ...good, width: 640, height: 480 }), ['small'])
  assert.equal(faultsOf('F-RUMAH', { ...good, width: 640, height: 480 }), [])
  assert.equal(faultsOf('F-KTP', { ...await measured(sharp(card).blur(7)), ...size }), ['blurred'])
  assert.equal(faultsOf('F-KTP', { ...await measured(sharp(card).linear(0.15)), ...size }).includes('dark'), true)
  assert.equal(faultsOf('F-RUMAH', { ...await measured(sharp(house).linear(1.6, 120)), ...size }).includes('bright'), true)
  assert.is(faultWords(['dark', 'blurred']), 'terlalu gelap dan kabur')
})

look('a wall without any edge is a plain wall; a card without any edge cannot be read', () => {
  const plain = { sharpness: null, brightness: 150, dark: 0, bright: 0, ...size }
  assert.equal([faultsOf('F-DINDING', plain), faultsOf('F-KTP', plain)], [[], ['blurred']])
})

const EXIF = {
  IFD0: { Make: 'Samsul', Model: 'A05', ImageDescription: 'x'.repeat(400) },
  IFD2: { DateTimeOriginal: '2026:11:24 09:15:02', OffsetTimeOriginal: '+07:00' },
  IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '7/1 58/1 1668/100', GPSLongitudeRef: 'E', GPSLongitude: '110/1 13/1 1812/100' },
}
const original = await sharp(house).withExif(EXIF).jpeg().toBuffer()
const small = await sharp(house).resize(320).jpeg().toBuffer()

look('time and place are read from the photo as the phone wrote them', () => {
  const { takenAt, latitude, longitude } = readExif(original)
  assert.is(takenAt, '2026-11-24T09:15:02+07:00')
  assert.equal([latitude!.toFixed(4), longitude!.toFixed(4)], ['-7.9713', '110.2217'])
  assert.equal(readExif(house), { takenAt: null, latitude: null, longitude: null })
  assert.equal(readExif(Buffer.from('no picture')), { takenAt: null, latitude: null, longitude: null })
})

look('the small photo keeps time and place of the original, and nothing else of it', async () => {
  const carried = Buffer.from(carryExif(original, small, true))
  assert.equal(readExif(carried), readExif(original))
  assert.ok(carried.length - small.length < 400, String(carried.length - small.length))
  const tags = ExifReader.load(carried)
  assert.equal([tags.Make, tags.Model, tags.ImageDescription, tags.Orientation], [undefined, undefined, undefined, undefined])
  const { width, format } = await sharp(carried).metadata()
  assert.equal([width, format], [320, 'jpeg'])
})

look('a browser that does not turn the picture leaves it to whoever shows it', async () => {
  const held = await sharp(house).withExif(EXIF).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  assert.is((await sharp(Buffer.from(carryExif(held, small, false))).metadata()).orientation, 6)
  assert.is((await sharp(Buffer.from(carryExif(held, small, true))).metadata()).orientation, undefined)
})

look('a photo without such notes, or with broken ones, stays as it is', () => {
  assert.is(carryExif(house, small, true), small)
  for (let cut = 4; cut < 700; cut += 7) {
    const broken = Buffer.from(original)
    broken.fill(0xff, 20 + cut, 60 + cut)
    const carried = carryExif(broken, small, true)
    assert.ok(carried.length >= small.length)
    readExif(Buffer.from(carried))
  }
  assert.is(carryExif(original.subarray(0, 40), small, true), small)
})

look.run()
