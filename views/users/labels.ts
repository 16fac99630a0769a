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
