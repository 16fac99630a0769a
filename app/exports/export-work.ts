import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { and, eq } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { masked } from '#app/exports/exportable.ts'
import { demandList, expireExports, findExport, readQueryText, type ExportFile } from '#app/exports/exports.ts'
import { mayLeave } from '#app/exports/restricted-rows.ts'
import { currentDataKey } from '#app/files/data-keys.ts'
import { sealing, type DataKey } from '#app/files/sealing.ts'
import { sheetOf } from '#app/exports/sheet.ts'
import { doubtOf } from '#app/operation/clock.ts'
import { roomFor } from '#app/operation/disk.ts'
import { Problem } from '#app/problems.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { activeActor } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { openMoment } from '#db/moment.ts'
import { exportFiles } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

type Place = { db: Db, dataDirectory: string }

const folderIn = (directory: string) => join(directory, 'exports')
export const exportPath = (directory: string, { id, format }: Pick<ExportFile, 'id' | 'format'>) => join(folderIn(directory), `${id}.${format}`)

const queue = oneAtATime()

// In the background, one at a time.
export function workOnExport(place: Place, id: string) {
  queue.add(place.db, () => make(place, id))
}

export const exportsDone = queue.done

// A small one is there before its page is drawn; a long one is left to go on.
export const soonDone = queue.soon

async function make({ db, dataDirectory }: Place, id: string) {
  const found = db.$client.open ? findExport(db, id) : undefined
  if (found?.status !== 'making') return
  const path = exportPath(dataDirectory, found)
  try {
    mkdirSync(folderIn(dataDirectory), { recursive: true, mode: 0o700 })
    const made = await write({ db, dataDirectory }, found, path, currentDataKey(dataDirectory))
    if (!made) return
    await rename(`${path}.part`, path)
    if (!transact(db, system, (tx) => markReady(tx, id, made))) rmSync(path, { force: true })
  } catch (error) {
    if (db.$client.open) transact(db, system, (tx) => markFailed(tx, id, error))
  } finally {
    rmSync(`${path}.part`, { force: true })
  }
}

const isGoing = statement<[string], { one: 1 }>("SELECT 1 AS one FROM export_files WHERE id = ? AND status = 'making'")
const markProgress = statement<[number, number | null, string], unknown>('UPDATE export_files SET rows_done = ?, rows_total = ? WHERE id = ?')
// A page that shows the progress asks every second or two; each mark is a sync of the disk.
const MARK_EVERY_MS = 700
// What a cell weighs, about; how much it truly is, is seen as it grows.
const CELL_BYTES = 16

// undefined when it was given up meanwhile. After a restart it begins anew: a file is of one moment.
async function write({ db, dataDirectory }: Place, file: ExportFile, path: string, key: DataKey | undefined) {
  const actor = makerOf(db, file)
  const list = demandList(actor, file.list)
  const moment = openMoment(db)
  const dataAt = new Date().toISOString()
  const reader = { db: moment, actor }
  const query = readQueryText(file.query)
  const sheet = sheetOf(file.format, list.columns)
  const hash = createHash('sha256')
  const told = { bytes: 0 }
  const lock = key ? sealing(key, basename(path)) : new PassThrough()
  const written = pipeline(sheet.output, hashing(hash, told), lock, createWriteStream(`${path}.part`, { mode: 0o600, flush: true }))
  // A full disk is told by whichever of the two is waited for; the other must not fall on the floor.
  written.catch(() => undefined)
  let [rows, leftOut, marked] = [0, 0, 0]
  const leaves = list.whole ? () => true : mayLeave(moment, list.columns)
  try {
    const total = list.count?.(reader, query) ?? null
    roomFor(dataDirectory, (total ?? 0) * list.columns.length * CELL_BYTES, 'making')
    for (const all of list.chunks(reader, query)) {
      const chunk = all.filter(leaves)
      leftOut += all.length - chunk.length
      await Promise.race([sheet.write(file.full ? chunk : chunk.map((row) => masked(list, row))), written])
      rows += chunk.length
      if (Date.now() - marked > MARK_EVERY_MS) {
        roomFor(dataDirectory, 0, 'making')
        if (!isGoing(db).get(file.id)) return undefined
        markProgress(db).run(rows, total, file.id)
        marked = Date.now()
      }
      await letOthers()
    }
    await sheet.end()
    await written
    return { rowsDone: rows, rowsTotal: rows, leftOut, sha256: hash.digest('hex'), dataAt, ...told }
  } finally {
    sheet.output.destroy()
    moment.$client.close()
  }
}

// The file as its reader gets it, whatever it looks like on the disk.
const hashing = (hash: ReturnType<typeof createHash>, told: { bytes: number }) => new Transform({
  transform(bytes: Buffer, _, done) {
    hash.update(bytes)
    told.bytes += bytes.length
    done(null, bytes)
  },
})

function makerOf(db: Db, { madeBy }: ExportFile): Actor {
  const maker = activeActor(db, madeBy)
  if (!maker) throw new Problem('forbidden', 'Akun pembuatnya tidak aktif lagi.')
  return maker
}

// False when its maker took it back just before.
function markReady(tx: Tx, id: string, facts: Pick<ExportFile, 'rowsDone' | 'rowsTotal' | 'leftOut' | 'sha256' | 'dataAt' | 'bytes'>): boolean {
  const { changes } = tx.db.update(exportFiles).set({ ...facts, status: 'ready', readyAt: tx.now }).where(and(eq(exportFiles.id, id), eq(exportFiles.status, 'making'))).run()
  if (changes > 0) tx.audit('export.made', id, { rows: facts.rowsDone, sha256: facts.sha256, ...(facts.leftOut > 0 && { leftOut: facts.leftOut }) })
  return changes > 0
}

function markFailed(tx: Tx, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? error.message : 'Berkas gagal disiapkan. Periksa sisa ruang penyimpanan server, lalu buat ekspor baru.'
  tx.db.update(exportFiles).set({ status: 'failed', message }).where(eq(exportFiles.id, id)).run()
  tx.audit('export.failed', id)
}

// Files whose time is over, were taken back, or belong to nothing.
export function sweepExports({ db, dataDirectory }: Place, now = new Date()) {
  if (doubtOf(db)) return
  transact(db, system, expireExports, now)
  const folder = folderIn(dataDirectory)
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const status = findExport(db, name.split('.')[0]!)?.status
    if (status !== 'ready' && status !== 'making') rmSync(join(folder, name), { force: true })
  }
}

// At the start, and every hour for what could not even say that it failed: it begins anew.
export function resumeExports(place: Place) {
  sweepExports(place)
  const left = place.db.select({ id: exportFiles.id }).from(exportFiles).where(eq(exportFiles.status, 'making')).orderBy(exportFiles.madeAt).all()
  for (const { id } of left) workOnExport(place, id)
}
