import { Problem } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The brake on doors that stand open to everybody, and on what leads officers beyond their own places. Uses lie in the database, so a restart opens nothing anew.
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export type Door = { name: string, limit: number, windowMs: number, what: string }

// Many phones of one provider share an address, so it may ask more often than one person would; a desa as a whole is what
// somebody who tries out names would wear down.
export const DOORS = {
  lookup: { name: 'cek', limit: 30, windowMs: 15 * MINUTE, what: 'pencarian' },
  lookupVillage: { name: 'cek-desa', limit: 90, windowMs: 15 * MINUTE, what: 'pencarian di desa ini' },
  code: { name: 'kode', limit: 10, windowMs: 15 * MINUTE, what: 'percobaan kode' },
  sending: { name: 'kirim', limit: 40, windowMs: 60 * MINUTE, what: 'kiriman' },
  report: { name: 'lapor', limit: 12, windowMs: 60 * MINUTE, what: 'laporan' },
  reportVillage: { name: 'lapor-desa', limit: 100, windowMs: DAY, what: 'laporan untuk desa ini' },
  number: { name: 'nomor', limit: 20, windowMs: 60 * MINUTE, what: 'pencarian nomor' },
  absence: { name: 'tidak-terdaftar', limit: 60, windowMs: 60 * MINUTE, what: 'pemeriksaan nama' },
  message: { name: 'pesan', limit: 20, windowMs: DAY, what: 'pesan untuk laporan ini' },
} satisfies Record<string, Door>

// What was noted while the clock ran ahead counts for nothing, or it would shut a door until that day comes.
const countUses = statement<[string, number, number], { n: number }>('SELECT count(*) AS n FROM public_uses WHERE subject = ? AND at > ? AND at <= ?')
const nthNewest = statement<[string, number, number, number], { at: number }>(
  'SELECT at FROM public_uses WHERE subject = ? AND at > ? AND at <= ? ORDER BY at DESC LIMIT 1 OFFSET ?')
const addUse = statement<[string, number], unknown>('INSERT INTO public_uses (subject, at) VALUES (?, ?)')
const sweepOld = statement<[number], unknown>('DELETE FROM public_uses WHERE at < ?')

const subjectOf = ({ name }: Door, who: string) => `${name}:${who}`

// Refuses with the time from which it is open again.
export function refuseOveruse(db: Db, door: Door, who: string, now: number) {
  const subject = subjectOf(door, who)
  const since = now - door.windowMs
  if (countUses(db).get(subject, since, now)!.n < door.limit) return
  const openAt = nthNewest(db).get(subject, since, now, door.limit - 1)!.at + door.windowMs
  throw new TooMany(door.what, openAt, now)
}

export const countUse = (db: Db, door: Door, who: string, now: number) => void addUse(db).run(subjectOf(door, who), now)

export const sweepUses = (db: Db, now = Date.now()) => void sweepOld(db).run(now - DAY)

// openAt: when the door opens again. For the page and for Retry-After.
export class TooMany extends Problem {
  readonly openAt: string
  readonly seconds: number

  constructor(what: string, openAt: number, now: number) {
    super('too_many', `Terlalu banyak ${what} dalam waktu singkat.`)
    this.openAt = new Date(openAt).toISOString()
    this.seconds = Math.max(1, Math.ceil((openAt - now) / 1000))
  }
}

// One household's line has a whole /64 of IPv6; each of its addresses would otherwise have a brake of its own.
export const networkOf = (address: string) => address.includes(':') && !address.startsWith('::ffff:')
  ? expand(address).slice(0, 4).join(':') : address

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const [front, back] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  return [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back]
}
