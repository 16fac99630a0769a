import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { COPIES, upgrade } from '#db/upgrade.ts'
import { aDataDirectory, aFolder, aServer, stopServers } from '#test/support/servers.ts'
import { addHousehold } from '#test/support/world.ts'

// A server's data, and the migrations of the next version: those of today and the ones given.
function anUpgrade(next: Record<string, string> = {}) {
  const directory = aDataDirectory((db) => addHousehold(db, 'asep'))
  const migrations = aFolder('migrations')
  for (const name of readdirSync('db/migrations').filter((one) => one.endsWith('.sql'))) copyFileSync(join('db/migrations', name), join(migrations, name))
  for (const [name, sql] of Object.entries(next)) writeFileSync(join(migrations, name), sql)
  const db = openDatabase(join(directory, 'siks.db'))
  return { directory, migrations, db, copies: () => existsSync(join(directory, COPIES)) ? readdirSync(join(directory, COPIES)).sort() : [] }
}
const names = (db: Db) => db.$client.prepare("SELECT name FROM migrations WHERE name > '9'").pluck().all()
const has = (db: Db, table: string) => db.$client.prepare('SELECT count(*) FROM sqlite_master WHERE name = ?').pluck().get(table) === 1
const why = (work: () => unknown): string => {
  try {
    work()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

const upgrading = suite('an upgrade')
upgrading.after.each(stopServers)

upgrading('copies a database that holds something before it touches it, named by version and time', () => {
  const { db, directory, migrations, copies } = anUpgrade({ '9001_next.sql': 'CREATE TABLE next_one (id TEXT)' })
  const copy = upgrade(db, directory, migrations)!
  assert.equal([names(db), has(db, 'next_one'), copies().length], [['9001_next.sql'], true, 1])
  assert.match(copy, /before-upgrade\/siks-\d{4}_\w+-\d{4}-\d\d-\d\dT/)
  const before = openDatabase(copy)
  assert.equal([has(before, 'next_one'), before.$client.prepare('SELECT count(*) FROM households').pluck().get()], [false, 1])
  before.$client.close()
})

upgrading('copies nothing when there is nothing new, nor for a database that is new itself', () => {
  const { db, directory, migrations, copies } = anUpgrade()
  assert.equal([upgrade(db, directory, migrations), copies()], [undefined, []])
  const empty = aFolder('empty')
  const fresh = openDatabase(join(empty, 'siks.db'))
  assert.is(upgrade(fresh, empty), undefined)
  assert.ok(has(fresh, 'households') && !existsSync(join(empty, COPIES)))
})

upgrading('keeps the three newest copies', () => {
  const { db, directory, migrations, copies } = anUpgrade()
  for (let n = 1; n <= 5; n++) {
    writeFileSync(join(migrations, `900${n}_next.sql`), `CREATE TABLE next_${n} (id TEXT)`)
    upgrade(db, directory, migrations)
  }
  assert.is(copies().length, 3)
  assert.ok(copies().every((name) => /900[234]/.test(name)), copies().join())
})

upgrading('that fails all night leaves one copy, and pushes out none of earlier upgrades', () => {
  const { db, directory, migrations, copies } = anUpgrade({ '9001_next.sql': 'CREATE TABLE next_one (id TEXT)' })
  upgrade(db, directory, migrations)
  const [earlier] = copies()
  writeFileSync(join(migrations, '9002_bad.sql'), 'INSERT INTO nowhere VALUES (1)')
  for (let n = 0; n < 5; n++) assert.match(why(() => upgrade(db, directory, migrations)), /gagal pada 9002_bad/)
  assert.equal([copies().length, copies().includes(earlier!)], [2, true])
})

upgrading('that fails at the second of two leaves nothing of the first, and says what to do', () => {
  const { db, directory, migrations } = anUpgrade({ '9001_next.sql': 'CREATE TABLE next_one (id TEXT)', '9002_bad.sql': 'CREATE TABLE next_two (id TEXT); INSERT INTO nowhere VALUES (1)' })
  const said = why(() => upgrade(db, directory, migrations))
  assert.match(said, /gagal pada 9002_bad\.sql.*tetap seperti sebelum pembaruan.*program versi sebelumnya.*before-upgrade/s)
  assert.equal([names(db), has(db, 'next_one'), has(db, 'next_two')], [[], false, false])
  // The program before it goes on as if nothing had been.
  migrate(db)
  assert.is(db.$client.prepare('SELECT count(*) FROM households').pluck().get(), 1)
  assert.is(db.$client.pragma('foreign_keys', { simple: true }), 1)
})

upgrading('that would leave a row without its parent is undone as a whole', () => {
  for (const sql of ["INSERT INTO user_regions VALUES ('nobody', '34')", "DELETE FROM users WHERE id <> 'system'", 'CREATE TABLE other_users AS SELECT * FROM users WHERE 0; DROP TABLE users; ALTER TABLE other_users RENAME TO users']) {
    const { db, directory, migrations } = anUpgrade({ '9001_orphan.sql': sql })
    assert.match(why(() => upgrade(db, directory, migrations)), /gagal pada 9001_orphan\.sql/, sql)
    assert.equal(names(db), [], sql)
  }
})

upgrading('is refused to an older program, which touches nothing', () => {
  const { db, directory, migrations, copies } = anUpgrade({ '9001_next.sql': 'CREATE TABLE next_one (id TEXT)' })
  upgrade(db, directory, migrations)
  const before = copies()
  assert.match(why(() => upgrade(db, directory)), /lebih baru daripada program.*9001_next\.sql.*Tidak ada yang diubah/)
  assert.equal(copies(), before)
})

upgrading('is refused when a migration was changed after it was applied', () => {
  const { db, directory, migrations } = anUpgrade({ '9001_next.sql': 'CREATE TABLE next_one (id TEXT)' })
  upgrade(db, directory, migrations)
  writeFileSync(join(migrations, '9001_next.sql'), 'CREATE TABLE another (id TEXT)')
  assert.match(why(() => upgrade(db, directory, migrations)), /9001_next\.sql berubah setelah dijalankan/)
})

upgrading('that fails stops the start with words for a person, and the former program starts on the same data', async () => {
  const { db, directory, migrations } = anUpgrade({ '9001_bad.sql': 'INSERT INTO nowhere VALUES (1)' })
  db.$client.close()
  const program = aFolder('program')
  mkdirSync(join(program, 'db'))
  symlinkSync(migrations, join(program, 'db', 'migrations'))
  for (const name of ['.build', 'node_modules', 'package.json']) symlinkSync(resolve(name), join(program, name))
  const { status, stderr } = spawnSync(process.execPath, ['.build/server.js'], { cwd: program, env: { ...process.env, PORT: '0', SIKS_DATA: directory, SIKS_DEMO: 'false' }, encoding: 'utf8' })
  assert.is(status, 78, 'systemd would start it again and again otherwise')
  assert.match(stderr, /SIKS tidak dijalankan\. Pembaruan basis data gagal/)
  assert.not.match(stderr, /\n\s+at /)
  const server = await aServer(directory)
  server.child.kill('SIGTERM')
  assert.is((await server.ended).code, 0)
})

upgrading('is also a command of its own, which makes what is not there yet and ends', () => {
  const directory = aFolder('empty')
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'db/migrate-command.ts'], { env: { ...process.env, SIKS_DATA: directory }, encoding: 'utf8' })
  assert.equal([status, stdout.trim()], [0, 'Basis data sesuai dengan program ini.'])
  assert.ok(existsSync(join(directory, 'siks.db')))
})

upgrading.run()
