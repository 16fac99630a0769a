import { alone, type Locks } from '#app/offline/alone.ts'
import { makeContact, type Contact } from '#app/offline/contact.ts'
import { clearOld } from '#app/offline/copies.ts'
import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { queueForgotten } from '#app/offline/forgotten.ts'
import { tellHalt, waitsForPerson, type Halt } from '#app/offline/halts.ts'
import { note, tellCleared, tellRoomMade, tellTasks, tellTasksStuck, tellUnreadable } from '#app/offline/journal.ts'
import type { Fetch, Line } from '#app/offline/line.ts'
import { bytesLeft, hasCome, highestMade, isLeft, isWaiting, readOutbox, updateRow } from '#app/offline/outbox.ts'
import { sendPhotos } from '#app/offline/pieces.ts'
import { readReceiptKey } from '#app/offline/receipt.ts'
import { refreshPack, type PackShelf } from '#app/offline/refresh.ts'
import { markLost, sendLost } from '#app/offline/returning.ts'
import { askState, refuse, setAside, takeAnswer, type Round } from '#app/offline/round.ts'
import { evenFull, isFull, unlessFull } from '#app/offline/room.ts'
import { afterRound, readMemory, readStatus, statusOf, type SyncStatus } from '#app/offline/status.ts'
import { sendText } from '#app/offline/texts.ts'
import { keyBySecret, readKey, readSettings, revoke } from '#app/offline/vault.ts'

export type SyncContext = {
  db: UserDb, userId: string, deviceId: string, label: string, fetch: Fetch
  // Absent: this phone has no pack, or none that can be opened just now.
  shelf?: (dataKey: CryptoKey) => PackShelf
  // force: a person asked, so no waiting time counts. good: the network carries a whole delivery at once.
  // makeRoom: copies of what is whole at the server go at once, whatever their days.
  force?: boolean, good?: boolean, makeRoom?: boolean, locks?: Locks
  onProgress?: (status: SyncStatus) => void
  now?: () => Date, pause?: (ms: number) => Promise<void>
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const HELD_EVERY_MS = 6 * 3600_000

// One round of sending. It may be ended at any moment, by a cut, a kill or an empty battery: whatever is not proved to
// have arrived is still here, and the next round goes on where the server says.
export async function synchronise(context: SyncContext): Promise<SyncStatus> {
  const { db, userId, locks } = context
  const ended = await alone(db, userId, () => run(context), locks)
  const status = ended ? statusOf(ended, await readOutbox(db)) : await readStatus(db)
  context.onProgress?.(status)
  return status
}

async function run(context: SyncContext) {
  const { db, now = () => new Date() } = context
  const rows = await readOutbox(db)
  const line: Line = { fetch: context.fetch, userId: context.userId, deviceId: context.deviceId, made: highestMade(rows) }
  const halt = await evenFull(() => sendAndFetch(context, line, now)).catch((error: unknown): Halt => {
    console.error(error)
    return isFull(error) ? 'no_room' : 'failed'
  })
  if (halt === 'revoked') await revoke(db)
  if (halt && (waitsForPerson(halt) || rows.some(isLeft))) await unlessFull(note(db, tellHalt(halt), now()))
  const memory = afterRound(await readMemory(db), halt, now())
  await unlessFull(db.put('line', memory))
  return memory
}

async function sendAndFetch(context: SyncContext, line: Line, now: () => Date): Promise<Halt | null> {
  const { db } = context
  const settings = await readSettings(db)
  if (!settings) return 'unprepared'
  const contacted = await makeContact(line, db, settings, context.label, now())
  if ('halt' in contacted) return contacted.halt
  const dataKey = await keyBySecret(db, contacted.contact.secret) ?? await readKey(db, now())
  if (!dataKey) return 'sealed'
  await queueForgotten(db, contacted.contact.missing ?? [], now())
  const gone = await markLost(db, contacted.contact.lost ?? [], now())
  const round = await beginRound(context, line, now, dataKey, await readReceiptKey(settings.receiptKey))
  const halt = await sendAll(round, context.force ?? false) ?? await sendLost(round, gone)
  await db.put('line', { ...await readMemory(db), ...round.pace })
  await keepRoom(round, contacted.contact, context.makeRoom)
  return halt ?? await refresh(round, context.shelf?.(dataKey))
}

async function beginRound(context: SyncContext, line: Line, now: () => Date, dataKey: CryptoKey, receiptKey: CryptoKey): Promise<Round> {
  const { db, pause = sleep, good = false } = context
  const [{ piece, quiet, run: between }, status] = [await readMemory(db), await readStatus(db)]
  const total = (await readOutbox(db)).reduce((sum, row) => sum + bytesLeft(row), 0)
  let sent = 0
  const report = (bytes: number) => {
    sent = Math.min(total, sent + bytes)
    context.onProgress?.({ ...status, running: true, halt: null, sent, total, tone: 'info', next: null, sentence: tellProgress(sent, total) })
  }
  report(0)
  return { db, line, dataKey, receiptKey, pace: { piece, quiet, run: between }, good, now, pause, report, known: new Set(), again: new Set() }
}

const inKilobytes = (bytes: number) => Math.ceil(bytes / 1024).toLocaleString('id-ID')
const tellProgress = (sent: number, total: number) => total > 0 ? `Mengirim ${inKilobytes(sent)} dari ${inKilobytes(total)} kB.` : 'Memeriksa kabar dari server.'

// Every text before the first photo: answers are what cannot be had twice. What the officer sends meanwhile goes along.
async function sendAll(round: Round, force: boolean): Promise<Halt | null> {
  for (const tried = new Set<string>(); ;) {
    const due = (row: OutboxRow) => isWaiting(row) && !tried.has(row.id) && (force || hasCome(row.nextAt, round.now()))
    const ids = (await readOutbox(round.db)).filter(due).map(({ id }) => id)
    if (ids.length === 0) return askAboutHeld(round, force)
    for (const id of ids) tried.add(id)
    const halt = await each(round, ids, 'queued', sendText) ?? await each(round, ids, 'waiting_photos', sendPhotos)
    if (halt) return halt
    for (const id of round.again) tried.delete(id)
    round.again.clear()
  }
}

async function each(round: Round, ids: string[], state: OutboxRow['state'], send: (round: Round, row: OutboxRow) => Promise<Halt | null>): Promise<Halt | null> {
  for (const id of ids) {
    const row = await round.db.get('outbox', id)
    if (row?.state !== state) continue
    const halt = await send(round, row).catch(async (error: unknown) => {
      if (isFull(error)) throw error
      console.error(error)
      await refuse(round, row, tellUnreadable(), 'unreadable')
      return null
    })
    if (halt) return halt
  }
  return null
}

// What waits for the coordinator: has somebody decided?
async function askAboutHeld(round: Round, force: boolean): Promise<Halt | null> {
  const held = (await readOutbox(round.db)).filter(({ state, nextAt }) => state === 'held' && (force || hasCome(nextAt, round.now())))
  for (const row of held.filter(({ id }) => !round.known.has(id))) {
    const answer = await askState(round, row)
    if (answer.kind === 'given') await takeAnswer(round, row, answer)
    else if (answer.kind !== 'refused') return setAside(round, row, answer)
    await updateRow(round.db, row.id, () => ({ nextAt: new Date(round.now().getTime() + HELD_EVERY_MS).toISOString() }))
  }
  return null
}

async function keepRoom({ db, receiptKey, now }: Round, { at, keepDays }: Contact, makeRoom = false) {
  const visits = await clearOld(db, receiptKey, at, makeRoom ? 0 : keepDays)
  if (visits > 0) await note(db, makeRoom ? tellRoomMade(visits) : tellCleared(visits, keepDays), now())
}

async function refresh({ db, line, now }: Round, shelf: PackShelf | undefined): Promise<Halt | null> {
  if (!shelf) return null
  const { halt, changed, removed, stuck } = await refreshPack(line, shelf)
  if (stuck) await note(db, tellTasksStuck(), now())
  if (changed + removed > 0) await note(db, tellTasks(changed, removed), now())
  if (halt === null && !stuck) await db.put('line', { ...await readMemory(db), tasksAt: now().toISOString() })
  return halt
}
