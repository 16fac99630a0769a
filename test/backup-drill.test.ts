import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readLast } from '#app/backup/last.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { openDatabase } from '#db/connection.ts'
import { makeKey, printRing, useKeys } from '#db/key-ring.ts'
import { aKeyPair } from '#test/support/backups.ts'
import { aDelivery, ALL, bundleOf, photos } from '#test/support/delivery.ts'
import { aDataDirectory, aFolder, aServer, type Running, stopServers } from '#test/support/servers.ts'
import { addHousehold, agus, PASSWORD, rina, siti } from '#test/support/world.ts'

const run = promisify(execFile)

// The command as an administrator types it, in a process of its own.
const command = (env: Record<string, string>, ...words: string[]) =>
  run(process.execPath, ['.build/backup.js', ...words], { env: { ...process.env, ...env } }).then(({ stdout }) => stdout, ({ stderr }: { stderr: string }) => stderr)

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const filesIn = (directory: string) => Object.fromEntries(readdirSync(join(directory, 'photos'), { recursive: true, withFileTypes: true, encoding: 'utf8' })
  .filter((one) => one.isFile()).map(({ parentPath, name }) => [name, hashOf(join(parentPath, name))]))

const signIn = async ({ url }: Running, username: string) => {
  const answer = await fetch(`${url}/session`, { method: 'POST', body: new URLSearchParams({ username, password: PASSWORD }), redirect: 'manual' })
  return { status: answer.status, cookie: answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') }
}
const stop = async (server: Running) => {
  server.child.kill('SIGTERM')
  await server.ended
}

const drill = suite('the drill')
drill.after.each(async () => {
  useKeys([])
  await stopServers()
})

for (const locked of [false, true]) drill(`of a machine that burned down, its database ${locked ? 'locked by a key' : 'open'}: backup, restore elsewhere, start, sign in`, async () => {
  const key = makeKey()
  const ring = join(aFolder('keys'), 'ring')
  writeFileSync(ring, printRing([key]), { mode: 0o600 })
  useKeys(locked ? [key] : [])
  const directory = aDataDirectory((db) => {
    addHousehold(db, 'asep', { stage: 'downloaded', officer: siti })
    addHousehold(db, 'ujang', { stage: 'downloaded', officer: siti })
  })
  const setup = openDatabase(join(directory, 'siks.db'))
  const token = await startSession(setup, siti.id, 'drill')
  setup.$client.close()

  const { identity, recipient } = await aKeyPair()
  const identityFile = join(aFolder('safe'), 'kunci.txt')
  writeFileSync(identityFile, `# dari brankas\n${identity}\n`)
  const env = { SIKS_BACKUP_TO: join(aFolder('disk'), 'siks'), SIKS_BACKUP_RECIPIENTS: recipient, SIKS_KEY_FILE: locked ? ring : '' }
  const server = await aServer(directory, env)
  const visitId = await send(server, token, 'asep')

  assert.match(await command({ ...env, SIKS_DATA: directory }), /Cadangan utuh .* dienkripsi/)
  const [photosThen, linesThen] = [filesIn(directory), auditOf(directory)]
  await send(server, token, 'ujang')
  await stop(server)

  const elsewhere = join(aFolder('elsewhere'), 'data')
  assert.match(await command({ ...env, SIKS_DATA: elsewhere }, '--check', '--full', '--identity', identityFile), /utuh.*basis data dibuka dan diperiksa/)
  assert.match(await command({ ...env, SIKS_DATA: elsewhere }, 'restore'), /--identity/)
  assert.match(await command({ ...env, SIKS_DATA: elsewhere }, 'restore', '--identity', identityFile), /semua hash cocok/)
  assert.ok(Object.keys(photosThen).length > 0)
  assert.equal(filesIn(elsewhere), photosThen)
  assert.equal(auditOf(elsewhere), linesThen)
  assert.is(hashOf(join(elsewhere, 'receipt-key.pem')), hashOf(join(directory, 'receipt-key.pem')))

  const anew = await aServer(elsewhere, { SIKS_KEY_FILE: env.SIKS_KEY_FILE })
  const { status, cookie } = await signIn(anew, rina.id)
  const page = await fetch(`${anew.url}/households/asep`, { headers: { Cookie: cookie } })
  const photo = await fetch(`${anew.url}/files/visits/${visitId}/${ALL.at(-1)}`, { headers: { Cookie: cookie } })
  assert.equal([status, page.status, photo.status, photo.headers.get('Content-Type')], [303, 200, 200, 'image/jpeg'])
  await stop(anew)
})

drill('by the button of the administrator: the server makes the backup beside everybody, and the page tells of it', async () => {
  useKeys([])
  const directory = aDataDirectory((db) => void addHousehold(db, 'asep'))
  const db = openDatabase(join(directory, 'siks.db'))
  const token = await startSession(db, agus.id, 'drill')
  db.$client.close()
  const server = await aServer(directory, { SIKS_BACKUP_TO: join(aFolder('disk'), 'siks'), SIKS_KEY_FILE: '' })
  const cookie = { Cookie: `siks_session=${token}` }
  const asked = await fetch(`${server.url}/operation/backup`, { method: 'POST', headers: cookie, redirect: 'manual' })
  assert.is(asked.status, 303)
  for (let n = 0; n < 1200 && !readLast(directory); n++) await pause(50)
  assert.is(readLast(directory)?.failure, null)
  assert.match(await (await fetch(`${server.url}/operation`, { headers: cookie })).text(), /1 rumah tangga, \d+ berkas/)
  await stop(server)
})

async function send({ url }: Running, token: string, householdId: string) {
  const made = aDelivery({ householdId, photos: photos(undefined, householdId === 'asep' ? 1 : 50), sequence: householdId === 'asep' ? 1 : 2 })
  const answer = await fetch(`${url}/deliveries/${made.id}/bundle`, { method: 'POST', body: new Uint8Array(bundleOf(made)), headers: { Cookie: `siks_session=${token}`, Accept: 'application/json' } })
  assert.is(answer.status, 200, await answer.text())
  return made.visitId
}

function auditOf(directory: string) {
  const db = openDatabase(join(directory, 'siks.db'))
  const line = db.$client.prepare("SELECT hash FROM audit_entries WHERE action = 'visit.submitted' ORDER BY seq").pluck().all()
  db.$client.close()
  return line
}

drill.run()
