import { formatNumber } from '#views/ui/format.ts'

// The way from a list to its export, with the filter the page has: '', 'a=b' or '?a=b'.
export const exportHref = (list: string, query = '') => `/exports/new?${new URLSearchParams([['list', list], ...new URLSearchParams(query)])}`

export const FORMATS = { csv: 'CSV', xlsx: 'Excel (XLSX)' } as const
export const STATUS = {
  making: { label: 'Sedang disiapkan', tone: 'info' }, ready: { label: 'Siap diunduh', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' }, removed: { label: 'Berkas sudah dihapus', tone: 'neutral' },
} as const

export const EXPORTS_TRAIL = [{ href: '/exports', label: 'Ekspor data' }]

export const leftOutWords = (rows: number) => `${formatNumber(rows)} baris, karena pemrosesan datanya dibatasi atas permohonan warga`
