import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, type Db } from '#db/connection.ts'
import { keyRing } from '#db/key-ring.ts'
import { relock } from '#db/locking.ts'
import { freshDatabase } from '#test/support/world.ts'

// directory: its data. program: its own copy of what was built, so that a test may put a newer one there.
export type ServerProcess = {
  url: string, port: number, directory: string, program: string
  start: () => Promise<void>
  // As an administrator does, requests under way finished; or as a power cut does.
  stop: () => Promise<void>
  kill: () => Promise<void>
  // What lies on the disk at this moment, whether the server runs or not.
  read: <T>(work: (db: Db) => T) => T
  output: () => string
}

const running = new Set<ChildProcess>()
const folders: string[] = []
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'))
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

// The built server in a process of its own, over a data folder that `seed` fills first, always on the same port.
export async function serverProcess(seed: (db: Db) => void = () => {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'siks-process-'))
  folders.push(folder)
  const [directory, program] = [join(folder, 'data'), copyProgram(join(folder, 'program'))]
  mkdirSync(directory)
  const db = freshDatabase()
  seed(db)
  keepDatabase(db, directory)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let output = ''

  async function start() {
    child = await launchServer({ port, directory, program, say: (text) => { output += text } })
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL') {
    const ending = child
    child = undefined
    if (ending) await endServer(ending, signal)
  }

  return {
    url, port, directory, program, start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    read: (work) => {
      const reader = openDatabase(join(directory, 'siks.db'))
      try {
        return work(reader)
      } finally {
        reader.$client.close()
      }
    },
    output: () => output,
  }
}

// As an installation keeps it: locked where this run has a key.
export function keepDatabase(db: Db, directory: string) {
  const file = join(directory, 'siks.db')
  writeFileSync(file, db.$client.serialize())
  db.$client.close()
  const [key] = keyRing()
  if (key) relock(file, [], key)
}

type Launch = { port: number, directory: string, program?: string, say?: (text: string) => void, env?: Record<string, string> }

// The built server in a process of its own over a data folder that is there; resolves when it answers. say: what it prints.
export async function launchServer({ port, directory, program = '.', say = () => {}, env = {} }: Launch): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['.build/server.js'], {
    cwd: program, env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', SIKS_DATA: directory, SIKS_DEMO: 'false', ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  running.add(started)
  started.once('exit', () => running.delete(started))
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (text) => { output += text; say(String(text)) })
  for (const begin = Date.now(); ;) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => ok, () => false)) return started
    if (started.exitCode !== null || Date.now() - begin > 30_000) throw new Error(`The server does not start:\n${output}`)
    await pause(20)
  }
}

export async function endServer(ending: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  if (ending.exitCode !== null || ending.signalCode !== null) return
  const gone = new Promise((done) => ending.once('exit', done))
  ending.kill(signal)
  await gone
}

function copyProgram(program: string) {
  cpSync('.build', join(program, '.build'), { recursive: true })
  for (const name of ['node_modules', 'db', 'package.json']) symlinkSync(resolve(name), join(program, name))
  return program
}

// Below the range from which the system gives ports to outgoing connections: while the server is down nobody takes it.
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
  throw new Error('No free port')
}

const isFree = (port: number) => new Promise<boolean>((answer) => {
  const probe = createServer()
  probe.once('error', () => answer(false))
  probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)))
})
