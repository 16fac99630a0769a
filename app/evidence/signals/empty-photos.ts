import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { photoName } from '#app/evidence/signals/photo-times.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'

const BAR = THRESHOLDS.empty
// A card, a face and a front have edges in any light one can see by.
const NEVER_PLAIN = ['F-KTP', 'F-KK', 'F-KRT', 'F-RUMAH']
type Looked = { kind: string, sharpness: number | null, brightness: number | null, dark: number | null, bright: number | null }

// The lens against a table or a hand fills nine places as well as nine photos do. photos: those that have been looked at.
export function judgeEmptiness(photos: readonly Looked[], { pending, count }: { pending: boolean, count: number }): Signal[] {
  const seen = photos.filter(({ brightness }) => brightness !== null)
  const empty = seen.filter(({ sharpness, dark, bright }) => sharpness === null || dark! >= BAR.percent || bright! >= BAR.percent)
  const telling = empty.filter(({ kind }) => NEVER_PLAIN.includes(kind))
  if (telling.length > 0 || empty.length >= BAR.plain) {
    return [look('empty_photo', `${empty.length} dari ${count} foto gelap, putih, atau polos seluruhnya: ${empty.map(({ kind }) => photoName(kind)).join(', ')}.`, { photos: empty.length }, telling.length > 1 || empty.length > BAR.plain ? 3 : 2)]
  }
  if (count === 0) return []
  return [pending ? unknown('empty_photo', 'Isi foto masih diperiksa.') : fine('empty_photo', 'Foto KTP, KK, responden, dan rumah memperlihatkan sesuatu.', { photos: seen.length })]
}
