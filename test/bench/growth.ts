import { execFileSync } from 'node:child_process'
import { Agent } from 'node:http'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess, stopProcess } from '#test/bench/running.ts'
import { ask, load, round, spread } from '#test/bench/scale-load.ts'
import { gatherReaders, KINDS, lane, type Kind, type Reader } from '#test/bench/scale-people.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'

// How much longer a page of a large registry takes than the same of a small one: two servers asked in turns, and then by 64 people each at once,
// because the speed of a machine that is shared with others changes from minute to minute. SIKS_GROWTH_SMALL, SIKS_GROWTH_LARGE: data
// folders that are there; else ten and a hundred thousand households are seeded.
const SECONDS = Number(process.env.SIKS_SCALE_SECONDS ?? 120)
const THINK_MS = 4000
const TIMES = 5
const MOST_OF_A_KIND = 60
const BARRED: Kind[] = ['list', 'queue', 'search']

async function serverOn(port: number, households: number, given?: string) {
  const directory = given ?? mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-growth-'))
  if (!existsSync(join(directory, 'siks.db'))) execFileSync(process.execPath, ['--import', 'tsx', 'db/seeds/run.ts', '--households', String(households)], { env: { ...process.env, SIKS_DATA: directory }, stdio: 'ignore' })
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  const readers = await gatherReaders(db)
  const { child } = await startProcess(['.build/server.js'], { SIKS_DATA: directory, SIKS_DEMO: 'false', SIKS_LOG: 'off' }, port)
  const left = db.$client.prepare('SELECT count(*) FROM followers WHERE finished_at IS NULL').pluck()
  while (left.get() !== 0) await pause(1000)
  const [agent, count] = [new Agent({ keepAlive: true, maxSockets: 1 }), db.$client.prepare('SELECT count(*) FROM households').pluck().get() as number]
  const asked = (reader: Reader, path: string, encoding?: 'identity') => ask(port, agent, { path, cookie: reader.cookie }, { encoding })
  const stop = async () => {
    agent.destroy()
    db.$client.close()
    await stopProcess(child)
    if (!given) rmSync(directory, { recursive: true, force: true })
  }
  return { port, readers, count, asked, stop }
}
type Server = Awaited<ReturnType<typeof serverOn>>

const firstOfRoles = ({ readers }: Server) => [...new Map(readers.map((reader) => [reader.role, reader])).values()]

type Pair = { before: number, after: number, isAlike: boolean }
const rowsOf = ({ text }: { text: string }) => text.split('<tr').length

// The fastest of some times each page was asked for, one server after the other. isAlike: both show as many rows, so what is
// compared is the size of the registry and not that of the page.
async function inTurns(kind: Kind): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (const reader of firstOfRoles(small)) {
    const other = firstOfRoles(large).find(({ role }) => role === reader.role)
    const pages = Math.min(MOST_OF_A_KIND, reader.paths[kind].length, other?.paths[kind].length ?? 0)
    for (let page = 0; page < pages; page += 1) {
      const [one, two] = [reader.paths[kind][page]!, other!.paths[kind][page]!]
      const shown = [await small.asked(reader, one, 'identity'), await large.asked(other!, two, 'identity')] as const
      if (shown.some(({ status }) => status !== 200)) continue
      let [before, after] = [Infinity, Infinity]
      for (let turn = 0; turn < TIMES; turn += 1) {
        before = Math.min(before, (await small.asked(reader, one)).ms)
        after = Math.min(after, (await large.asked(other!, two)).ms)
      }
      pairs.push({ before, after, isAlike: rowsOf(shown[0]) === rowsOf(shown[1]) })
    }
  }
  return pairs
}

const say = (name: string, one: number[], other: number[], more: Record<string, unknown>) => {
  const [before, { p95_ms, ...rest }] = [spread(one), spread(other)]
  console.log(JSON.stringify({ name, value: round(p95_ms / before.p95_ms), unit: 'ratio', p95_ms, ...rest, households: large.count, small_p95_ms: before.p95_ms, small_p50_ms: before.p50_ms, small_n: before.n, small_households: small.count, growth_p50: round(rest.p50_ms / before.p50_ms), ...more }))
}

const sayPairs = (name: string, pairs: Pair[]) => say(name, pairs.map(({ before }) => before), pairs.map(({ after }) => after), {})

const small = await serverOn(4303, 10_000, process.env.SIKS_GROWTH_SMALL)
const large = await serverOn(4304, 100_000, process.env.SIKS_GROWTH_LARGE)
try {
  for (const kind of KINDS) {
    const pairs = await inTurns(kind)
    sayPairs(`growth_${kind}_alone`, pairs)
    if (BARRED.includes(kind)) sayPairs(`growth_${kind}_alone_as_many_rows`, pairs.filter(({ isAlike }) => isAlike))
  }
  const both = await Promise.all([small, large].map(({ port, readers }) => load({ port, lanes: readers.map((reader) => lane(reader)), seconds: SECONDS, thinkMs: THINK_MS })))
  for (const kind of KINDS) say(`growth_${kind}`, both[0]!.times.get(kind) ?? [], both[1]!.times.get(kind) ?? [], { users: 64, think_ms: THINK_MS, ...BARRED.includes(kind) ? { bar: '<= 1.5' } : {} })
} finally {
  await small.stop()
  await large.stop()
}
