import { STAGE_WORDS } from '#app/households/stages.ts'
import { inWords as dateInWords } from '#app/questionnaire/display.ts'
import { NUMBER_PURPOSE_WORDS } from '#views/households/numbers.tsx'
import { PURPOSE_WORDS } from '#views/sessions/labels.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'

const DETAILS: Record<string, string> = {
  from: 'semula', to: 'menjadi', note: 'catatan', subject: 'perihal', cause: 'sebab', version: 'versi', address: 'alamat jaringan',
  role: 'peran', fromRole: 'peran semula', regions: 'wilayah', fromRegions: 'wilayah semula', reason: 'alasan', newCode: 'kode baru',
  purpose: 'keperluan', factor: 'bukti kedua', failures: 'percobaan gagal', left: 'tersisa', accounts: 'akun', kept: 'tetap', suspended: 'ditangguhkan',
  effectiveOn: 'berlaku', region: 'wilayah', village: 'desa', programme: 'program', state: 'keadaan', rows: 'baris', people: 'orang', days: 'hari', lines: 'baris diperiksa', broken: 'baris rusak', count: 'jumlah', revision: 'revisi', outcome: 'hasil',
  level: 'tingkat', fromLevel: 'tingkat semula', remarks: 'catatan isian', review: 'pemeriksaan', kind: 'jenis', status: 'keadaan', name: 'nama', label: 'nama', code: 'kode', value: 'nilai', source: 'sumber', regionCode: 'wilayah', villages: 'desa',
  household: 'rumah tangga', householdId: 'rumah tangga', households: 'rumah tangga', families: 'keluarga', familySeq: 'keluarga', members: 'anggota', recipient: 'penerima', officer: 'petugas', reviewer: 'pemeriksa', assignee: 'petugas',
  musdes: 'musdes', minutesNumber: 'nomor berita acara', heldOn: 'tanggal musyawarah', meeting: 'bertemu', visitId: 'kunjungan', compared: 'isian dibandingkan', different: 'isian berbeda', form: 'formulir', about: 'tentang', dueOn: 'batas waktu',
  period: 'periode', periodId: 'periode', missed: 'periode yang terlewat', opensOn: 'buka', cutoffOn: 'batas kirim', closesOn: 'tutup', validFrom: 'berlaku sejak', month: 'bulan', round: 'putaran', rolledOver: 'pindah periode', snapshot: 'potret data',
  items: 'rumah tangga', proposals: 'usulan', changes: 'usulan', applied: 'diterapkan', passed: 'dilewati', withoutAmount: 'tanpa nominal', heldBack: 'ditahan', other: 'rumah tangga lain', letter: 'surat', letterNumber: 'nomor surat', letterDate: 'tanggal surat', asked: 'ditanyakan', answered: 'dijawab',
  new: 'baru', changed: 'berubah', unmatched: 'tidak ada di registri', failed: 'salah', file: 'berkas', files: 'berkas', photos: 'foto', mode: 'cara', method: 'cara', draft: 'konsep', q: 'pencarian', sort: 'urutan', seen: 'tanda sudah dibaca', life: 'riwayat hidup', size: 'ukuran',
  alike: 'yang mirip', found: 'ditemukan', ruledOut: 'yang mirip dinyatakan orang lain', exports: 'ekspor', programmes: 'program', until: 'sampai', leftOut: 'ditinggalkan karena dibatasi', seenAt: 'terakhir tercatat', clock: 'jam server',
  sha256: 'SHA-256', hash: 'SHA-256', root: 'akar manifes', rootHash: 'akar manifes', letterSha256: 'SHA-256 surat', packageSha256: 'SHA-256 paket',
}

export const detailWords = (details: Record<string, unknown>) => Object.entries(details)
  .map(([key, value]) => `${DETAILS[key] ?? key}: ${inWords(value)}`).join('; ')

const VALUES: Record<string, string> = { ...STAGE_WORDS, ...ROLE_LABELS, ...PURPOSE_WORDS, ...NUMBER_PURPOSE_WORDS, totp: 'kode aplikasi', recovery: 'kode pemulihan', pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK', ppks: 'PPKS', true: 'ya', false: 'tidak', null: 'tidak ada' }

const inWords = (value: unknown): string => Array.isArray(value)
  ? value.map((one) => one === '' ? 'seluruh Indonesia' : inWords(one)).join(', ')
  : value && typeof value === 'object' ? JSON.stringify(value) : VALUES[String(value)] ?? dateInWords(String(value))
