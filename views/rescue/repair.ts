import type { RescueCase, RescueItem } from '#app/rescue/cases.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'

export type Way = { href: string, label: string }

type Place = Pick<RescueCase, 'id' | 'regionCode' | 'stage' | 'visitId' | 'officerId'>

// Where this reader mends this reason. key: the usulan or the delivery it is about. What is not the reader's to mend leads to the household itself.
export function wayOut(actor: Actor, place: Place, reason: RescueItem['reason'], key = ''): Way {
  const look = { href: `/households/${place.id}`, label: 'Lihat rumah tangga' }
  if (reason === 'proposal') return can(actor, 'proposal.read') ? { href: `/proposals/${key}`, label: 'Buka usulan' } : look
  if (reason === 'held') return can(actor, 'delivery.settle') ? { href: `/deliveries/${key}/case`, label: 'Putuskan kiriman' } : look
  if (reason === 'returned' || reason === 'photos' || reason === 'unfinished') return stepOf(actor, place) ?? look
  if (place.stage === 'returned' && place.officerId === actor.id) return { href: `/field/${place.id}`, label: 'Perbaiki kunjungan' }
  if (place.visitId && mayDecide(actor, place)) return { href: `/reviews/${place.visitId}`, label: 'Buka pemeriksaan' }
  if (!can(actor, 'proposal.submit')) return look
  return reason === 'meninggal' ? { href: `/proposals/new?household=${place.id}&kind=death`, label: 'Laporkan kematian' }
    : { href: `/proposals/new?household=${place.id}&kind=correction`, label: 'Ajukan perbaikan' }
}

const mayDecide = (actor: Actor, { stage }: Place) =>
  can(actor, 'visit.check') && (stage === 'submitted' || stage === 'recheck') || can(actor, 'visit.verify') && stage === 'checked'

function stepOf(actor: Actor, place: Place): Way | undefined {
  const { id, stage, visitId, officerId, regionCode } = place
  if (officerId === actor.id && ['assigned', 'downloaded', 'deliberated', 'returned'].includes(stage)) {
    return { href: `/field/${id}`, label: stage === 'returned' ? 'Perbaiki kunjungan' : 'Kunjungi' }
  }
  if (stage === 'published' && can(actor, 'prelist.take')) return { href: '/prelist/available', label: 'Ambil tugas' }
  if (stage === 'published' && can(actor, 'prelist.assign')) return { href: `/prelist/rows?village=${regionCode}`, label: 'Tugaskan' }
  if (visitId && mayDecide(actor, place)) return { href: `/reviews/${visitId}`, label: 'Periksa sekarang' }
  return ['verified', 'batched', 'ratified'].includes(stage) && can(actor, 'batch.read') ? { href: '/batches', label: 'Buka pengesahan' } : undefined
}
