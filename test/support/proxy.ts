import { createServer as createHttp, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { randomFrom, type Random } from '#db/seeds/random.ts'

// What the air does to what passes. Chances are per connection (cut) or per request. `cutEvery` cuts whatever is under way
// each time so many bytes have passed, both directions together.
export type Weather = { cut?: number, cutEvery?: number, delay?: number, double?: number, portal?: number, down?: boolean }
export type Proxy = {
  url: string
  set: (weather: Weather) => void
  // As a phone counts them: requests with their heads up, answers down.
  wire: { up: number, down: number }
  done: { connections: number, requests: number, cuts: number, delays: number, doubles: number, portals: number }
  stop: () => Promise<void>
}

export const PORTAL = '<!doctype html><title>Hotspot Desa</title><h1>Selamat datang</h1><form method="post"><button>Masuk WiFi</button></form>'

// The way between a phone and the server: an HTTP stage that doubles requests or answers in the server's place, and
// before it a TCP stage that counts bytes and cuts. The same seed draws the same fates in the same order.
export async function proxyTo(target: string, { seed = 1, weather = {} }: { seed?: number, weather?: Weather } = {}): Promise<Proxy> {
  const random = randomFrom(seed)
  const state: State = {
    target: new URL(target), random, weather, left: weather.cutEvery ?? Infinity, sockets: new Set(),
    wire: { up: 0, down: 0 }, done: { connections: 0, requests: 0, cuts: 0, delays: 0, doubles: 0, portals: 0 },
  }
  const inner = createHttp({ keepAliveTimeout: 60_000 }, (request, answer) => void meddle(state, request, answer).catch(() => answer.destroy()))
  const port = await listen(inner)
  const outer = createTcp((phone) => join(state, phone, connect(port, '127.0.0.1')))
  return {
    url: `http://127.0.0.1:${await listen(outer)}`, wire: state.wire, done: state.done,
    set: (next) => {
      state.weather = next
      state.left = next.cutEvery ?? Infinity
      if (next.down) state.sockets.forEach((socket) => socket.destroy())
    },
    stop: async () => {
      state.sockets.forEach((socket) => socket.destroy())
      inner.closeAllConnections()
      await Promise.all([inner, outer].map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

type State = Pick<Proxy, 'wire' | 'done'> & { target: URL, random: Random, weather: Weather, left: number, sockets: Set<Socket> }

const listen = (server: Server) => new Promise<number>((resolve) =>
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

function join(state: State, phone: Socket, office: Socket) {
  const { random, weather, done, sockets } = state
  done.connections++
  // Drawn for every connection, whatever the weather, so that the draws after it stay in step.
  const [doomed, after] = [random.chance(weather.cut ?? 0), random.pick([random.between(1, 900), random.between(900, 20_000)])]
  const ends = [phone, office]
  const part = () => ends.forEach((end) => end.destroy())
  const link = { left: doomed ? after : Infinity, part }
  for (const end of ends) {
    sockets.add(end)
    end.setNoDelay(true).on('error', part).on('close', () => { sockets.delete(end); part() })
  }
  if (weather.down) return part()
  phone.on('data', (chunk) => pass(state, link, chunk, phone, office, 'up'))
  office.on('data', (chunk) => pass(state, link, chunk, office, phone, 'down'))
}

function pass(state: State, link: { left: number, part: () => void }, chunk: Buffer, from: Socket, to: Socket, way: 'up' | 'down') {
  const room = Math.min(link.left, state.left)
  const through = chunk.subarray(0, Math.min(room, chunk.length))
  state.wire[way] += through.length
  link.left -= through.length
  state.left -= through.length
  if (through.length === chunk.length) {
    if (!to.write(through)) {
      from.pause()
      to.once('drain', () => from.resume())
    }
    return
  }
  state.done.cuts++
  if (state.left <= 0) state.left = state.weather.cutEvery ?? Infinity
  from.pause()
  to.write(through, () => link.part())
}

async function meddle({ target, random, weather, done }: State, request: IncomingMessage, answer: ServerResponse) {
  done.requests++
  const [portal, double, late] = [random.chance(weather.portal ?? 0), random.chance(weather.double ?? 0), random.chance(weather.delay ?? 0)]
  if (late) {
    done.delays++
    await pause(random.between(20, 400))
  }
  if (portal) {
    done.portals++
    request.resume()
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PORTAL)
    return
  }
  if (!double) return forward(target, request, answer, (upstream) => request.pipe(upstream))
  const body = Buffer.concat(await request.toArray())
  done.doubles++
  forward(target, request, undefined, (upstream) => upstream.end(body))
  forward(target, request, answer, (upstream) => upstream.end(body))
}

// Without `answer` the server's reply is thrown away: the request was sent, and nobody waits.
function forward(target: URL, request: IncomingMessage, answer: ServerResponse | undefined, give: (upstream: ReturnType<typeof send>) => void) {
  const upstream = send({ host: target.hostname, port: target.port, method: request.method, path: request.url, headers: request.headers, agent: false }, (reply) => {
    if (!answer) return reply.resume()
    answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders)
    reply.on('error', () => answer.destroy()).pipe(answer)
    return reply
  })
  upstream.on('error', () => answer?.destroy())
  if (answer) request.on('error', () => upstream.destroy()).on('close', () => { if (!request.complete) upstream.destroy() })
  give(upstream)
}
