import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { photoName } from '#app/evidence/signals/photo-times.ts'

type Reused = { kind: string, otherKind: string, otherHeadName: string, otherOfficerId: string, exact: boolean }

// The very file of another visit. The words name one; the numbers how many.
export function judgeReused(reused: readonly Pick<Reused, 'kind' | 'otherHeadName'>[], photos: number): Signal[] {
  const [first] = reused
  if (!first) return photos === 0 ? [] : [fine('reused_photo', 'Tidak ada foto yang sama persis dengan foto kunjungan lain.', { photos })]
  const more = reused.length > 1 ? ` ${reused.length} foto begitu.` : ''
  return [look('reused_photo', `Foto ${photoName(first.kind)} sama persis dengan foto kunjungan ke ${first.otherHeadName}.${more}`, { photos: reused.length })]
}

// A photo that shows the same picture: made smaller, cropped or saved anew. pending: fingerprints are still being made.
export function judgeSimilar(similar: readonly Reused[], { pending, officerId, photos }: { pending: boolean, officerId: string, photos: number }): Signal[] {
  const [first] = similar
  if (first) {
    const whose = first.otherOfficerId === officerId ? '' : ' oleh petugas lain'
    return [look('similar_photo', `Gambar ${photoName(first.kind)} sama dengan ${photoName(first.otherKind)} pada kunjungan ke ${first.otherHeadName}${whose}, disimpan ulang.${similar.length > 1 ? ` ${similar.length} foto begitu.` : ''}`, { photos: similar.length })]
  }
  if (photos === 0) return []
  return pending ? [unknown('similar_photo', 'Sidik foto masih dibuat.')] : [fine('similar_photo', 'Tidak ada gambar yang mirip foto kunjungan lain.', { photos })]
}

export const judgeDoubled = (twice: number, photos: number): Signal[] => twice > 0
  ? [look('same_photo', 'Satu foto dipakai untuk lebih dari satu jenis.', { twice })]
  : photos > 1 ? [fine('same_photo', 'Setiap jenis punya fotonya sendiri.', { photos })] : []
