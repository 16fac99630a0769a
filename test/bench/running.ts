import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

// As the service starts it: what it may take of memory is set there.
const [, settings] = /^Environment=(MALLOC_\S+ NODE_OPTIONS=\S+)$/m.exec(readFileSync('app/operation/debian/siks.service', 'utf8'))!
export const AS_A_SERVICE = Object.fromEntries(settings!.split(' ').map((one): [string, string] => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))

// A server of its own process, and what it takes of the machine.
export async function startProcess(args: string[], env: Record<string, string>, port: number) {
  const begin = performance.now()
  const child = spawn(process.execPath, args, { env: { ...process.env, ...AS_A_SERVICE, PORT: String(port), ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`)
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then(() => true, () => false)) return { child, ms: performance.now() - begin }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export async function stopProcess(child: ChildProcess) {
  child.kill('SIGTERM')
  if (child.exitCode === null) await new Promise((resolve) => child.once('close', resolve))
}

const TICK_MS = 10

// Of the processor, in all its threads.
export function processorMs({ pid }: { pid?: number }): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

// now: of the server, and what the processes it has begun hold of their own; the program itself, which they share with it, lies in memory once.
// most: the largest the server itself ever was.
export function memoryMb({ pid }: { pid?: number }) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  const server = statusMb(String(pid), 'VmRSS')
  return { now: children.reduce((sum, one) => sum + statusMb(one, 'RssAnon'), server), server, most: statusMb(String(pid), 'VmHWM') }
}

// One that has ended meanwhile has nothing.
function statusMb(pid: string, field: string) {
  const path = `/proc/${pid}/status`
  return existsSync(path) ? Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(path, 'utf8'))?.[1] ?? 0) / 1024 : 0
}
