import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'

// The menu: each entry stands under the right its page demands.
const ENTRIES: { href: string, label: string, verb?: Verb }[] = [
  { href: '/', label: 'Beranda' },
  { href: '/field', label: 'Tugas lapangan', verb: 'visit.submit' },
  { href: '/musdes', label: 'Musdes/muskel', verb: 'musdes.read' },
  { href: '/reviews', label: 'Pemeriksaan', verb: 'visit.check' },
  { href: '/reviews', label: 'Pemeriksaan', verb: 'visit.verify' },
  { href: '/prelist', label: 'Prelist', verb: 'prelist.assign' },
  { href: '/imports', label: 'Impor prelist', verb: 'prelist.import' },
  { href: '/batches', label: 'Pengesahan', verb: 'batch.read' },
  { href: '/households', label: 'Rumah tangga', verb: 'household.read' },
  { href: '/users', label: 'Pengguna', verb: 'user.manage' },
  { href: '/regions', label: 'Wilayah', verb: 'region.read' },
  { href: '/audit', label: 'Jejak audit', verb: 'audit.read' },
]

export const navigationFor = (actor: Actor, path: string) => ENTRIES
  .filter(({ verb }) => !verb || can(actor, verb))
  .map(({ href, label }) => ({ href, label, current: href === '/' ? path === '/' : path.startsWith(href) }))
