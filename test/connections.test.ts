import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { guardConnections, SERVER_OPTIONS } from '#app/connections.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { PASSWORD } from '#test/support/world.ts'

type Guarded = { server: Server, port: number, stop: () => Promise<void>, seen: string[] }

// A server that answers what it was sent, guarded with the limits given.
async function guarded(limits: { most?: number, windowMs?: number, leastBytes?: number }): Promise<Guarded> {
  const seen: string[] = []
  const server = createServer(SERVER_OPTIONS, (request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => { bytes += chunk.length })
    request.on('end', () => { seen.push(request.url!); response.end(String(bytes)) })
  })
  const stopGuard = guardConnections(server, { most: 100, windowMs: 300, leastBytes: 10, sweepMs: 20, ...limits })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    server, port: (server.address() as AddressInfo).port, seen,
    stop: () => { stopGuard(); server.closeAllConnections(); return new Promise((done) => server.close(() => done())) },
  }
}

const open: Socket[] = []
function dial(port: number, text = ''): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(text)
  open.push(socket)
  return socket
}
const closed = (socket: Socket) => new Promise<void>((done) => socket.destroyed ? done() : socket.once('close', () => done()))
const connected = (socket: Socket) => new Promise<void>((done) => socket.once('connect', () => done()))
const HEAD = 'POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n'

const guard = suite('slow connections')
guard.after.each(() => open.splice(0).forEach((socket) => socket.destroy()))

guard('that send a body drop by drop are left alone as long as they move, however long it takes', async () => {
  const { port, stop, seen } = await guarded({ windowMs: 200, leastBytes: 10 })
  const socket = dial(port, 'POST /moves HTTP/1.1\r\nHost: x\r\nContent-Length: 600\r\n\r\n')
  const answered = new Promise((done) => socket.once('data', done))
  // Three windows' time in all.
  for (let sent = 0; sent < 600; sent += 20) {
    socket.write('x'.repeat(20))
    await pause(20)
  }
  await answered
  assert.equal(seen, ['/moves'])
  await stop()
})

guard('whose body stands still are cut', async () => {
  const { port, stop, seen } = await guarded({})
  await closed(dial(port, HEAD))
  assert.equal(seen, [])
  await stop()
})

guard('make room for a newcomer when places run out: the one silent longest goes first', async () => {
  const { port, stop } = await guarded({ most: 3, windowMs: 60_000 })
  const silent: Socket[] = []
  for (let n = 0; n < 3; n += 1) {
    silent.push(dial(port, n === 1 ? 'GET / HT' : ''))
    await connected(silent[n]!)
    await pause(15)
  }
  assert.is(await (await fetch(`http://127.0.0.1:${port}/`)).text(), '0')
  await closed(silent[0]!)
  assert.equal(silent.map(({ destroyed }) => destroyed), [true, false, false])
  await stop()
})

guard('that are bodies standing still make room too', async () => {
  const { port, stop } = await guarded({ most: 2, windowMs: 60_000 })
  const bodies = [dial(port, HEAD), dial(port, HEAD)]
  await Promise.all(bodies.map(connected))
  await pause(100)
  assert.is(await (await fetch(`http://127.0.0.1:${port}/`)).text(), '0')
  await stop()
})

guard('have a time for their head, and none for their body', () =>
  assert.equal([SERVER_OPTIONS.headersTimeout > 0, SERVER_OPTIONS.headersTimeout <= 30_000, SERVER_OPTIONS.requestTimeout], [true, true, 0]))

const real = suite('two hundred slow clients')
let server: ServerProcess
real.before(async () => {
  server = await serverProcess()
  await server.start()
})
real.after(async () => {
  open.splice(0).forEach((socket) => socket.destroy())
  await server.stop()
})

real('of every kind stop nobody who comes as one should', async () => {
  const kinds = ['', 'GET /session HTTP/1.1\r\nHost: x\r\nX-A: ', 'POST /session HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n', 'POST /lapor HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="photo1"; filename="a.jpg"\r\n\r\n']
  const slow = Array.from({ length: 200 }, (_, n) => dial(server.port, kinds[n % kinds.length]))
  await Promise.all(slow.map(connected))
  const drip = setInterval(() => slow.forEach((socket, n) => n % kinds.length > 0 && socket.writable && socket.write('a')), 200)
  try {
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => fetch(`${server.url}/session`).then(({ status }) => status)))
      assert.equal(answers, [200, 200, 200, 200])
    }
    const entered = await fetch(`${server.url}/session`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ username: 'siti', password: PASSWORD }) })
    assert.is(entered.status, 303)
    const tasks = await fetch(`${server.url}/field`, { headers: { Cookie: entered.headers.getSetCookie()[0]!.split(';')[0]! } })
    assert.is(tasks.status, 200)
    assert.ok(slow.filter(({ destroyed }) => !destroyed).length > 100, 'they are all still there')
  } finally {
    clearInterval(drip)
  }
})

guard.run()
real.run()
