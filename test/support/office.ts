import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { receiptWords, type DeliveryState, type DeliveryText } from '#app/deliveries/format.ts'
import { missingRanges } from '#app/devices/gaps.ts'

// The server a phone talks to, in memory: what the contract between them says and nothing more. `hold` keeps a delivery
// for a person; `refuse` answers a text with a problem.
type Photo = { sha256: string, bytes: Buffer, whole: number, stored: boolean }
type Kept = { text: string, sha256: string, visitId: string, receivedAt: string, photos: Map<string, Photo>, status: DeliveryState['status'], reason: string | null, problem: DeliveryState['problem'] }
type Refusal = { status: number, code: string, message: string }

const say = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const problem = ({ status, code, message }: Refusal, more = {}) => say(status, { problem: { code, message, fields: {} }, ...more })
const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const GONE: Refusal = { status: 404, code: 'not_found', message: 'Kiriman tidak ditemukan.' }

export class Office {
  user: string | null
  secret = randomBytes(32).toString('base64')
  at = '2026-03-02T03:00:00.000Z'
  keepDays = 14
  revoked = false
  full = false
  room = Infinity
  told: string[] = []
  kept = new Map<string, Kept>()
  refuse: (text: DeliveryText) => Refusal | undefined = () => undefined
  hold: (text: DeliveryText) => { reason: string, message: string } | undefined = () => undefined
  changes: unknown = { sequence: 7, full: false, tasks: [], removed: [], directory: [], directoryRemoved: [] }
  pack: Uint8Array<ArrayBuffer> = new TextEncoder().encode('SQLite format 3\0 a pack')
  readonly #key: KeyObject
  readonly receiptKey: JsonWebKey

  constructor(user: string) {
    this.user = user
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    this.receiptKey = publicKey.export({ format: 'jwk' }) as JsonWebKey
  }

  fetch = async (input: string, init: RequestInit): Promise<Response> => {
    const request = new Request(new URL(input, 'http://office'), { ...init, signal: null })
    const { pathname } = new URL(request.url)
    this.told.push(`${request.method} ${pathname}`)
    const answer = await this.#answer(request, pathname)
    answer.headers.set('Date', new Date(this.at).toUTCString())
    return answer
  }

  async #answer(request: Request, path: string): Promise<Response> {
    if (this.user === null) return problem({ status: 401, code: 'unauthenticated', message: 'Silakan masuk dahulu.' })
    if (request.headers.get('Siks-User') !== this.user) return problem({ status: 409, code: 'wrong_user', message: 'HP ini sedang dipakai akun lain.' })
    if (path === '/devices') return this.#register(await request.json() as { id: string, made: number })
    if (path === '/packs/changes') return say(200, this.changes)
    if (path === '/packs/current') return new Response(this.pack, { headers: { 'Siks-Sequence': '9', 'Siks-Schema': '1' } })
    const [, , id = '', part, kind = ''] = path.split('/')
    if (request.method === 'GET') return this.kept.has(id) ? say(200, this.state(id)) : problem(GONE)
    const body = Buffer.from(await request.arrayBuffer())
    if (this.full || body.length > this.room) return problem({ status: 507, code: 'full', message: 'Penyimpanan server penuh.' })
    if (request.method === 'PUT') return this.#take(id, body)
    if (part === 'bundle') return this.#takeBundle(id, body)
    return this.#append(id, kind, Number(request.headers.get('Upload-Offset')), body)
  }

  #register({ id, made }: { id: string, made: number }) {
    if (this.revoked) return problem({ status: 403, code: 'revoked', message: 'Akses HP ini sudah dicabut.' })
    return say(200, {
      id, secret: this.secret, receiptKey: this.receiptKey, recipient: 'age1office', expiryDays: 14, idleMinutes: 10, keepDays: this.keepDays,
      user: { id: this.user, name: 'Siti Rahayu', role: 'enumerator', regions: ['34.02.01.2001'], regionLabel: 'Poncosari' },
      missing: missingRanges([...this.kept.values()].map(({ text }) => (JSON.parse(text) as DeliveryText).sequence), made),
    })
  }

  #take(id: string, body: Buffer, photos: Buffer[] = []): Response {
    const [text, known] = [body.toString('utf8'), this.kept.get(id)]
    const told = JSON.parse(text) as DeliveryText
    const refusal = this.refuse(told)
    if (refusal) return problem(refusal)
    if (known && known.sha256 !== hash(body)) return problem({ status: 409, code: 'conflict', message: 'Kiriman dengan nomor ini sudah diterima dengan isi yang berbeda.' })
    if (!known) {
      this.kept.set(id, {
        text, sha256: hash(body), visitId: told.visitId, receivedAt: this.at, status: 'waiting_photos', reason: null, problem: null,
        photos: new Map(told.photos.map(({ kind, sha256, bytes }, i) => [kind, { sha256, bytes: photos[i] ?? Buffer.alloc(0), whole: bytes, stored: photos[i] !== undefined }])),
      })
    }
    this.#settle(id)
    return say(200, this.state(id))
  }

  #takeBundle(id: string, body: Buffer): Response {
    const end = 4 + body.readUInt32BE()
    const photos: Buffer[] = []
    let at = end
    for (const { bytes } of (JSON.parse(body.subarray(4, end).toString('utf8')) as DeliveryText).photos) photos.push(body.subarray(at, at += bytes))
    return this.#take(id, body.subarray(4, end), photos)
  }

  #append(id: string, kind: string, offset: number, body: Buffer): Response {
    const photo = this.kept.get(id)?.photos.get(kind)
    if (!photo) return problem(GONE)
    if (photo.stored) return say(200, this.state(id))
    if (photo.bytes.length !== offset) return problem({ status: 409, code: 'conflict', message: 'Bukan lanjutan.' }, { state: this.state(id) })
    photo.bytes = Buffer.concat([photo.bytes, body])
    if (photo.bytes.length === photo.whole) {
      photo.stored = hash(photo.bytes) === photo.sha256
      if (!photo.stored) {
        photo.bytes = Buffer.alloc(0)
        return problem({ status: 422, code: 'invalid', message: 'Foto rusak di jalan.' })
      }
    }
    this.#settle(id)
    return say(200, this.state(id))
  }

  #settle(id: string) {
    const kept = this.kept.get(id)!
    if (kept.status !== 'waiting_photos' || [...kept.photos.values()].some(({ stored }) => !stored)) return
    const held = this.hold(JSON.parse(kept.text) as DeliveryText)
    kept.status = held ? 'held' : 'accepted'
    if (held) Object.assign(kept, { reason: held.reason, problem: { message: held.message, fields: {} } })
  }

  state(id: string, key = this.#key): DeliveryState {
    const { sha256, visitId, receivedAt, status, reason, problem: why, photos } = this.kept.get(id)!
    const words = { id, visitId, sha256, receivedAt, photosComplete: [...photos.values()].every(({ stored }) => stored) }
    const signature = sign('sha256', Buffer.from(receiptWords(words)), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    return {
      receipt: { ...words, signature }, status, reason, problem: why,
      photos: [...photos].map(([kind, { bytes, whole, stored }]) => ({ kind, bytes: whole, offset: bytes.length, stored })),
    }
  }
}
