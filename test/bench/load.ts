import { Agent, request } from 'node:http'

export type Shot = { method?: string, path: string, headers?: Record<string, string>, body?: Buffer[] }
export type Volley = { count: number, seconds: number, perSecond: number, p50: number, p95: number, p99: number }

// Sends `shots` over `concurrency` kept-alive connections of real HTTP, one after another on each, and times every answer.
// Any answer but `expected` ends the bench: a fast refusal is no result.
export async function fire(port: number, shots: Iterable<Shot>, { concurrency, expected = 200 }: { concurrency: number, expected?: number }): Promise<Volley> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const times: number[] = []
  const queue = shots[Symbol.iterator]()
  const begin = performance.now()
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const start = performance.now()
      await once(port, agent, next.value, expected)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { count: times.length, seconds, perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

function once(port: number, agent: Agent, { method = 'GET', path, headers = {}, body }: Shot, expected: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'Content-Length': String(body.reduce((sum, { length }) => sum + length, 0)) } : {}
    const sent = request({ port, host: '127.0.0.1', agent, method, path, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks)
        if (answer.statusCode === expected) resolve(text)
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.toString().replace(/<[^>]+>/g, ' ').slice(0, 400)}`))
      })
      answer.on('error', reject)
    })
    sent.on('error', reject)
    // In parts, as they are: joining them would be the generator's work on the server's cores.
    sent.cork()
    for (const part of body ?? []) sent.write(part)
    sent.end()
  })
}
