import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export type Answer = { status: number, ms: number, text: string }
export type Asked = { kind: string, path: string, cookie: string }

// One request over real HTTP, timed until its last byte.
export function ask(port: number, agent: Agent, { path, cookie }: Pick<Asked, 'path' | 'cookie'>, { method = 'GET', form, encoding = 'gzip' }: { method?: string, form?: string, encoding?: 'gzip' | 'identity' } = {}): Promise<Answer & { location?: string }> {
  const begin = performance.now()
  const headers = { Cookie: cookie, 'Accept-Encoding': encoding, ...form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(Buffer.byteLength(form)), 'Sec-Fetch-Site': 'same-origin' } : {} }
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', agent, method, path, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode!, ms: performance.now() - begin, text: Buffer.concat(chunks).toString('latin1'), location: answer.headers.location }))
    })
    sent.on('error', reject)
    sent.end(form)
  })
}

export type Times = Map<string, number[]>
type Load = { port: number, lanes: (() => Asked)[], seconds: number, thinkMs: number }

// Each lane is one person over one connection. thinkMs: how long, on average, a page is read before the next is asked for; none:
// the next at once, which shows how much the server can bear rather than what people feel. refused: what this person may not open.
export async function load({ port, lanes, seconds, thinkMs }: Load): Promise<{ times: Times, refused: number, failed: number, perSecond: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes.length })
  const times: Times = new Map()
  const end = performance.now() + seconds * 1000
  let [refused, failed, count] = [0, 0, 0]
  await Promise.all(lanes.map(async (next, lane) => {
    if (thinkMs > 0) await pause(thinkMs * lane / lanes.length)
    while (performance.now() < end) {
      const asked = next()
      const { status, ms } = await ask(port, agent, asked)
      count += 1
      if (status >= 500) failed += 1
      else if (status !== 200) refused += 1
      else if (times.has(asked.kind)) times.get(asked.kind)!.push(ms)
      else times.set(asked.kind, [ms])
      if (thinkMs > 0) await pause(-Math.log(1 - Math.random()) * thinkMs)
    }
  }))
  agent.destroy()
  return { times, refused, failed, perSecond: count / seconds }
}

export const at = (sorted: number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
export const round = (value: number) => Math.round(value * 100) / 100
export function spread(ms: number[]) {
  const sorted = [...ms].sort((one, other) => one - other)
  return { n: sorted.length, p50_ms: round(at(sorted, 0.5)), p95_ms: round(at(sorted, 0.95)), p99_ms: round(at(sorted, 0.99)) }
}
