import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

// A head comes at once, over whatever line. A body may take as long as it must: nine photos over 2G are ten minutes and more, so
// no total is set; what is asked is that it moves (LIMITS). An idle line stays open longer than a proxy keeps its own (60 s), so that
// no post meets one that is just being closed.
export const SERVER_OPTIONS = { headersTimeout: 20_000, requestTimeout: 0, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000 }

// most: connections at once. A body that sends, or a reader that takes, less than leastBytes within windowMs is dead or means ill.
export const LIMITS = { most: 2000, windowMs: 60_000, leastBytes: 1024, sweepMs: 5000 }
type Limits = typeof LIMITS

// since: when it last went idle. mark: how far the request under way had come at markedAt.
type Watched = { socket: Socket, since: number, request?: IncomingMessage, mark: number, markedAt: number }

// Slow and silent clients stop nobody: where places run out, the one that has been silent longest makes room for the newcomer.
// Returns what stops it.
export function guardConnections(server: Server, limits: Limits = LIMITS): () => void {
  const watched = new Map<Socket, Watched>()

  server.on('connection', (socket) => {
    if (watched.size >= limits.most && !makeRoom(watched, limits)) return void socket.destroy()
    const now = Date.now()
    watched.set(socket, { socket, since: now, mark: 0, markedAt: now })
    socket.once('close', () => watched.delete(socket))
  })

  server.prependListener('request', (request: IncomingMessage, response) => {
    const one = watched.get(request.socket)
    if (!one) return
    Object.assign(one, { request, mark: moved(one.socket), markedAt: Date.now() })
    response.once('close', () => {
      if (one.request === request) Object.assign(one, { request: undefined, since: Date.now() })
    })
  })

  const sweep = setInterval(() => {
    const now = Date.now()
    for (const one of watched.values()) if (waitsForClient(one)) judge(one, now, limits)
    else one.markedAt = now
  }, limits.sweepMs)
  sweep.unref()
  return () => clearInterval(sweep)
}

const moved = ({ bytesRead, bytesWritten }: Socket) => bytesRead + bytesWritten

// The rest of its body, or that it takes what we have written. What it sent and we have not read yet is our own slowness.
const waitsForClient = ({ request, socket }: Watched) =>
  request !== undefined && (socket.writableLength > 0 || (!request.complete && request.readableLength === 0))

function judge(one: Watched, now: number, { windowMs, leastBytes }: Limits) {
  if (moved(one.socket) - one.mark >= leastBytes) Object.assign(one, { mark: moved(one.socket), markedAt: now })
  else if (now - one.markedAt >= windowMs) one.socket.destroy()
}

// First those with nothing under way (an open line, a head that never ends), then bodies that stand still. False: everybody works.
function makeRoom(watched: Map<Socket, Watched>, { sweepMs }: Limits): boolean {
  let victim: Watched | undefined
  for (const one of watched.values()) if (!one.request && (!victim || one.since < victim.since)) victim = one
  const still = Date.now() - 2 * sweepMs
  if (!victim) for (const one of watched.values()) if (waitsForClient(one) && one.markedAt < still && (!victim || one.markedAt < victim.markedAt)) victim = one
  if (!victim) return false
  watched.delete(victim.socket)
  victim.socket.destroy()
  return true
}
