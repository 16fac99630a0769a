import { openDevice } from '#app/offline/database.ts'
import { Problem } from '#app/problems.ts'

// A phone that is full must open all the same, and send: both write a little. So a little room is kept aside while there is
// some, and given back when one of them finds none.

const RESERVE_BYTES = 4 * 2 ** 20
const MOST_RANDOM = 65_536

// A full phone is told as what it is, whatever a browser calls it.
export const noRoom = () => new Problem('full', 'Penyimpanan HP penuh, jadi ini belum tersimpan. Yang sudah tersimpan tetap ada. Hapus video dan foto lain di HP; atau buka halaman HP ini, kirim yang menunggu, tekan “Buat ruang”, lalu coba lagi.')
export const isFull = (error: unknown) => error instanceof DOMException && /quota/i.test(error.name + error.message)

// What is only a convenience may be left undone on a full phone.
export async function unlessFull(writing: Promise<unknown>): Promise<void> {
  await writing.catch((error: unknown) => { if (!isFull(error)) throw error })
}

// Work that a full phone must be able to do. Done twice it does no harm.
export async function evenFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isFull(error) || !await giveBack()) throw error
    return work()
  }
}

// Bytes that no browser can pack into fewer.
export async function keepReserve(bytes = RESERVE_BYTES): Promise<void> {
  const db = await openDevice()
  try {
    if (await db.getKey('meta', 'reserve') !== undefined) return
    const room = new Uint8Array(bytes)
    for (let at = 0; at < bytes; at += MOST_RANDOM) crypto.getRandomValues(room.subarray(at, Math.min(bytes, at + MOST_RANDOM)))
    await unlessFull(db.put('meta', { key: 'reserve', room: room.buffer }))
  } finally {
    db.close()
  }
}

async function giveBack(): Promise<boolean> {
  const db = await openDevice()
  try {
    const had = await db.getKey('meta', 'reserve') !== undefined
    if (had) await db.delete('meta', 'reserve')
    return had
  } finally {
    db.close()
  }
}
