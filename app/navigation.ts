import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'

// The menu: each entry stands under the right its page demands, in the group where people look for it.
type Group = 'Pekerjaan' | 'Pemantauan' | 'Lapangan' | 'Data' | 'Program' | 'Kualitas data' | 'Pengesahan' | 'Pengaturan'
const ENTRIES: { href: string, label: string, verbs?: Verb[], group?: Group, nation?: true }[] = [
  { href: '/', label: 'Beranda' },
  { href: '/field', label: 'Tugas lapangan', verbs: ['visit.submit'] },
  { href: '/musdes', label: 'Musdes/muskel', verbs: ['musdes.read'], group: 'Pekerjaan' },
  { href: '/reviews', label: 'Pemeriksaan', verbs: ['visit.check', 'visit.verify'], group: 'Pekerjaan' },
  { href: '/proposals', label: 'Usulan', verbs: ['proposal.read'], group: 'Pekerjaan' },
  { href: '/reports', label: 'Laporan warga', verbs: ['report.read'], group: 'Pekerjaan' },
  { href: '/certificates', label: 'Surat keterangan', verbs: ['certificate.read'], group: 'Pekerjaan' },
  { href: '/dashboards', label: 'Dasbor', verbs: ['dashboard.read'], group: 'Pemantauan' },
  { href: '/monthly', label: 'Laporan bulanan', verbs: ['monthly.read'], group: 'Pemantauan' },
  { href: '/map', label: 'Peta', verbs: ['map.read'], group: 'Pemantauan' },
  { href: '/officers', label: 'Petugas', verbs: ['quality.read'], group: 'Pemantauan' },
  { href: '/reviewers', label: 'Pemeriksa', verbs: ['quality.review'], group: 'Pemantauan' },
  { href: '/reviewers/mine', label: 'Hasil periksa saya', verbs: ['visit.check'], group: 'Pemantauan' },
  { href: '/backchecks', label: 'Kunjungan ulang', verbs: ['backcheck.read'], group: 'Pemantauan' },
  { href: '/backchecks/mine', label: 'Kunjungan ulang saya', verbs: ['backcheck.visit'], group: 'Pemantauan' },
  { href: '/monitoring', label: 'Formulir pemantauan', verbs: ['monitoring.read'], group: 'Pemantauan' },
  { href: '/tasks', label: 'Tugas', verbs: ['task.read'], group: 'Pemantauan' },
  { href: '/announcements', label: 'Pengumuman', verbs: ['announcement.write'], group: 'Pemantauan' },
  { href: '/prelist', label: 'Prelist', verbs: ['prelist.assign', 'prelist.revoke'], group: 'Lapangan' },
  { href: '/imports', label: 'Impor prelist', verbs: ['prelist.import'], group: 'Lapangan' },
  { href: '/deliveries', label: 'Kiriman ditahan', verbs: ['delivery.settle'], group: 'Lapangan' },
  { href: '/devices', label: 'HP petugas', verbs: ['device.read'], group: 'Lapangan' },
  { href: '/exchange', label: 'Tukar berkas', verbs: ['exchange.take'], group: 'Lapangan' },
  { href: '/households', label: 'Rumah tangga', verbs: ['household.read'], group: 'Data' },
  { href: '/dtsen', label: 'Desil DTSEN', verbs: ['dtsen.read', 'extension.manage'], group: 'Data' },
  { href: '/exports', label: 'Ekspor data', verbs: ['export.make', 'export.register'], group: 'Data' },
  { href: '/protection', label: 'Pelindungan data', verbs: ['protection.read'], group: 'Data' },
  { href: '/regions', label: 'Wilayah', verbs: ['region.read'], group: 'Data' },
  { href: '/programmes', label: 'Program bansos', verbs: ['programme.read'], group: 'Program' },
  { href: '/eligibility', label: 'Kelayakan & simulasi', verbs: ['programme.simulate'], group: 'Program' },
  { href: '/pkh', label: 'Pekerjaan PKH', verbs: ['programme.read'], group: 'Program' },
  { href: '/payments', label: 'Penyaluran', verbs: ['programme.read'], group: 'Program' },
  { href: '/local', label: 'Bantuan desa & kabupaten', verbs: ['programme.read'], group: 'Program' },
  { href: '/intake', label: 'Impor penerima', verbs: ['programme.import'], group: 'Program' },
  { href: '/crosschecks', label: 'Pemeriksaan silang', verbs: ['programme.read'], group: 'Program' },
  { href: '/psks', label: 'PSKS', verbs: ['programme.read'], group: 'Program' },
  { href: '/integrity', label: 'Integritas data', verbs: ['integrity.read'], group: 'Kualitas data' },
  { href: '/duplicates', label: 'Data ganda', verbs: ['duplicate.read'], group: 'Kualitas data' },
  { href: '/matching', label: 'Pemadanan Dukcapil', verbs: ['matching.read'], group: 'Kualitas data' },
  { href: '/numbers', label: 'Menunggu Dukcapil', verbs: ['number.read'], group: 'Kualitas data' },
  { href: '/rescue', label: 'Daftar penyelamatan', verbs: ['rescue.read'], group: 'Kualitas data' },
  { href: '/batches', label: 'Pengesahan', verbs: ['batch.read'], group: 'Pengesahan' },
  { href: '/periods', label: 'Periode', verbs: ['period.read'], group: 'Pengesahan' },
  { href: '/national', label: 'Data nasional', verbs: ['national.read'], group: 'Pengesahan', nation: true },
  { href: '/national/keys', label: 'Kunci pengiriman', verbs: ['national.keys'], group: 'Pengaturan', nation: true },
  { href: '/users', label: 'Pengguna', verbs: ['user.manage'], group: 'Pengaturan' },
  { href: '/access', label: 'Peninjauan akses', verbs: ['access.read'], group: 'Pengaturan' },
  { href: '/reasons', label: 'Alasan usulan', verbs: ['reason.manage'], group: 'Pengaturan' },
  { href: '/programmes/settings', label: 'Ketentuan program', verbs: ['programme.configure'], group: 'Pengaturan' },
  { href: '/backchecks/items', label: 'Isian kunjungan ulang', verbs: ['backcheck.configure'], group: 'Pengaturan' },
  { href: '/reports/usage', label: 'Cek Bansos', verbs: ['lookup.read'], group: 'Pengaturan' },
  { href: '/operation', label: 'Operasi', verbs: ['operation.read'], group: 'Pengaturan' },
  { href: '/audit', label: 'Jejak audit', verbs: ['audit.read'], group: 'Pengaturan' },
  { href: '/compliance', label: 'Kendali keamanan', verbs: ['compliance.read'], group: 'Pengaturan' },
]

// So few are found at a glance; in groups each would cost one step more.
const UNGROUPED = 8

// counts: by address, what waits there for this person. isNation: the records of many kabupaten lie here too.
export function navigationFor(actor: Actor, path: string, counts: Record<string, number> = {}, isNation = false) {
  const own = ENTRIES.filter(({ verbs, nation }) => (!nation || isNation) && (!verbs || verbs.some((verb) => can(actor, verb))))
  const here = own.map(({ href }) => href).filter((href) => path === href || path.startsWith(`${href}/`)).sort((a, b) => b.length - a.length)[0]
  return own.map(({ href, label, group }) => ({
    href, label, current: href === here, count: counts[href], group: own.length > UNGROUPED ? group : undefined,
  }))
}
