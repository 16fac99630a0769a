import type { ReviewRow, takeReview } from '#app/access/reviews.ts'
import { DECISIONS, REMARKS } from '#views/access/labels.ts'
import { table } from '#views/dtsen/csv.ts'
import { formatDateTime } from '#views/ui/format.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'

const HEADING = ['Nama', 'Nama pengguna', 'Peran', 'Wilayah', 'Dibuat', 'Terakhir masuk', 'Verifikasi dua langkah', 'Catatan', 'Akun lain yang mirip', 'Keputusan', 'Alasan', 'Diputuskan oleh', 'Waktu']

export const reviewCsv = ({ rows, names }: ReturnType<typeof takeReview>) => table([HEADING, ...rows.map((row) => lineOf(row, names))])

const lineOf = ({ seen, decision, note, decidedBy, decidedAt }: ReviewRow, names: Map<string, string>) => [
  seen.name, seen.username, ROLE_LABELS[seen.role], seen.places.join(', '), formatDateTime(seen.createdAt), seen.lastSignIn ? formatDateTime(seen.lastSignIn) : 'belum pernah',
  seen.hasFactor ? `terpasang${seen.passkeys ? `; ${seen.passkeys} kunci perangkat` : ''}` : 'tidak', seen.remarks.map((remark) => REMARKS[remark].label).join('; '), seen.others.map(({ username, role }) => `${username} (${ROLE_LABELS[role]})`).join('; '),
  decision ? DECISIONS[decision].label : 'belum ditinjau', note, decidedBy ? names.get(decidedBy) ?? decidedBy : '', decidedAt ? formatDateTime(decidedAt) : '',
]
