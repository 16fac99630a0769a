import type { OperationView } from '#app/operation/view.ts'
import { RENEW, SETTING } from '#views/operation/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { formatAge, formatBytes, formatDateTime, formatDuration, formatNumber } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'

type Props = { backup: OperationView['backup'], now: string }

export const BackupCard = ({ backup: { to, at, encrypted, keep, last, running, late }, now }: Props) => (
  <Card title="Cadangan" actions={to && !running && <PostButton action="/operation/backup" tone="secondary">Cadangkan sekarang</PostButton>}>
    <p>
      {running ? <Badge tone="info">Sedang berjalan</Badge> : last?.failure ? <Badge tone="bad">Gagal</Badge> : late ? <Badge tone="bad">Terlambat</Badge>
        : last?.fineAt ? <Badge tone="good">Utuh</Badge> : <Badge tone="warn">Belum ada</Badge>}
      {' '}{last?.fineAt ? `Cadangan utuh terakhir ${formatAge(last.fineAt, now)}.` : 'Belum pernah ada cadangan yang utuh.'}
      {last?.failure && ` Percobaan ${formatDateTime(last.failedAt)} gagal: ${last.failure}`}
    </p>
    <Facts items={[
      { label: 'Tujuan', value: to ?? `Belum diatur: tulis folder di disk lain ${SETTING('SIKS_BACKUP_TO')}, ${RENEW}` },
      { label: 'Jadwal', value: to ? `Setiap hari ${at?.replace(':', '.')} WIB` : '–' },
      { label: 'Enkripsi', value: encrypted ? 'age, dibuka dengan kunci yang disimpan di luar server' : `Tidak dienkripsi: siapa pun yang memegang disk cadangan dapat membacanya. Buat kunci (panduan server, bagian 4) dan tulis kunci umumnya ${SETTING('SIKS_BACKUP_RECIPIENTS')}, ${RENEW}` },
      { label: 'Disimpan', value: keep && `${keep.days} harian, ${keep.weeks} mingguan, ${keep.months} bulanan${last?.made ? `; sekarang ${last.made.kept}` : ''}` },
      ...(last?.made ? [
        { label: 'Isi terakhir', value: `${formatNumber(last.made.households)} rumah tangga, ${formatNumber(last.made.files)} berkas (${formatNumber(last.made.newFiles)} baru, ${formatBytes(last.made.sentBytes)} dikirim)${last.made.elsewhere ? `. ${formatNumber(last.made.elsewhere)} berkas lama hanya di penyimpanan foto, tidak ikut dicadangkan` : ''}${last.made.batches === undefined ? '' : `. Data nasional: ${formatNumber(last.made.batches)} berkas pengesahan`}` },
        { label: 'Pemeriksaan', value: `Basis data dibuka dan diperiksa sebelum dikirim; ${formatNumber(last.made.checked)} berkas dibaca ulang di tujuan; ${formatDuration(last.made.tookMs)}` },
        ...(last.made.sameDisk ? [{ label: 'Perhatian', value: 'Tujuan berada di disk yang sama dengan datanya. Pakai disk lain.', wide: true }] : []),
      ] : []),
    ]} />
  </Card>
)
