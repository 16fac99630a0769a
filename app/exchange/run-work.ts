import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { asc, eq } from 'drizzle-orm'
import { oneAtATime } from '#app/background.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import type { Door } from '#app/deliveries/receiving.ts'
import { openContainer } from '#app/exchange/container.ts'
import { decryptFile } from '#app/exchange/opening.ts'
import { failRun, findRun, finishRun, openRun, recordItem, type Run } from '#app/exchange/runs.ts'
import { takeBundle } from '#app/exchange/taking.ts'
import { pathOf } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { Problem } from '#app/problems.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { exchangeRuns } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const runsIn = (directory: string) => join(directory, 'exchange', 'runs')
const folderOf = (directory: string, id: string) => join(runsIn(directory), id)
const plainOf = (directory: string, id: string) => join(folderOf(directory, id), 'plain')
const remove = (folder: string) => rm(folder, { recursive: true, force: true })

export type Upload = { file: ReceivedFile, passphrase: string }

// Opens an uploaded file and begins to take it in; the run's id. `upload` puts the file into the folder it is given. All
// of it is read first: a file that is not whole changes nothing and leaves nothing.
export async function beginRun(door: Door, actor: Actor, upload: (folder: string) => Promise<Upload>): Promise<string> {
  demand(actor, 'exchange.take')
  const id = randomUUID()
  const folder = folderOf(door.dataDirectory, id)
  await mkdir(folder, { recursive: true })
  try {
    const { file, passphrase } = await upload(folder)
    const plain = plainOf(door.dataDirectory, id)
    await decryptFile(pathOf(folder, file), plain, { dataDirectory: door.dataDirectory, passphrase })
    await remove(join(folder, 'photos'))
    const read = await readThrough(plain)
    transact(door.db, actor, (tx) => openRun(tx, { id, fileName: file.name, sha256: file.sha256, bytes: file.bytes, ...read }))
  } catch (error) {
    await remove(folder)
    throw error
  }
  workOnRun(door, id)
  return id
}

async function readThrough(plain: string) {
  const { changes, bundles } = await openContainer(createReadStream(plain))
  let total = 0
  for await (const _bundle of bundles) total += 1
  return { total, via: changes ? 'package' as const : 'file' as const, packageId: changes?.packageId ?? null }
}

const queue = oneAtATime()

// In the background, one file at a time.
function workOnRun(door: Door, id: string) {
  queue.add(door.db, () => work(door, id))
}

// Settles when nothing is under way.
export const runsDone = queue.done

const takingRuns = (db: Db) => db.select({ id: exchangeRuns.id }).from(exchangeRuns).where(eq(exchangeRuns.status, 'taking')).orderBy(asc(exchangeRuns.takenAt)).all()

// After a restart: a run goes on behind its last line. What no run needs any more is cleared away.
export function resumeRuns(door: Door) {
  const left = takingRuns(door.db)
  const folder = runsIn(door.dataDirectory)
  const idle = existsSync(folder) ? readdirSync(folder).filter((name) => !left.some(({ id }) => id === name)) : []
  for (const name of idle) rmSync(join(folder, name), { recursive: true, force: true })
  for (const { id } of left) workOnRun(door, id)
}

// Every hour: what could not even say that it failed goes on. Folders stay, for somebody may be uploading.
export function retakeRuns(door: Door) {
  for (const { id } of takingRuns(door.db)) workOnRun(door, id)
}

async function work(door: Door, id: string) {
  try {
    const run = findRun(door.db, id)
    if (run?.status !== 'taking') return
    await takeAll(door, run, findOfficer(door.db, run.takenBy)!)
    transact(door.db, system, (tx) => finishRun(tx, id))
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (!door.db.$client.open) return
    fail(door.db, id, error)
  }
  await remove(folderOf(door.dataDirectory, id))
}

async function takeAll(door: Door, { id, done, via }: Run, by: Actor) {
  const { bundles } = await openContainer(createReadStream(plainOf(door.dataDirectory, id)))
  let position = 0
  for await (const bundle of bundles) {
    position += 1
    if (position <= done) continue
    const item = await takeBundle(door, by, bundle, via)
    transact(door.db, by, (tx) => recordItem(tx, id, position, item))
    await setImmediate()
  }
}

function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? error.message : 'Terjadi kesalahan pada sistem.'
  transact(db, system, (tx) => failRun(tx, id, `${message} Yang sudah masuk tetap; unggah lagi berkas yang sama untuk meneruskan.`))
}
