import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { demandWritable } from '#app/operation/starting.ts'
import { useKeys } from '#db/key-ring.ts'
import { openDatabase } from '#db/connection.ts'
import { aDataDirectory, aFolder } from '#test/support/servers.ts'

useKeys([])

const starting = suite('a start over data that cannot be served')

// As a start of the server does, without what comes after.
function start(directory: string) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'db/migrate-command.ts'], { env: { ...process.env, SIKS_KEY_FILE: '', SIKS_DATA: directory }, encoding: 'utf8' })
  return { status, stderr }
}

function codeOf(work: () => void): string | undefined {
  try {
    work()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

starting('begins no empty registry where one has been, and says what to look at', () => {
  const directory = aDataDirectory()
  rmSync(join(directory, 'siks.db'))
  mkdirSync(join(directory, 'photos'))
  const { status, stderr } = start(directory)
  assert.equal([status, existsSync(join(directory, 'siks.db'))], [78, false])
  assert.match(stderr, /tidak ada atau kosong, padahal folder ini sudah pernah dipakai.*findmnt.*bagian 8/)
})

starting('begins one in an empty folder', () => {
  const directory = aFolder('new')
  const { status, stderr } = start(directory)
  assert.equal([status, stderr, existsSync(join(directory, 'siks.db'))], [0, '', true])
})

starting('says that the database is damaged, without a trace of the program, and is not tried every two seconds', () => {
  const directory = aDataDirectory()
  const path = join(directory, 'siks.db')
  const bytes = readFileSync(path)
  bytes.fill(7, 4096, 4096 * 60)
  writeFileSync(path, bytes)
  const { status, stderr } = start(directory)
  assert.is(status, 78, stderr)
  assert.match(stderr, /SIKS tidak dijalankan\. Disk atau basis data rusak.*\(SQLITE_\w+\)/)
  assert.not.match(stderr, /\n\s+at /)
})

starting('says that a file belongs to somebody else', () => {
  const directory = aDataDirectory()
  // As closed to root as a file of another is to the service.
  mkdirSync(join(directory, '.running'))
  const { status, stderr } = start(directory)
  assert.is(status, 78, stderr)
  assert.match(stderr, /tidak dapat dibuka atau ditulis.*SQLITE_CANTOPEN.*chown -R siks:siks/)
  assert.not.match(stderr, /\n\s+at /)
})

starting('takes no database that can only be read, which would start and refuse everything', () => {
  const path = join(aDataDirectory(), 'siks.db')
  const [open, closed] = [openDatabase(path), openDatabase(path, { readonly: true })]
  demandWritable(open)
  assert.is(codeOf(() => demandWritable(closed)), 'SQLITE_READONLY')
  open.$client.close()
  closed.$client.close()
})

starting.run()
