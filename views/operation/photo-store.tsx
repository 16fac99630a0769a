import type { PhotoStoreView } from '#app/files/store-view.ts'
import { RENEW, SETTING } from '#views/operation/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'

type Props = { store: PhotoStoreView, now: string }

const State = ({ store: { to, run, waiting } }: Pick<Props, 'store'>) =>
  to === undefined ? <Badge tone="bad">Belum diatur</Badge> : run?.failure ? <Badge tone="bad">Gagal, dicoba lagi</Badge>
    : !run ? <Badge>Belum jalan</Badge> : waiting > 0 ? <Badge tone="info">Mengirim</Badge> : <Badge tone="good">Semua terkirim</Badge>

const saidOf = ({ to, run, waiting }: PhotoStoreView, now: string) =>
  to === undefined ? `Berkas lama tidak dapat dibuka sampai alamat penyimpanan foto dikembalikan seperti semula ${SETTING('SIKS_PHOTOS')}, ${RENEW}`
    : run?.failure ? `Percobaan ${formatDateTime(run.failedAt)}: ${run.failure} Foto tetap aman di server ini.`
      : waiting > 0 ? `Sekitar ${formatNumber(waiting)} foto dan berkas menunggu dikirim.` : run ? `Diperiksa ${formatAge(run.ranAt, now)}.` : 'Mulai beberapa detik lagi.'

// Where photos go beside this disk, what waits, and what lies there alone.
export const PhotoStoreCard = ({ store, now }: Props) => {
  const { to, keepBytes, keepDays, counts: { files, bytes, freedFiles, freedBytes, missing, roundEndedAt }, reading } = store
  return (
    <Card title="Penyimpanan foto">
      <p><State store={store} /> {saidOf(store, now)}</p>
      <Facts items={[
        { label: 'Tempat', value: to ?? 'Tidak diatur' },
        { label: 'Terkirim', value: `${formatNumber(files)} berkas (${formatBytes(bytes)}), terenkripsi` },
        { label: 'Hanya di sana', value: `${formatNumber(freedFiles)} berkas (${formatBytes(freedBytes)}), diambil lagi saat dibuka` },
        { label: 'Tetap di server ini', value: to ? `${formatBytes(keepBytes ?? 0)} terbaru, dan semua yang lebih muda dari ${formatNumber(keepDays ?? 0)} hari` : '–' },
        { label: 'Pemeriksaan seluruh berkas', value: roundEndedAt ? `Selesai ${formatAge(roundEndedAt, now)}` : 'Sedang berjalan' },
        ...(missing > 0 ? [{ label: 'Perhatian', value: `${formatNumber(missing)} berkas tercatat, tetapi tidak ditemukan atau tidak terbaca di disk, dan tidak ada di sana. Pulihkan dari cadangan.`, wide: true }] : []),
        ...(reading?.failure ? [{ label: 'Membuka berkas lama', value: `Gagal ${formatDateTime(reading.failedAt)}: ${reading.failure}`, wide: true }] : []),
      ]} />
    </Card>
  )
}
