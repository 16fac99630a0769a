import type { Case } from '#app/reviews/case.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatAccuracy, formatCoordinate, formatDateTime, formatDistance, formatDuration } from '#views/ui/format.ts'
import { Card, Facts, Timeline } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import { KK, KTP, PHOTOS } from '#views/reviews/photos.ts'

type Props = { found: Case }

export const OtherPhotos = ({ found: { photos, photoFaults, visit } }: Props) => {
  const others = PHOTOS.filter(({ kind }) => ![KTP, KK].includes(kind) && photos.some((photo) => photo.kind === kind))
  return (
    <Card title="Foto rumah dan responden">
      {others.length === 0
        ? <p class="hint">Tidak ada foto.</p>
        : (
          <PhotoGrid>
            {others.map(({ kind, label, shortcut }) => (
              <Photo src={`/files/visits/${visit.id}/${kind}`} alt={label} caption={label} shortcut={shortcut}
                facts={<>{takenWords(photos.find((photo) => photo.kind === kind)?.takenAt, zoneOf(visit.regionCode))}<PhotoFault words={photoFaults[kind]} /></>} />
            ))}
          </PhotoGrid>
        )}
    </Card>
  )
}

// Measured on the server: the officer's phone said the same, and may have been passed over.
export const PhotoFault = ({ words }: { words: string | undefined }) => words ? <Badge tone="warn">Foto {words}</Badge> : null

const takenWords = (at: string | null | undefined, zone: number) => at ? formatDateTime(at, zone) : 'Waktu foto tidak diketahui'

const SENT_BACK: Record<string, string> = {
  'dispatched': 'Dikembalikan Kemensos', 'batched': 'Dikeluarkan dari berkas pengesahan', 'checked': 'Dikembalikan Dinsos', 'verified': 'Dikembalikan Dinsos',
}

// Why a record that was once through is here again.
export const Reason = ({ found: { movedHere, household, given } }: Props) => {
  // Nobody sent it back: a number has come, and the notice beside the documents tells which.
  if (given.some(({ at }) => at === movedHere?.at)) return null
  const isBack = household.stage === 'recheck' || (household.stage === 'checked' && (movedHere?.from === 'dispatched' || movedHere?.from === 'batched'))
  const words = movedHere?.from && isBack ? SENT_BACK[movedHere.from] : undefined
  return words && movedHere
    ? <Notice tone="bad" title={`${words}${movedHere.by ? ` oleh ${movedHere.by}` : ''}, ${formatDateTime(movedHere.at, zoneOf(household.regionCode))}`}><p>{movedHere.note || 'Tanpa catatan.'}</p></Notice>
    : null
}

const MUSDES: Record<number, string> = { 1: 'Ditemukan', 2: 'Tidak ditemukan', 3: 'Data ganda', 4: 'Usulan baru' }
const NOT_FOUND: Record<number, string> = { 1: 'pindah', 2: 'meninggal', 3: 'tidak diketahui', 4: 'alamat tidak ada di desa ini' }

export const Circumstances = ({ found: { visit, household, distanceM, musdes } }: Props) => (
  <Card title="Lokasi, waktu, dan musdes">
    <Facts compact items={[
      { label: 'Koordinat', value: visit.latitude === null || visit.longitude === null ? 'Tidak ada' : formatCoordinate(visit.latitude, visit.longitude) },
      { label: 'Ketelitian', value: visit.accuracyM === null ? undefined : formatAccuracy(visit.accuracyM) },
      { label: 'Jarak dari titik data induk', value: distanceM === null ? 'Data induk belum punya titik' : formatDistance(distanceM) },
      { label: 'Lama wawancara', value: formatDuration(visit.activeMs) },
      { label: 'Dibuka', value: formatDateTime(visit.openedAt, zoneOf(visit.regionCode)) },
      { label: 'Dikirim', value: formatDateTime(visit.submittedAt, zoneOf(visit.regionCode)) },
      { label: 'Hasil musdes', value: musdes
        ? `${MUSDES[musdes.status] ?? '–'}${musdes.notFoundReason ? ` (${NOT_FOUND[musdes.notFoundReason]})` : ''}${musdes.note ? `: ${musdes.note}` : ''}`
        : MUSDES[household.musdesStatus ?? 0] ?? 'Belum ada' },
    ]} />
  </Card>
)

export const Past = ({ found: { visit, reviews, remarks, answers, changes } }: Props) => reviews.length === 0 ? null : (
  <Card title="Pemeriksaan sebelumnya">
    <Timeline items={reviews.map((review) => ({
      at: formatDateTime(review.decidedAt, zoneOf(visit.regionCode)), iso: review.decidedAt, by: review.by,
      title: `${review.outcome === 'approved' ? 'Disetujui' : 'Dikembalikan'} ${review.level === 1 ? 'pemeriksa pertama' : 'Dinsos'}`,
      tone: review.outcome === 'approved' ? 'good' as const : 'bad' as const,
      note: review.note || remarks.some(({ reviewId }) => reviewId === review.id) ? (
        <>
          {review.note && <p>{review.note}</p>}
          {remarks.filter(({ reviewId }) => reviewId === review.id).map(({ path, message }) => <p><strong>{labelOf(changes, answers, path)}:</strong> {message}</p>)}
        </>
      ) : undefined,
    }))} />
  </Card>
)

const labelOf = (changes: Case['changes'], answers: Case['answers'], path: string) => {
  const change = changes.find((one) => one.path === path)
  if (change) return change.label
  const group = answers.find(({ rows }) => rows.some((row) => row.path === path))
  return group ? `${group.rows.find((row) => row.path === path)?.label} (${group.title})` : QUESTIONS.get(keyOf(path)) ?? 'Kunjungan ini'
}

// A photo, or a question of a row that has been taken off since.
const keyOf = (path: string) => path.split('.').pop()!
const QUESTIONS = new Map([
  ...EXTENDED.sections.flatMap(({ questions }) => questions).reverse().map(({ key, label }) => [key, label] as const),
  ...PHOTOS.map(({ kind, label }) => [kind, label] as const),
])
