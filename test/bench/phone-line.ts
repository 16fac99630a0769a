import { createServer as createHttp, request } from 'node:http'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createGzip } from 'node:zlib'

// The air between a phone and the server on 2G: so many bits a second for all connections together, each way by itself, so
// long until anything comes back, and a handshake before the first byte of every connection. It stands outside the browser,
// so page and service worker have the same line.
export type Air = {
  url: string
  // As the phone counts them, heads and bodies.
  wire: { up: number, down: number, connections: number }
  stop: () => void
}
// handshakes: round trips before the first byte of a connection; one for TCP, one more for TLS 1.3.
type Quality = { bitsPerSecond: number, roundTripMs: number, handshakes?: number }
type Way = 'up' | 'down'

export const TWO_G: Quality = { bitsPerSecond: 50_000, roundTripMs: 400, handshakes: 2 }

const PACKET = 1400
// What a narrow line keeps in its buffers before the sender has to wait.
const QUEUE = 32 * 1024

export async function airTo(port: number, { bitsPerSecond, roundTripMs, handshakes = 2 }: Quality): Promise<Air> {
  const wire = { up: 0, down: 0, connections: 0 }
  const free: Record<Way, number> = { up: 0, down: 0 }
  const sockets = new Set<Socket>()

  // When its last bit is through: after all that was on the line before it.
  const through = (way: Way, bytes: number) => (free[way] = Math.max(free[way], performance.now()) + bytes * 8000 / bitsPerSecond)

  async function carry(from: Socket, to: Socket, way: Way, openAt: number) {
    let waiting = 0
    let last = Promise.resolve()
    from.on('data', (chunk) => {
      waiting += chunk.length
      if (waiting > QUEUE) from.pause()
      last = last.then(async () => {
        for (let at = 0; at < chunk.length; at += PACKET) {
          await until(openAt)
          const packet = chunk.subarray(at, at + PACKET)
          const leaves = through(way, packet.length)
          await until(leaves)
          setTimeout(() => to.destroyed || to.write(packet), roundTripMs / 2)
          wire[way] += packet.length
        }
        waiting -= chunk.length
        if (waiting <= QUEUE) from.resume()
      })
    })
    from.on('end', () => void last.then(() => setTimeout(() => to.end(), roundTripMs / 2 + 1)))
  }

  const server = createServer({ allowHalfOpen: true }, (phone) => {
    wire.connections++
    const openAt = performance.now() + handshakes * roundTripMs
    const office = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    for (const [one, other] of [[phone, office], [office, phone]] as const) {
      sockets.add(one.setNoDelay(true))
      one.on('error', () => other.destroy()).on('close', () => { sockets.delete(one); other.destroy() })
    }
    void carry(phone, office, 'up', openAt)
    void carry(office, phone, 'down', openAt)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, wire,
    stop: () => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}

const until = (at: number) => at > performance.now() ? pause(at - performance.now()) : undefined

// Caddy as app/operation/debian sets it up for those phones that know gzip alone: pages are packed on their way, what the
// server has packed already stays as it is.
export async function frontOf(port: number): Promise<{ port: number, stop: () => void }> {
  const server = createHttp({ keepAliveTimeout: 60_000 }, (asked, answer) => {
    const onward = request({ port, host: '127.0.0.1', method: asked.method, path: asked.url, headers: asked.headers }, (given) => {
      const { 'content-encoding': packed, 'content-type': type = '', ...rest } = given.headers
      const packs = !packed && /^(text|application\/(json|javascript|manifest))/.test(type)
      if (packs) delete rest['content-length']
      answer.writeHead(given.statusCode ?? 502, { ...rest, 'content-type': type, ...(packed || packs ? { 'content-encoding': packed ?? 'gzip', 'vary': 'Accept-Encoding' } : {}) })
      if (packs) given.pipe(createGzip({ level: 5 })).pipe(answer)
      else given.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, stop: () => { server.closeAllConnections(); server.close() } }
}
