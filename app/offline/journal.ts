import type { JournalRow, OutboxRow, UserDb } from '#app/offline/database.ts'
import type { Telling } from '#app/offline/halts.ts'

// What happened to the officer's work, in sentences. A name is personal and the journal is not sealed, so a sentence
// holds a gap in its place, filled when it is shown to somebody who may open the pack.

const MOST_LINES = 500
const WHO = '{siapa}'

// The same sentence again only moves the time of the last one on: an hour without signal is one line.
export async function note(db: UserDb, telling: Telling, at: Date, deliveryId?: string) {
  const tx = db.transaction('journal', 'readwrite')
  const last = (await tx.store.openCursor(null, 'prev'))?.value
  const line: JournalRow = { ...telling, at: at.toISOString(), ...(deliveryId ? { deliveryId } : {}) }
  const again = last !== undefined && last.sentence === line.sentence && last.deliveryId === deliveryId
  await tx.store.put(again ? { ...line, number: last.number! } : line)
  for (let cursor = await tx.store.openCursor(), left = await tx.store.count() - MOST_LINES; cursor && left > 0; left--) {
    await cursor.delete()
    cursor = await cursor.continue()
  }
  await tx.done
}

export type JournalLine = { at: string, tone: JournalRow['tone'], sentence: string, next: string | null }

// The latest first. nameOf: the head of that household, where the pack is open; else the visit's number tells which.
export async function readJournal(db: UserDb, nameOf: (householdId: string) => Promise<string | undefined>, most = 100): Promise<JournalLine[]> {
  const lines: JournalRow[] = []
  for (let cursor = await db.transaction('journal').store.openCursor(null, 'prev'); cursor && lines.length < most; cursor = await cursor.continue()) lines.push(cursor.value)
  return Promise.all(lines.map(async ({ at, tone, sentence, next, deliveryId }) => {
    const row = deliveryId ? await db.get('outbox', deliveryId) : undefined
    const who = row ? await nameOf(row.householdId) ?? `nomor ${row.sequence}` : 'ini'
    return { at, tone, sentence: sentence.split(WHO).join(who), next }
  }))
}

const photosLeft = ({ photos }: OutboxRow) => photos.filter(({ stored }) => !stored).length

// What the server's word about a delivery means for the officer.
export function tellDelivery(row: OutboxRow): Telling {
  if (row.state === 'waiting_photos') {
    return { tone: 'good', sentence: `Kunjungan ${WHO}: isian sudah aman di server. ${photosLeft(row)} foto menunggu sinyal.`, next: 'Biarkan HP menyala saat ada sinyal.' }
  }
  if (row.state === 'held') {
    return {
      tone: 'warn', sentence: `Kunjungan ${WHO} sudah tersimpan di server, tetapi belum diterima: ${row.problem?.message ?? 'menunggu koordinator.'}`,
      next: row.reason === 'incomplete' ? 'Perbaiki lalu kirim lagi.' : 'Tunggu kabar koordinator.',
    }
  }
  if (row.state === 'closed') return { tone: 'info', sentence: `Kunjungan ${WHO} sudah diselesaikan oleh kantor.`, next: null }
  const merged = row.reason === 'merged' ? ' Isinya digabung dengan kiriman dari HP lain.' : ''
  return { tone: 'good', sentence: `Kunjungan ${WHO} sudah lengkap di server dan menunggu pemeriksaan.${merged}`, next: null }
}

export const tellRefused = (message: string): Telling =>
  ({ tone: 'bad', sentence: `Kunjungan ${WHO} belum bisa dikirim: ${message} Kunjungan lain tetap dikirim.`, next: 'Buka kunjungan itu, perbaiki, lalu kirim lagi.' })

export const tellConflict = (message: string): Telling =>
  ({ tone: 'bad', sentence: `Kunjungan ${WHO} belum bisa dikirim: ${message} Data tetap di HP.`, next: 'Hubungi koordinator; simpan kiriman ke berkas.' })

export const tellHeldUp = (): Telling =>
  ({ tone: 'warn', sentence: `Kunjungan ${WHO} ditahan sesuatu di jaringan ini. Data tetap aman; kunjungan lain tetap dikirim.`, next: 'Pakai jaringan lain bila tetap begini.' })

export const tellUnreadable = () => 'Isinya tidak terbaca di HP ini.'

export const tellTasksStuck = (): Telling =>
  ({ tone: 'warn', sentence: 'Daftar tugas belum bisa diperbarui di HP ini. Yang lama tetap dipakai.', next: 'Akan dicoba lagi sendiri.' })

export const tellForgotten = (): Telling =>
  ({ tone: 'warn', sentence: `Server tidak lagi mengenal kunjungan ${WHO}. Kunjungan dikirim ulang dari HP.`, next: null })

export const tellAsked = (photos: number): Telling =>
  ({ tone: 'warn', sentence: `Server kehilangan ${photos} foto kunjungan ${WHO} dan memintanya lagi. Salinannya masih ada dan dikirim ulang dari HP.`, next: 'Biarkan HP menyala saat ada sinyal.' })

export const tellReturned = (): Telling =>
  ({ tone: 'good', sentence: `Foto kunjungan ${WHO} yang diminta server sudah sampai lagi.`, next: null })

export const tellNotTaken = (message: string): Telling =>
  ({ tone: 'warn', sentence: `Foto kunjungan ${WHO} yang diminta lagi belum diterima: ${message}`, next: 'Akan dicoba lagi sendiri.' })

export const tellCopiesGone = (photos: number): Telling =>
  ({ tone: 'warn', sentence: `Server kehilangan ${photos} foto dan memintanya lagi, tetapi salinannya tidak ada lagi di HP ini.`, next: 'Bila perlu, kantor menghubungi Anda untuk mengambil foto itu lagi.' })

export const tellReopened = (): Telling =>
  ({ tone: 'info', sentence: `Kunjungan ${WHO} dibuka lagi untuk diperbaiki.`, next: 'Perbaiki, lalu kirim lagi.' })

export const tellCleared = (visits: number, days: number): Telling =>
  ({ tone: 'info', sentence: `Salinan ${visits} kunjungan dihapus dari HP: sudah ${days} hari aman di server.`, next: null })

export const tellRoomMade = (visits: number): Telling =>
  ({ tone: 'info', sentence: `Ruang dibuat: salinan ${visits} kunjungan yang sudah lengkap di server dihapus dari HP.`, next: null })

export const tellTasks = (changed: number, removed: number): Telling =>
  ({ tone: 'info', sentence: `Daftar tugas diperbarui: ${changed} rumah tangga baru atau berubah, ${removed} ditarik.`, next: null })
