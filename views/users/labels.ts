import type { Role } from '#app/users/permissions.ts'

export const ROLE_LABELS: Record<Role, string> = {
  enumerator: 'Petugas pendata',
  village_operator: 'Operator desa',
  supervisor: 'Pengawas',
  district_coordinator: 'Koordinator kecamatan',
  regency_officer: 'Dinsos kab/kota',
  regency_approver: 'Pengesah (bupati/walikota)',
  province_officer: 'Dinsos provinsi',
  ministry_officer: 'Pusdatin Kemensos',
  administrator: 'Admin sistem',
  auditor: 'Auditor',
}

export const STATUS_LABELS = { invited: 'Belum mengganti kata sandi', active: 'Aktif', suspended: 'Ditangguhkan' }
export const STATUS_TONES = { invited: 'warn', active: 'good', suspended: 'bad' } as const
