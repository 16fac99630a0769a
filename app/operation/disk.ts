import { statfsSync } from 'node:fs'
import { Problem } from '#app/problems.ts'

// A full disk harms the database itself, so bytes are refused while there is still room for everything else.
export type Limits = { reserve: number, warn: number }
export type Disk = Limits & { size: number, free: number, level: 'fine' | 'low' | 'full' }

const DEFAULTS: Limits = { reserve: 500e6, warn: 5000e6 }
const LOOK_MS = 3000

type Watched = { limits: Limits, size: number, free: number, lookedAt: number }
const watched = new Map<string, Watched>()

const watchedAt = (directory: string): Watched => {
  const known = watched.get(directory)
  if (known) return known
  const fresh = { limits: DEFAULTS, size: 0, free: 0, lookedAt: Number.NEGATIVE_INFINITY }
  watched.set(directory, fresh)
  return fresh
}

export function watchDisk(directory: string, limits: Limits) {
  watchedAt(directory).limits = limits
}

// Asked of the file system every few seconds; in between, what was let in since is taken off.
function look(directory: string): Watched {
  const one = watchedAt(directory)
  const now = performance.now()
  if (now - one.lookedAt < LOOK_MS) return one
  const { bsize, blocks, bavail } = statfsSync(directory)
  return Object.assign(one, { size: blocks * bsize, free: bavail * bsize, lookedAt: now })
}

export function readDisk(directory: string): Disk {
  const { limits, size, free } = look(directory)
  return { ...limits, size, free, level: free < limits.reserve ? 'full' : free < limits.warn ? 'low' : 'fine' }
}

const WORDS = {
  coming: 'Penyimpanan server hampir penuh, jadi kiriman belum bisa diterima. Data Anda tetap ada pada Anda; kirim lagi nanti. Admin sistem perlu menambah ruang.',
  making: 'Penyimpanan server hampir penuh, jadi berkas ini belum bisa dibuat. Data tidak berubah. Minta admin sistem menambah ruang, lalu buat lagi.',
}

// Before anything of what is sent is read. Phones keep what they have at this answer and try again by themselves. what: is it coming
// in, or is it made here from what is there, which must never take the room of what comes in.
export function roomFor(directory: string, bytes: number, what: keyof typeof WORDS = 'coming') {
  const one = look(directory)
  if (one.free - bytes < one.limits.reserve) throw new Problem('full', WORDS[what])
  one.free -= bytes
}
