import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { photoName } from '#app/evidence/signals/photo-times.ts'

// ownOn: the day of the earlier visit, where it was to this very house.
type Reused = { kind: string, otherKind: string, otherHeadName: string, otherOfficerId: string, ownOn?: string | undefined, exact: boolean }

const visitWords = ({ ownOn, otherHeadName }: Pick<Reused, 'ownOn' | 'otherHeadName'>) => ownOn ? `kunjungan ${ownOn} ke rumah ini` : `kunjungan ke ${otherHeadName}`

// The very file of another visit. The words name one; the numbers how many.
export function judgeReused(reused: readonly Pick<Reused, 'kind' | 'otherHeadName' | 'ownOn'>[], photos: number): Signal[] {
  const [first] = reused
  if (!first) return photos === 0 ? [] : [fine('reused_photo', 'Tidak ada foto yang sama persis dengan foto kunjungan lain.', { photos })]
  const more = reused.length > 1 ? ` ${reused.length} foto begitu.` : ''
  return [look('reused_photo', `Foto ${photoName(first.kind)} sama persis dengan foto ${visitWords(first)}.${more}`, { photos: reused.length })]
}

// A photo that shows the same picture: made smaller, cropped, turned, mirrored or saved anew. pending: fingerprints are still being made.
export function judgeSimilar(similar: readonly Reused[], { pending, officerId, photos }: { pending: boolean, officerId: string, photos: number }): Signal[] {
  const [first] = similar
  if (first) {
    const whose = first.otherOfficerId === officerId ? '' : ' oleh petugas lain'
    return [look('similar_photo', `Gambar ${photoName(first.kind)} sama dengan ${photoName(first.otherKind)} pada ${visitWords(first)}${whose}, disimpan ulang.${similar.length > 1 ? ` ${similar.length} foto begitu.` : ''}`, { photos: similar.length })]
  }
  if (photos === 0) return []
  return pending ? [unknown('similar_photo', 'Sidik foto masih dibuat.')] : [fine('similar_photo', 'Tidak ada gambar yang mirip foto kunjungan lain.', { photos })]
}

// twice: photos that repeat one of this visit, whether the very file or the same picture saved anew. One is a mistake of the hand.
export const judgeDoubled = (twice: number, photos: number): Signal[] => twice > 0
  ? [look('same_photo', twice === 1 ? 'Satu foto dipakai untuk dua jenis.' : `${twice} foto mengulang foto lain dari kunjungan ini: satu gambar untuk beberapa jenis.`, { twice }, twice >= MANY_TWICE ? 3 : twice > 1 ? 2 : 1)]
  : photos > 1 ? [fine('same_photo', 'Setiap jenis punya fotonya sendiri.', { photos })] : []
const MANY_TWICE = 3
