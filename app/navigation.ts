import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'

// The menu: each entry stands under the right its page demands.
const ENTRIES: { href: string, label: string, verbs?: Verb[] }[] = [
  { href: '/', label: 'Beranda' },
  { href: '/field', label: 'Tugas lapangan', verbs: ['visit.submit'] },
  { href: '/musdes', label: 'Musdes/muskel', verbs: ['musdes.read'] },
  { href: '/reviews', label: 'Pemeriksaan', verbs: ['visit.check', 'visit.verify'] },
  { href: '/proposals', label: 'Usulan', verbs: ['proposal.read'] },
  { href: '/reports', label: 'Laporan warga', verbs: ['report.read'] },
  { href: '/prelist', label: 'Prelist', verbs: ['prelist.assign', 'prelist.revoke'] },
  { href: '/imports', label: 'Impor prelist', verbs: ['prelist.import'] },
  { href: '/deliveries', label: 'Kiriman ditahan', verbs: ['delivery.settle'] },
  { href: '/devices', label: 'HP petugas', verbs: ['device.read'] },
  { href: '/exchange', label: 'Tukar berkas', verbs: ['exchange.take'] },
  { href: '/batches', label: 'Pengesahan', verbs: ['batch.read'] },
  { href: '/periods', label: 'Periode', verbs: ['period.read'] },
  { href: '/households', label: 'Rumah tangga', verbs: ['household.read'] },
  { href: '/matching', label: 'Pemadanan Dukcapil', verbs: ['matching.read'] },
  { href: '/rescue', label: 'Daftar penyelamatan', verbs: ['rescue.read'] },
  { href: '/dtsen', label: 'Desil DTSEN', verbs: ['dtsen.read', 'extension.manage'] },
  { href: '/integrity', label: 'Integritas data', verbs: ['integrity.read'] },
  { href: '/duplicates', label: 'Data ganda', verbs: ['duplicate.read'] },
  { href: '/users', label: 'Pengguna', verbs: ['user.manage'] },
  { href: '/exports', label: 'Ekspor data', verbs: ['export.make', 'export.register'] },
  { href: '/regions', label: 'Wilayah', verbs: ['region.read'] },
  { href: '/reasons', label: 'Alasan usulan', verbs: ['reason.manage'] },
  { href: '/reports/usage', label: 'Cek Bansos', verbs: ['lookup.read'] },
  { href: '/audit', label: 'Jejak audit', verbs: ['audit.read'] },
]

// counts: by address, what waits there for this person.
export const navigationFor = (actor: Actor, path: string, counts: Record<string, number> = {}) => ENTRIES
  .filter(({ verbs }) => !verbs || verbs.some((verb) => can(actor, verb)))
  .map(({ href, label }) => ({ href, label, current: href === '/' ? path === '/' : path.startsWith(href), count: counts[href] }))
