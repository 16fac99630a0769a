import { bundleHead, FILE_MAGIC, type DeliveryText } from '#app/deliveries/format.ts'
import { invalid } from '#app/problems.ts'

// What lies in a .siks file once it is decrypted: an outbox is FILE_MAGIC and bundle after bundle (deliveries/format.ts);
// the changes of an office laptop begin with CHANGES_MAGIC and a JSON head instead. Pure: phones write it, offices read it.

export const CHANGES_MAGIC = 'SIKSC1\n'
export const PACKAGE_MAGIC = 'SIKSP1\n'
export const MOST = { textBytes: 1_000_000, photoBytes: 8 * 2 ** 20, photos: 20, headBytes: 10_000 }

// null: a photo the office holds already (of a returned visit), so its bytes do not travel.
export type FileBundle = { text: Uint8Array, photos: (Uint8Array | null)[] }
export type ChangesHead = { packageId: string, laptopId: string, regionCode: string, madeAt: string }

// No text is that long, so the highest bit of its length is free. Set, it says: not every photo is here, and one byte for
// each photo (1 here, 0 not) follows the text.
const PARTIAL = 0x8000_0000

export const outboxStart = (): Uint8Array => ascii(FILE_MAGIC)
export const changesStart = (head: ChangesHead): Uint8Array => startWithHead(CHANGES_MAGIC, head)

export function startWithHead(magic: string, head: object): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head))
  return joined([ascii(magic), bundleHead(json), json])
}

// One bundle, piece by piece and uncopied.
export function* bundlePieces({ text, photos }: FileBundle): Generator<Uint8Array> {
  const here = photos.filter((photo) => photo !== null)
  const partial = here.length < photos.length
  const head = bundleHead(text)
  if (partial) head[0]! |= 0x80
  yield head
  yield text
  if (partial) yield Uint8Array.from(photos, (photo) => photo === null ? 0 : 1)
  yield* here
}

export const bundleSize = ({ text, photos }: FileBundle) => [...bundlePieces({ text, photos })].reduce((sum, piece) => sum + piece.length, 0)

export type Container = { changes: ChangesHead | null, bundles: AsyncGenerator<FileBundle> }

// Reads as the bytes come, holding one bundle at a time. Whatever is wrong is said with its place; a length is judged
// before room is made for it.
export async function openContainer(source: AsyncIterable<Uint8Array>): Promise<Container> {
  const bytes = new Cursor(source)
  const magic = fromAscii(await bytes.take(FILE_MAGIC.length))
  if (magic === FILE_MAGIC) return { changes: null, bundles: readBundles(bytes) }
  const longer = magic + fromAscii(await bytes.take(1))
  if (longer === PACKAGE_MAGIC) throw broken('Ini paket wilayah, bukan kiriman. Pasang di laptop kantor dengan perintah "npm run exchange -- import".')
  if (longer !== CHANGES_MAGIC) throw broken('Isi berkas ini bukan kiriman SIKS.')
  return { changes: await readHead<ChangesHead>(bytes), bundles: readBundles(bytes) }
}

// The JSON that follows the magic of a package or of changes.
export async function readHead<T>(bytes: Cursor): Promise<T> {
  const length = lengthIn(await bytes.take(4))
  if (length > MOST.headBytes) throw broken('Keterangan di awal berkas terlalu panjang.')
  return fromJson(await bytes.take(length), 'Keterangan di awal berkas tidak terbaca.') as T
}

async function* readBundles(bytes: Cursor): AsyncGenerator<FileBundle> {
  for (let number = 1; !await bytes.isDone(); number++) yield await readBundle(bytes, `Kunjungan ke-${number}`)
}

async function readBundle(bytes: Cursor, place: string): Promise<FileBundle> {
  const head = lengthIn(await bytes.take(4, place))
  const partial = head >= PARTIAL
  const length = partial ? head - PARTIAL : head
  if (length > MOST.textBytes) throw broken(`${place}: isinya lebih dari 1 MB.`)
  const text = await bytes.take(length, place)
  const lengths = photoLengths(text, place)
  const here = partial ? await bytes.take(lengths.length, place) : lengths.map(() => 1)
  const photos: (Uint8Array | null)[] = []
  for (const [i, one] of lengths.entries()) photos.push(here[i] ? await bytes.take(one, place) : null)
  return { text, photos }
}

function photoLengths(text: Uint8Array, place: string): number[] {
  const said = fromJson(text, `${place}: isinya tidak terbaca.`) as Partial<DeliveryText> | null
  const photos: unknown = said?.photos
  if (!Array.isArray(photos)) throw broken(`${place}: daftar fotonya tidak ada.`)
  if (photos.length > MOST.photos) throw broken(`${place}: lebih dari ${MOST.photos} foto.`)
  return photos.map((photo: { bytes?: unknown } | null, i) => {
    const length = photo?.bytes
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 1) throw broken(`${place}: ukuran foto ke-${i + 1} tidak masuk akal.`)
    if (length > MOST.photoBytes) throw broken(`${place}: foto ke-${i + 1} lebih dari 8 MB.`)
    return length
  })
}

const broken = (message: string) => invalid({ file: message }, 'Berkas ini tidak bisa diterima.')

function fromJson(bytes: Uint8Array, refusal: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw broken(refusal)
  }
}

// Takes exact lengths out of chunks of any length.
export class Cursor {
  private readonly source: AsyncIterator<Uint8Array>
  private chunk: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  async isDone(): Promise<boolean> {
    while (this.chunk.length === 0) {
      const next = await this.source.next()
      if (next.done) return true
      this.chunk = next.value
    }
    return false
  }

  async take(length: number, place = 'Berkas'): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    for (let missing = length; missing > 0;) {
      if (await this.isDone()) throw broken(`${place}: berkas berakhir sebelum isinya lengkap.`)
      const piece = this.chunk.subarray(0, missing)
      this.chunk = this.chunk.subarray(piece.length)
      missing -= piece.length
      pieces.push(piece)
    }
    return pieces.length === 1 ? pieces[0]! : joined(pieces)
  }

  async* rest(): AsyncGenerator<Uint8Array> {
    while (!await this.isDone()) {
      yield this.chunk
      this.chunk = new Uint8Array(0)
    }
  }
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const lengthIn = (four: Uint8Array) => new DataView(four.buffer, four.byteOffset).getUint32(0)
const ascii = (text: string) => new TextEncoder().encode(text)
const fromAscii = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
