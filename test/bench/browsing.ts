import { Agent, request } from 'node:http'

// People who read: each opens a page, looks at it for a while as people do, and opens the next. Returns what stops them all and tells
// how long they waited. thinkMs: on average; drawn anew each time, so that they do not march in step.
export function browse(port: number, { readers, thinkMs, tokens, paths }: { readers: number, thinkMs: number, tokens: string[], paths: string[] }) {
  const agent = new Agent({ keepAlive: true, maxSockets: readers })
  const times: number[] = []
  const failures: string[] = []
  let going = true
  const wakers = new Set<() => void>()
  const rest = (ms: number) => new Promise<void>((resolve) => {
    const done = () => {
      wakers.delete(done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, ms)
    wakers.add(done)
  })
  const person = async (number: number) => {
    for (let page = number; going; page += 1) {
      await rest(-Math.log(1 - Math.random()) * thinkMs)
      if (!going) return
      const begin = performance.now()
      const status = await open(port, agent, paths[page % paths.length]!, tokens[number % tokens.length]!)
      times.push(performance.now() - begin)
      if (status !== 200) failures.push(`${paths[page % paths.length]}: ${status}`)
    }
  }
  const people = Array.from({ length: readers }, (_, number) => person(number))
  return {
    stop: async () => {
      going = false
      wakers.forEach((wake) => wake())
      await Promise.all(people)
      agent.destroy()
      if (failures.length > 0) throw new Error(`${failures.length} pages failed, the first ${failures[0]}`)
      times.sort((a, b) => a - b)
      const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
      return { n: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
    },
  }
}

const open = (port: number, agent: Agent, path: string, token: string) => new Promise<number>((resolve, reject) => {
  request({ port, host: '127.0.0.1', agent, path: encodeURI(path), headers: { Cookie: `siks_session=${token}` } }, (answer) => {
    answer.resume().on('end', () => resolve(answer.statusCode ?? 0)).on('error', reject)
  }).on('error', reject).end()
})
