import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector/promises'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess } from '#test/bench/running.ts'

// Where the main thread's time goes: how long it did anything at all, and the shares in that of the parts of the product and of what it stands
// on. "node" is what Node itself and the system do: lines to others, files, waiting for the disk where it is waited for.
export type Looked = { busyMs: number, shares: Record<string, number> }
const SAMPLE_US = 1000
const SHOWN = 12

// A server that can be asked for its profile; the same as any other, but for that.
export async function startProfiled(directory: string, port: number) {
  const path = join(directory, 'profile.json')
  const { child } = await startProcess(['--import', './test/bench/profiled.js', '.build/server.js'], {
    SIKS_DATA: directory, SIKS_DEMO: 'false', SIKS_LOG: 'off', SIKS_PROFILE: path, SIKS_PROFILE_US: String(SAMPLE_US),
  }, port)
  return { child, profile: (work: () => Promise<unknown>) => profileOf(child, path, work) }
}

async function profileOf(child: ChildProcess, path: string, work: () => Promise<unknown>): Promise<Looked> {
  child.kill('SIGUSR2')
  await work()
  child.kill('SIGUSR2')
  while (!existsSync(path)) await pause(20)
  const profile = JSON.parse(readFileSync(path, 'utf8')) as Profiler.Profile
  rmSync(path)
  return lookedAt(profile)
}

// The same of work in this very process.
export async function profileHere(work: () => Promise<unknown>): Promise<Looked> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return lookedAt(profile)
}

// Of samples, without those in which nothing was done; the dearest first.
function lookedAt({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Looked {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const areas = new Map<number, string | undefined>()
  const place = (node: Profiler.ProfileNode, above?: string) => {
    const area = areaOf(node.callFrame, above)
    areas.set(node.id, area)
    for (const child of node.children ?? []) place(byId.get(child)!, area)
  }
  place(nodes[0]!)
  const spent = new Map<string, number>()
  for (const [i, id] of samples.entries()) {
    const area = areas.get(id)
    if (area) spent.set(area, (spent.get(area) ?? 0) + (timeDeltas[i + 1] ?? 0))
  }
  const sorted = [...spent].sort(([, one], [, other]) => other - one)
  const us = (areas: [string, number][]) => areas.reduce((sum, [, one]) => sum + one, 0)
  const whole = us(sorted)
  const shown: [string, number][] = [...sorted.slice(0, SHOWN), ['rest', us(sorted.slice(SHOWN))]]
  return { busyMs: whole / 1000, shares: Object.fromEntries(shown.map(([area, one]) => [area, Math.round(one / whole * 1000) / 1000])) }
}

const BY_NAME = new Map([['(root)', undefined], ['(idle)', undefined], ['(garbage collector)', 'sweeping'], ['(program)', 'node']])
const SQLITE = new Set(['all', 'get', 'run', 'iterate', 'next', 'exec', 'prepare', 'pragma', 'raw', 'return'])

// What the machine does for a function counts as that function's, but for SQLite and for sweeping memory.
function areaOf({ functionName, url, lineNumber, columnNumber }: Profiler.ProfileNode['callFrame'], above: string | undefined): string | undefined {
  if (BY_NAME.has(functionName)) return BY_NAME.get(functionName)
  if (url === '') return SQLITE.has(functionName) && above !== undefined ? 'sqlite' : above
  if (url.startsWith('node:')) return 'node'
  // Packages bring maps of their own, to files that do not say whose they are.
  return areaOfFile(url.includes('node_modules') ? url : original(url, lineNumber, columnNumber))
}

// app/reviews, views, db; of a package its name.
function areaOfFile(file: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? []
  if (name) return name
  const [, top = 'other', part = ''] = /(?:^|\/)(app|views|db|test)\/([^/]+)/.exec(file) ?? []
  return top === 'app' && !part.includes('.') ? `app/${part}` : top
}

const maps = new Map<string, SourceMap | undefined>()
function original(url: string, line: number, column: number): string {
  const path = url.replace(/^file:\/\//, '')
  if (!maps.has(path)) maps.set(path, existsSync(`${path}.map`) ? new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8'))) : undefined)
  const found = maps.get(path)?.findEntry(line, column)
  return found && 'originalSource' in found ? found.originalSource : path
}
