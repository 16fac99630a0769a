import type { Batch } from '#app/programmes/batches.ts'
import type { CentralCode, Phase, ProgrammeCode } from '#app/programmes/programme.ts'
import type { Tab } from '#app/programmes/queue.ts'
import type { ChangeStatus } from '#app/programmes/steps.ts'
import type { Tone } from '#views/ui/types.ts'

export const NAMES: Record<ProgrammeCode, string> = { pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK', ppks: 'PPKS', blt: 'BLT Desa', apbd: 'Bantuan APBD' }
// Those whose recipients change by single usulan, which a kabupaten signs.
export const CENTRAL_NAMES: Record<CentralCode, string> = { pkh: NAMES.pkh, sembako: NAMES.sembako, pbi: NAMES.pbi, ppks: NAMES.ppks }
export const PHASES: Record<Phase, { label: string, tone: Tone }> = {
  waiting: { label: 'Menunggu', tone: 'info' }, receiving: { label: 'Menerima', tone: 'good' }, paused: { label: 'Ditahan', tone: 'warn' }, ended: { label: 'Berakhir', tone: 'neutral' },
}

export const STATUSES: Record<ChangeStatus, { label: string, tone: Tone }> = {
  submitted: { label: 'Menunggu kecamatan', tone: 'info' }, checked: { label: 'Menunggu Dinsos', tone: 'info' }, verified: { label: 'Disetujui Dinsos', tone: 'good' },
  batched: { label: 'Dalam berkas pengesahan', tone: 'info' }, ratified: { label: 'Disahkan dan diterapkan', tone: 'good' }, returned: { label: 'Dikembalikan', tone: 'warn' },
  rejected: { label: 'Ditolak', tone: 'bad' }, withdrawn: { label: 'Ditarik', tone: 'neutral' },
}

// What happens next, for whoever reads it.
export const WAITS: Record<ChangeStatus, string> = {
  submitted: 'Pengawas atau koordinator kecamatan memeriksa usulan ini, lalu Dinsos kabupaten/kota.', checked: 'Kecamatan sudah setuju. Dinsos kabupaten/kota yang memutuskan berikutnya.',
  verified: 'Dinsos sudah setuju. Usulan ini menunggu dimasukkan ke berkas pengesahan.', batched: 'Usulan ini ada dalam berkas yang menunggu pengesahan bupati/wali kota.',
  ratified: 'Perubahan ini sudah disahkan dan tercatat pada penerima.', returned: 'Usulan ini dikembalikan. Pengusul memperbaiki lalu mengajukannya lagi; bila tidak bertugas lagi, Dinsos menariknya.',
  rejected: 'Usulan ini ditolak dan selesai.', withdrawn: 'Usulan ini ditarik.',
}

export const SENSITIVE_WAITS = 'Kategori ini dirahasiakan: petugas Dinsos lain yang memeriksanya, tanpa melalui kecamatan.'

export const TAB_LABELS: Record<Tab, string> = {
  mine: 'Menunggu saya', own: 'Usulan saya', submitted: 'Di kecamatan', checked: 'Di Dinsos', verified: 'Siap disahkan', batched: 'Dalam berkas', returned: 'Dikembalikan', done: 'Disahkan', closed: 'Ditolak/ditarik',
}

export const BATCHES: Record<Batch['status'], { label: string, tone: Tone }> = {
  open: { label: 'Sedang disiapkan', tone: 'info' }, frozen: { label: 'Menunggu pengesahan', tone: 'warn' }, ratified: { label: 'Disahkan', tone: 'good' }, cancelled: { label: 'Dibatalkan', tone: 'neutral' },
}

export const TRAIL = [{ href: '/programmes', label: 'Program bansos' }]
export const CHANGES_TRAIL = [...TRAIL, { href: '/programmes/changes', label: 'Usulan penerima' }]
export const BATCHES_TRAIL = [...TRAIL, { href: '/programmes/batches', label: 'Berkas pengesahan' }]
export const listTrail = (code: ProgrammeCode) => [...TRAIL, { href: `/programmes/${code}`, label: NAMES[code] }]
