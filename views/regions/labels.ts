import type { RegionChange } from '#app/regions/regions.ts'

export const LEVEL_LABELS: Record<number, string> = { 1: 'Provinsi', 2: 'Kabupaten/kota', 3: 'Kecamatan', 4: 'Desa/kelurahan' }

export const CHANGE_LABELS: Record<RegionChange['kind'], string> = {
  rename: 'Ganti nama', recode: 'Ganti kode', split: 'Pemekaran', merge: 'Penggabungan',
}
