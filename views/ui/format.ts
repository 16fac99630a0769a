import { ZONE_WORDS } from '#app/questionnaire/zones.ts'

// How dates, numbers and identity numbers read in Indonesian. Written out by hand, not by Intl: old WebViews ship
// different locale data, and the server and the device must print the same characters.
const MONTHS = [
  'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni',
  'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember',
]
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// The middle ten digits carry district, birth date and sex, so those go; the serial stays for telling two rows apart.
export const maskNik = (nik: string | null | undefined) => {
  if (!nik) return '–'
  return nik.length < 10 ? '*'.repeat(nik.length) : nik.slice(0, 2) + '*'.repeat(nik.length - 6) + nik.slice(-4)
}

export const maskKk = maskNik

export function formatDate(iso: string | null | undefined, offsetHours = 7) {
  const date = shifted(iso, offsetHours)
  return date ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}` : '–'
}

export function formatShortDate(iso: string | null | undefined, offsetHours = 7) {
  const date = shifted(iso, offsetHours)
  return date ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]?.slice(0, 3)} ${date.getUTCFullYear()}` : '–'
}

// Of a month without a day: 2026-03.
export const formatMonth = (month: string) => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`

export function formatTime(iso: string | null | undefined, offsetHours = 7) {
  const date = shifted(iso, offsetHours)
  return date ? `${two(date.getUTCHours())}.${two(date.getUTCMinutes())} ${zone(offsetHours)}` : '–'
}

export const formatDateTime = (iso: string | null | undefined, offsetHours = 7) =>
  shifted(iso, offsetHours) ? `${formatDate(iso, offsetHours)}, ${formatTime(iso, offsetHours)}` : '–'

export function formatAge(iso: string, nowIso: string) {
  const age = Date.parse(nowIso) - Date.parse(iso)
  if (Number.isNaN(age)) return '–'
  if (age < MINUTE) return 'baru saja'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} menit lalu`
  if (age < DAY) return `${Math.floor(age / HOUR)} jam lalu`
  if (age < 31 * DAY) return `${Math.floor(age / DAY)} hari lalu`
  if (age < 365 * DAY) return `${Math.floor(age / (30.4 * DAY))} bulan lalu`
  return `${Math.floor(age / (365 * DAY))} tahun lalu`
}

export function formatNumber(value: number | null | undefined) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, '.')
  return Math.round(value) < 0 ? `−${digits}` : digits
}

export function formatDecimal(value: number, digits = 1) {
  if (!Number.isFinite(value)) return '–'
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.')
  return `${value < 0 ? '−' : ''}${formatNumber(Number(whole))}${fraction ? `,${fraction}` : ''}`
}

// 999 of 1000 is not yet "100%": a queue that says it is done must be done.
export function formatPercent(part: number, whole: number) {
  if (whole <= 0) return '–'
  const percent = (part / whole) * 100
  return `${percent > 99 && percent < 100 ? 99 : Math.round(percent)}%`
}

export const formatRupiah = (value: number) => `${value < 0 ? '−' : ''}Rp${formatNumber(Math.abs(value))}`

export function formatDuration(ms: number | null | undefined) {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return '–'
  if (ms < MINUTE) return `${Math.round(ms / 1000)} detik`
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 60) return `${minutes} menit`
  return minutes % 60 ? `${Math.floor(minutes / 60)} jam ${minutes % 60} menit` : `${minutes / 60} jam`
}

export const formatDistance = (metres: number) =>
  metres < 1000 ? `${formatNumber(metres)} m` : `${formatDecimal(metres / 1000)} km`

export const formatAccuracy = (metres: number) => `±${formatNumber(metres)} m`

export const formatCoordinate = (latitude: number, longitude: number) =>
  `${formatDecimal(Math.abs(latitude), 5)}° ${latitude < 0 ? 'LS' : 'LU'}, ${formatDecimal(Math.abs(longitude), 5)}° BT`

export const formatBytes = (bytes: number) =>
  bytes > 0 && bytes < 500 ? 'kurang dari 1 kB' : bytes < 1_000_000 ? `${formatNumber(bytes / 1000)} kB` : bytes < 1_000_000_000 ? `${formatDecimal(bytes / 1_000_000)} MB` : `${formatDecimal(bytes / 1_000_000_000)} GB`

// A plain date has no time zone and must not be moved across midnight.
function shifted(iso: string | null | undefined, offsetHours: number) {
  if (!iso) return null
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return null
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? time : time + offsetHours * HOUR)
}

const two = (value: number) => String(value).padStart(2, '0')
const zone = (offsetHours: number) => ZONE_WORDS[offsetHours] ?? `UTC${offsetHours < 0 ? '−' : '+'}${Math.abs(offsetHours)}`
