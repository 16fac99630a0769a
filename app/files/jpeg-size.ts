// How large a JPEG's picture is, read as far as its header goes. Pure: a phone refuses while the house is near what the
// server would refuse when it is far.

export const HEAD_BYTES = 128 * 1024
const LEAST_SIDE = 16
const MOST_PIXELS = 50_000_000

export type Size = { width: number, height: number }
export const NO_JPEG = 'Berkas ini bukan foto JPEG. Ambil ulang fotonya.'
export const TOO_MANY_PIXELS = 'Foto ini terlalu besar. Kecilkan ukuran foto (megapiksel) di setelan kamera, lalu ambil ulang.'

// Why a picture of this size is not taken; undefined: it is. No size: what lies there is no picture.
export const refusalOf = (size: Size | undefined): string | undefined =>
  !size || size.width < LEAST_SIDE || size.height < LEAST_SIDE ? NO_JPEG : size.width * size.height > MOST_PIXELS ? TOO_MANY_PIXELS : undefined

// Each segment tells its length; the frame header, of which there are several kinds, tells the size.
export function jpegSize(bytes: Uint8Array): Size | undefined {
  const end = Math.min(bytes.length, HEAD_BYTES)
  for (let at = 2; at + 9 <= end;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) return { height: two(bytes, at + 5), width: two(bytes, at + 7) }
    else at += 2 + two(bytes, at + 2)
  }
  return undefined
}

const two = (bytes: Uint8Array, at: number) => bytes[at]! * 256 + bytes[at + 1]!
// C4, C8 and CC lie among them and are something else.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
