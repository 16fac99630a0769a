import jpeg from 'jpeg-js'

type Picture = { width?: number, height?: number, seed?: number, bytes?: number }

// A real JPEG that differs for every seed and is the same for the same seed. `bytes` asks for about that size:
// the file is filled up with a comment segment, which every decoder skips.
const made = new Map<string, Buffer>()

export function makeJpeg({ width = 320, height = 240, seed = 1, bytes }: Picture = {}): Buffer {
  const key = `${width}x${height} ${seed} ${bytes}`
  const known = made.get(key) ?? encode({ width, height, seed, bytes })
  made.set(key, known)
  return known
}

function encode({ width, height, seed, bytes }: Required<Omit<Picture, 'bytes'>> & Picture): Buffer {
  const picture = jpeg.encode({ width, height, data: paint(width, height, seed) }, 70).data
  return bytes && bytes > picture.length ? padded(picture, bytes, seed) : picture
}

function paint(width: number, height: number, seed: number) {
  const next = randomBytes(seed)
  const [red = 0, green = 0, blue = 0, ...grains] = Array.from({ length: 515 }, next)
  const data = Buffer.alloc(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const grain = (grains[((x >> 4) * 31 + (y >> 4) * 17) & 511] ?? 0) % 24
    const wall = y > height * 0.4 && Math.abs(x - width / 2) < width * 0.3
    data[at * 4] = (wall ? red : 160 + grain) & 255
    data[at * 4 + 1] = (wall ? green : 190 + grain) & 255
    data[at * 4 + 2] = (wall ? blue + grain : 210 + grain) & 255
    data[at * 4 + 3] = 255
  }
  return data
}

function padded(picture: Buffer, bytes: number, seed: number) {
  const next = randomBytes(seed + 7)
  // Behind the frame, which a camera writes near the beginning, and before the scan.
  const scan = picture.indexOf(Buffer.from([0xff, 0xda, 0, 12]))
  const parts = [picture.subarray(0, scan)]
  for (let missing = bytes - picture.length; missing > 4; missing -= 65_537) {
    const size = Math.min(missing - 4, 65_533)
    const comment = Buffer.from(Array.from({ length: size }, next))
    parts.push(Buffer.from([0xff, 0xfe, (size + 2) >> 8, (size + 2) & 255]), comment)
  }
  return Buffer.concat([...parts, picture.subarray(scan)])
}

// mulberry32: small, and the same on every machine.
function randomBytes(seed: number) {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) & 255
  }
}
