import { MONTHS } from '#app/questionnaire/display.ts'
import { ZONE_WORDS } from '#app/questionnaire/zones.ts'

// How the numbers of a signal read in its sentence.
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export function decimal(value: number, digits = 1) {
  const [whole = '', fraction] = value.toFixed(digits).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, '.') + (fraction ? `,${fraction}` : '')
}
export const percent = (share: number) => `${Math.round(share * 100)}%`
export const thousands = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '.')

export function timeSpan(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} detik`
  if (seconds < 600) return `${Math.floor(seconds / 60)} menit${seconds % 60 ? ` ${seconds % 60} detik` : ''}`
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 60) return `${minutes} menit`
  if (ms < 2 * DAY) return `${Math.floor(minutes / 60)} jam${minutes % 60 ? ` ${minutes % 60} menit` : ''}`
  return `${Math.round(ms / DAY)} hari`
}

export const metresWords = (metres: number) => metres < 1000 ? `${Math.round(metres)} m` : `${decimal(metres / 1000)} km`

// The local clock where the visit was made.
export function clockTime(ms: number, zone: number): string {
  const at = new Date(ms + zone * 60 * MINUTE)
  return `${two(at.getUTCHours())}.${two(at.getUTCMinutes())} ${ZONE_WORDS[zone] ?? 'WIB'}`
}
export function dayTime(ms: number, zone: number): string {
  const at = new Date(ms + zone * 60 * MINUTE)
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} pukul ${clockTime(ms, zone)}`
}
const two = (value: number) => String(value).padStart(2, '0')
export const hourAt = (ms: number, zone: number) => new Date(ms + zone * 60 * MINUTE).getUTCHours()
