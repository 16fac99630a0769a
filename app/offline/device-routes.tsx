import { Hono } from 'hono/tiny'
import { changed, page } from '#app/http.tsx'
import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { readJournal } from '#app/offline/journal.ts'
import { isCleared, isLeft, readOutbox, wantedOf } from '#app/offline/outbox.ts'
import { doorOf, type OpenDoor, type Phone, type PhoneContext, type PhoneEnv } from '#app/offline/phone.ts'
import { mayReopen, reopen, sendAgain } from '#app/offline/reopening.ts'
import { listParts, openPart } from '#app/offline/saving.ts'
import type { Occasion } from '#app/offline/sending.ts'
import { readStatus } from '#app/offline/status.ts'
import { readSettings } from '#app/offline/vault.ts'
import { forbidden, notFound } from '#app/problems.ts'
import { formatAge } from '#views/ui/format.ts'
import { SaveFilePage } from '#views/exchange/save-file.tsx'
import { DevicePage } from '#views/offline/device.tsx'
import type { DeliveryLine } from '#views/offline/deliveries.tsx'
import type { Sending } from '#views/offline/sending.tsx'

// What is said about sending, wherever it is said.
export async function tellSending(db: UserDb, now: Date): Promise<Sending> {
  const { tone, sentence, next, finishedAt, counts, halt } = await readStatus(db)
  const finishedAgo = finishedAt && formatAge(finishedAt, now.toISOString())
  return { tone, sentence, next, finishedAt, finishedAgo, signedOut: halt === 'signed_out', waiting: counts.queued + counts.photos + counts.troubled }
}

export async function showDevice(c: PhoneContext, phone: Phone, door: OpenDoor) {
  const { nameOf, ...pack } = await phone.packOf(door)
  const [sending, rows, journal, storage] = await Promise.all([
    tellSending(door.db, phone.now()), readOutbox(door.db), readJournal(door.db, nameOf), phone.storage(),
  ])
  const deliveries = await Promise.all(rows.filter(isShown).reverse().map((row) => asLine(row, nameOf)))
  return page(c, 'HP ini', <DevicePage name={door.user.name} now={phone.now().toISOString()} sending={sending} deliveries={deliveries}
    journal={journal} storage={{ ...storage, copies: new Set(rows.filter(isCopy).map(({ visitId }) => visitId)).size }} pack={pack} hasNewVersion={phone.newVersion() !== null} />)
}

// Whole at the server, and lying here still.
const isCopy = (row: OutboxRow) => !isCleared(row) && !isLeft(row) && row.state !== 'held' && row.receipt?.photosComplete === true
const isShown = (row: OutboxRow) => !isCleared(row) && row.reason !== 'replaced'

async function asLine(row: OutboxRow, nameOf: (householdId: string) => Promise<string | undefined>): Promise<DeliveryLine> {
  return {
    id: row.id, number: row.sequence, name: await nameOf(row.householdId) ?? null, state: row.state,
    photosLeft: row.photos.filter(({ stored }) => !stored).length, photosAsked: wantedOf(row).length, trouble: row.problem?.message ?? null,
    canReopen: mayReopen(row), canSendAgain: row.problem !== null || row.state === 'accepted',
  }
}

const PATIENCE_MS = 4000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// The page about this phone, and what is done there. Sending needs no PIN: nothing of it is shown.
export const deviceRoutes = (phone: Phone) => new Hono<PhoneEnv>()
  .get('/status', (c) => {
    const door = doorOf(c)
    return c.json({ able: phone.isAble(), door: door.kind, ...(door.kind === 'none' ? {} : door.status) })
  })

  .get('/file', async (c) => {
    const { db, user } = openDoor(c)
    const { recipient } = (await readSettings(db))!
    return page(c, 'Simpan ke berkas', <SaveFilePage parts={await listParts(db)} recipient={recipient} name={user.id} />)
  })

  .get('/outbox.bin', async (c) => {
    const { db, key } = openDoor(c)
    const part = await openPart(db, key, Number(c.req.query('part')))
    if (!part) throw notFound('Bagian ini')
    return c.body(part, 200, { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' })
  })

  .post('/sync', (c) => sendNow(c, phone))
  .post('/room', (c) => sendNow(c, phone, { makeRoom: true }))
  .post('/refresh', (c) => sendNow(c, phone))

  .post('/update', (c) => {
    phone.newVersion()?.use()
    return changed(c, '/field/device', { message: phone.isSending() ? 'Versi baru dipakai begitu pengiriman yang sedang berjalan selesai, paling lama beberapa menit. Anda boleh terus bekerja.' : 'Versi baru dipakai begitu halaman ini dibuka lagi.' })
  })

  .post('/deliveries/:id/reopening', async (c) => {
    const { householdId, visitId } = await reopen(openDoor(c).db, c.req.param('id'), phone.now())
    return changed(c, `/field/${householdId}/visits/${visitId}/review`, { message: 'Kunjungan dibuka lagi. Perbaiki, lalu kirim.' })
  })

  .post('/deliveries/:id/resending', async (c) => {
    await sendAgain(openDoor(c).db, c.req.param('id'))
    c.env.afterwards?.(phone.send({ force: true }))
    return changed(c, '/field/device', { message: 'Kiriman ini dikirim lagi.' })
  })

// Long sending goes on after the page is back.
async function sendNow(c: PhoneContext, phone: Phone, more: Occasion = {}) {
  const sending = phone.send({ force: true, ...more })
  c.env.afterwards?.(sending)
  await Promise.race([sending, sleep(PATIENCE_MS)])
  return c.redirect('/field/device', 303)
}

function openDoor(c: PhoneContext): OpenDoor {
  const door = doorOf(c)
  if (door.kind !== 'open') throw forbidden('HP terkunci. Buka kunci HP ini dahulu.')
  return door
}
