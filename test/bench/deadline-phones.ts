import { createHash, randomUUID } from 'node:crypto'
import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { bundleHead, type DeliveryState, type DeliveryText } from '#app/deliveries/format.ts'
import { newId } from '#app/ids.ts'
import { afterPiece, FRESH_PACE } from '#app/offline/pace.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { makeJpeg } from '#test/support/jpeg.ts'

// A phone as the server sees it: the requests that app/offline sends, with their sizes, at the speed of its own line.
// bitsPerSecond: upwards. good: trusted with a whole visit in one post, as the worker decides by its own measure.
export type Line = { name: string, bitsPerSecond: number, roundTripMs: number, good: boolean }
export type Errand = { householdId: string, record: HouseholdRecord, officerId: string }
export type Kind = 'sign_in' | 'page' | 'contact' | 'text' | 'piece' | 'bundle' | 'question'
// ms: from the last byte sent to the last byte of the answer. turns: requests that had to be made again.
export type Ledger = { times: Record<Kind, number[]>, refused: Record<string, number>, turns: number, sending: number, mostSending: number, up: number, down: number }

export const newLedger = (): Ledger => ({
  times: { sign_in: [], page: [], contact: [], text: [], piece: [], bundle: [], question: [] }, refused: {}, turns: 0, sending: 0, mostSending: 0, up: 0, down: 0,
})

export const PHOTO_BYTES = 120_000
const AT = '2026-11-24T02:00:00.000Z'
const base = makeJpeg({ width: 640, height: 480, seed: 5, bytes: PHOTO_BYTES - 40 })
const start = base.subarray(0, -2)
const hashOfStart = createHash('sha256').update(start)

// Nobody has sent it before: a fresh id stands in a comment at its end.
function freshPhoto(kind: string) {
  const end = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 38]), Buffer.from(randomUUID(), 'latin1'), Buffer.from([0xff, 0xd9])])
  return { kind, bytes: start.length + end.length, sha256: hashOfStart.copy().update(end).digest('hex'), read: () => Buffer.concat([start, end]) }
}

type Answer = { status: number, body: string, headers: IncomingHttpHeaders }
type Asking = { method?: string, body?: Buffer[], headers?: Record<string, string> }
const STEP = 8 * 1024
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

export class OnlinePhone {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 })
  readonly #sockets = new Set<Socket>()
  readonly #port: number
  readonly #line: Line
  readonly #ledger: Ledger
  readonly #address: string
  readonly #deviceId = randomUUID()
  #cookie = ''
  #made = 0
  #pace = FRESH_PACE

  constructor(port: number, line: Line, ledger: Ledger, address: string) {
    this.#port = port
    this.#line = line
    this.#ledger = ledger
    this.#address = address
  }

  async signIn(username: string, password: string) {
    const answer = await this.#ask('sign_in', '/session', { method: 'POST', headers: FORM, body: [Buffer.from(new URLSearchParams({ username, password, next: '/field' }).toString())] }, 303)
    this.#cookie = answer.headers['set-cookie']![0]!.split(';')[0]!
  }

  open = (path: string) => this.#ask('page', path)

  contact = (userId: string) => this.#ask('contact', '/devices', {
    method: 'POST', headers: this.#asWorker(userId, { 'Content-Type': 'application/json' }), body: [Buffer.from(JSON.stringify({ id: this.#deviceId, label: 'HP uji', made: this.#made }))],
  })

  // From pressing "Kirim" until the server has signed for everything. Returns the visit's number.
  async send({ householdId, record, officerId }: Errand): Promise<{ visitId: string, status: string }> {
    const photos = PHOTO_KINDS.map(({ code }) => freshPhoto(code))
    const delivery: DeliveryText = {
      format: 1, id: newId(), visitId: newId(), householdId, officerId, deviceId: this.#deviceId, sequence: ++this.#made, madeAt: AT, baseVersion: 1,
      visit: { record, activeMs: 1_500_000, openedAt: AT, questionnaireVersion: '2026', coordinate: { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: AT } },
      photos: photos.map(({ kind, sha256, bytes }) => ({ kind, sha256, bytes, takenAt: AT })),
    }
    this.#ledger.mostSending = Math.max(this.#ledger.mostSending, ++this.#ledger.sending)
    try {
      const text = Buffer.from(JSON.stringify(delivery))
      const state = this.#line.good ? await this.#sendBundle(delivery, text, photos) : await this.#sendPieces(delivery, text, photos)
      return { visitId: delivery.visitId, status: state.receipt.photosComplete ? state.status : 'half' }
    } finally {
      this.#ledger.sending--
    }
  }

  close() {
    for (const { bytesWritten, bytesRead } of this.#sockets) {
      this.#ledger.up += bytesWritten
      this.#ledger.down += bytesRead
    }
    this.#agent.destroy()
  }

  async #sendBundle({ id, officerId }: DeliveryText, text: Buffer, photos: ReturnType<typeof freshPhoto>[]): Promise<DeliveryState> {
    const body = [Buffer.from(bundleHead(text)), text, ...photos.map(({ read }) => read())]
    return JSON.parse((await this.#ask('bundle', `/deliveries/${id}/bundle`, { method: 'POST', body, headers: this.#asWorker(officerId) })).body)
  }

  async #sendPieces({ id, officerId }: DeliveryText, text: Buffer, photos: ReturnType<typeof freshPhoto>[]): Promise<DeliveryState> {
    let state: DeliveryState = JSON.parse((await this.#ask('text', `/deliveries/${id}`, { method: 'PUT', body: [text], headers: this.#asWorker(officerId, { 'Content-Type': 'application/json' }) })).body)
    for (const { kind, bytes, read } of photos) {
      const photo = read()
      for (let at = 0; at < bytes;) {
        const [piece, begun] = [photo.subarray(at, at + this.#pace.piece), performance.now()]
        const answer = await this.#ask('piece', `/deliveries/${id}/photos/${kind}`, { method: 'PATCH', body: [piece], headers: this.#asWorker(officerId, { 'Upload-Offset': String(at) }) })
        this.#pace = afterPiece(this.#pace, piece.length, performance.now() - begun)
        state = JSON.parse(answer.body)
        const told = state.photos.find((one) => one.kind === kind)
        at = !told || told.stored ? bytes : told.offset
      }
    }
    return state
  }

  #asWorker = (userId: string, more: Record<string, string> = {}) => ({
    'Accept': 'application/json', 'Content-Type': 'application/octet-stream', 'Siks-User': userId, 'Siks-Device': this.#deviceId, 'Siks-Made': String(this.#made), ...more,
  })

  // What is not answered is asked again, later and later, as the worker does; the server knows what it has already.
  async #ask(kind: Kind, path: string, asking: Asking = {}, expected = 200): Promise<Answer> {
    for (let misses = 0; ; misses++) {
      const answer = await this.#once(kind, path, asking).catch(() => undefined)
      if (answer?.status === expected) return answer
      const name = `${kind} ${answer?.status ?? 'cut'}`
      this.#ledger.refused[name] = (this.#ledger.refused[name] ?? 0) + 1
      if (misses === 8) throw new Error(`${asking.method ?? 'GET'} ${path}: ${name} ${answer?.body.replace(/<[^>]+>/g, ' ').slice(0, 300)}`)
      this.#ledger.turns++
      await pause(500 * 2 ** Math.min(misses, 5))
    }
  }

  async #once(kind: Kind, path: string, { method = 'GET', body = [], headers = {} }: Asking): Promise<Answer> {
    await pause(this.#line.roundTripMs)
    const length = body.reduce((sum, { length: bytes }) => sum + bytes, 0)
    const sent = request({
      port: this.#port, host: '127.0.0.1', agent: this.#agent, method, path,
      headers: { 'Cookie': this.#cookie, 'X-Forwarded-For': this.#address, ...headers, ...(method === 'GET' ? {} : { 'Content-Length': String(length) }) },
    })
    sent.on('socket', (socket) => this.#sockets.add(socket))
    const answered = new Promise<Answer>((resolve, reject) => sent.on('error', reject).on('response', (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk)).on('error', reject).on('end', () => resolve({ status: answer.statusCode!, body: Buffer.concat(chunks).toString(), headers: answer.headers }))
    }))
    answered.catch(() => undefined)
    await this.#pour(sent, body)
    const begun = performance.now()
    const answer = await answered
    this.#ledger.times[kind].push(performance.now() - begun)
    return answer
  }

  // As fast as the line is; the last step is written when its time on the air has passed.
  async #pour(sent: ReturnType<typeof request>, body: Buffer[]) {
    let due = performance.now()
    for (const part of body) {
      for (let at = 0; at < part.length; at += STEP) {
        const step = part.subarray(at, at + STEP)
        due += step.length * 8000 / this.#line.bitsPerSecond
        if (due - performance.now() > 2) await pause(due - performance.now())
        sent.write(step)
      }
    }
    sent.end()
  }
}
