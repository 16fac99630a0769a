// Shrinking a photo loses what the camera wrote into it. When and where it was taken is carried over into the small one;
// thumbnail, serial numbers and the maker's notes are not. Pure, for the phone.

const EXIF_POINTER = 0x8769
const GPS_POINTER = 0x8825
const ORIENTATION = 0x0112
// When, with the clock's offset; and everything of the place.
const EXIF_KEPT = [0x9003, 0x9010, 0x9011, 0x9291]
const GPS_KEPT = [0, 1, 2, 3, 4, 5, 6, 7, 18, 27, 29, 31]
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const LONGEST_VALUE = 1000

type Entry = { tag: number, type: number, count: number, value: Uint8Array }
type Tiff = { bytes: Uint8Array, view: DataView, little: boolean }

// The small JPEG with time and place of the original, or as it is when there are none. turned: whether the browser has turned
// the picture the way the camera was held; if not, whoever shows it must.
export function carryExif(original: Uint8Array, small: Uint8Array, turned: boolean): Uint8Array {
  const tiff = findTiff(original)
  if (!tiff || small[0] !== 0xff || small[1] !== 0xd8) return small
  const segment = write(tiff, turned)
  if (!segment) return small
  const joined = new Uint8Array(small.length + segment.length)
  joined.set(small.subarray(0, 2))
  joined.set(segment, 2)
  joined.set(small.subarray(2), 2 + segment.length)
  return joined
}

// The TIFF within the first APP1 that is EXIF. undefined: there is none, or it is broken.
function findTiff(jpeg: Uint8Array): Tiff | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  let at = 2
  while (at + 12 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const length = view.getUint16(at + 2)
    if (jpeg[at + 1] === 0xe1 && view.getUint32(at + 4) === 0x45786966 && at + 2 + length <= jpeg.length) return tiffIn(jpeg.subarray(at + 10, at + 2 + length))
    at += 2 + length
  }
  return undefined
}

function tiffIn(bytes: Uint8Array): Tiff | undefined {
  const order = bytes.length < 16 ? 0 : bytes[0]! << 8 | bytes[1]!
  return order === 0x4949 || order === 0x4d4d ? { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), little: order === 0x4949 } : undefined
}

function entriesAt({ bytes, view, little }: Tiff, start: number): Entry[] {
  const entries: Entry[] = []
  if (start < 8 || start + 2 > bytes.length) return entries
  const count = view.getUint16(start, little)
  for (let i = 0, at = start + 2; i < count && at + 12 <= bytes.length; i += 1, at += 12) {
    const [tag, type, values] = [view.getUint16(at, little), view.getUint16(at + 2, little), view.getUint32(at + 4, little)]
    const size = (TYPE_BYTES[type] || 0) * values
    const from = size <= 4 ? at + 8 : view.getUint32(at + 8, little)
    if (size > 0 && size <= LONGEST_VALUE && from + size <= bytes.length) entries.push({ tag, type, count: values, value: new Uint8Array(bytes.subarray(from, from + size)) })
  }
  return entries
}

function below(tiff: Tiff, first: Entry[], pointer: number, kept: number[]): Entry[] {
  const found = first.find(({ tag, type }) => tag === pointer && type === 4)
  if (!found) return []
  const start = new DataView(found.value.buffer).getUint32(0, tiff.little)
  return entriesAt(tiff, start).filter(({ tag }) => kept.indexOf(tag) >= 0)
}

function write(tiff: Tiff, turned: boolean): Uint8Array | undefined {
  const first = entriesAt(tiff, tiff.view.getUint32(4, tiff.little))
  const [exif, gps] = [below(tiff, first, EXIF_POINTER, EXIF_KEPT), below(tiff, first, GPS_POINTER, GPS_KEPT)]
  const upright = turned ? [] : first.filter(({ tag }) => tag === ORIENTATION)
  if (exif.length + gps.length + upright.length === 0) return undefined
  const parts = [{ pointer: EXIF_POINTER, entries: exif }, { pointer: GPS_POINTER, entries: gps }].filter(({ entries }) => entries.length > 0)
  const [links, directories]: [Entry[], Uint8Array[]] = [[], []]
  let at = 8 + sizeOf(upright) + 12 * parts.length
  for (const { pointer, entries } of parts) {
    links.push(link(tiff, pointer, at))
    directories.push(directory(tiff, entries, at))
    at += sizeOf(entries)
  }
  return segmentOf(tiff, [directory(tiff, [...upright, ...links], 8), ...directories])
}

const outside = ({ value }: Entry) => value.length > 4 ? value.length + value.length % 2 : 0
const sizeOf = (entries: Entry[]) => entries.reduce((sum, entry) => sum + 12 + outside(entry), 6)

function link({ little }: Tiff, tag: number, to: number): Entry {
  const value = new Uint8Array(4)
  new DataView(value.buffer).setUint32(0, to, little)
  return { tag, type: 4, count: 1, value }
}

function directory({ little }: Tiff, entries: Entry[], at: number): Uint8Array {
  const bytes = new Uint8Array(sizeOf(entries))
  const view = new DataView(bytes.buffer)
  let free = 6 + 12 * entries.length
  view.setUint16(0, entries.length, little)
  entries.forEach((entry, i) => {
    const place = 2 + 12 * i
    view.setUint16(place, entry.tag, little)
    view.setUint16(place + 2, entry.type, little)
    view.setUint32(place + 4, entry.count, little)
    if (outside(entry) === 0) return bytes.set(entry.value, place + 8)
    view.setUint32(place + 8, at + free, little)
    bytes.set(entry.value, free)
    free += outside(entry)
  })
  return bytes
}

function segmentOf({ bytes }: Tiff, parts: Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, { length }) => sum + length, 8)
  const segment = new Uint8Array(10 + size)
  const view = new DataView(segment.buffer)
  view.setUint16(0, 0xffe1)
  view.setUint16(2, 8 + size)
  view.setUint32(4, 0x45786966)
  segment.set(bytes.subarray(0, 4), 10)
  view.setUint32(14, 8, bytes[0] === 0x49)
  let at = 18
  for (const part of parts) {
    segment.set(part, at)
    at += part.length
  }
  return segment
}
