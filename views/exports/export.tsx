import type { ExportView } from '#app/exports/exports.ts'
import { EXPORTS_TRAIL, FORMATS, leftOutWords, STATUS } from '#views/exports/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatBytes, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'

type Props = { shown: ExportView }

export const ExportPage = ({ shown }: Props) => (
  <div class="stack">
    <PageHead title={`Ekspor ${shown.title}`} trail={EXPORTS_TRAIL} lead={`${FORMATS[shown.file.format]} untuk ${shown.file.recipientName}, ${shown.file.recipientInstitution}`} />
    <ExportState shown={shown} />
    <HandOver shown={shown} />
  </div>
)

// While it is made the part asks for itself again; without script the link does.
export const ExportState = ({ shown: { file, isOwn } }: Props) => {
  const { label, tone } = STATUS[file.status]
  const working = file.status === 'making'
  return (
    <div id="keadaan" class="stack" {...(working && askingAgain(`/exports/${file.id}`, 1))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {file.message && <Notice tone="bad"><p>{file.message}</p></Notice>}
      {working && <Working file={file} />}
      {file.sha256 && <Made file={file} />}
      <ActionBar>
        {file.status === 'ready' && isOwn && <LinkButton tone="primary" href={`/exports/${file.id}/file`} download>Unduh berkas</LinkButton>}
        {!working && file.status !== 'failed' && <LinkButton href={`/exports/${file.id}/record`}>Berita acara (BAST)</LinkButton>}
        {isOwn && (working || file.status === 'ready') && (
          <Confirm label={working ? 'Batalkan' : 'Hapus berkas sekarang'} tone="quiet">
            <p>{working ? 'Berkas tidak jadi dibuat.' : 'Berkas dihapus dari server. Catatan serah terimanya tetap tersimpan.'}</p>
            <PostButton tone="danger" action={`/exports/${file.id}/removal`}>{working ? 'Ya, batalkan' : 'Ya, hapus'}</PostButton>
          </Confirm>
        )}
      </ActionBar>
    </div>
  )
}

const Working = ({ file: { id, rowsDone, rowsTotal } }: { file: ExportView['file'] }) => (
  <>
    {rowsTotal
      ? <Progress label="Menulis baris" value={Math.min(rowsDone, rowsTotal)} max={rowsTotal} note={`${formatNumber(rowsDone)} dari sekitar ${formatNumber(rowsTotal)}`} />
      : <p>{rowsDone > 0 ? `${formatNumber(rowsDone)} baris tertulis…` : 'Menunggu giliran…'}</p>}
    <p class="hint">Anda boleh meninggalkan halaman ini; berkas ada di menu Ekspor data.</p>
    <noscript><p><LinkButton href={`/exports/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Made = ({ file }: { file: ExportView['file'] }) => (
  <Card>
    <Facts items={[
      { label: 'Jumlah baris', value: formatNumber(file.rowsDone) },
      ...(file.leftOut > 0 ? [{ label: 'Ditinggalkan', value: leftOutWords(file.leftOut), wide: true }] : []),
      { label: 'Ukuran', value: formatBytes(file.bytes) },
      { label: 'Keadaan data per', value: formatDateTime(file.dataAt) },
      { label: 'Diunduh', value: file.downloads ? `${formatNumber(file.downloads)} kali, terakhir ${formatDateTime(file.lastDownloadedAt)}` : 'Belum pernah' },
      { label: 'SHA-256', wide: true, value: <code class="hash">{file.sha256}</code> },
    ]} />
  </Card>
)

const HandOver = ({ shown: { file, maker, places } }: Props) => (
  <Card title="Serah terima">
    <Facts items={[
      { label: 'Nomor', value: file.number },
      { label: 'Dibuat oleh', value: `${maker.name}, ${formatDateTime(file.madeAt)}` },
      { label: 'Berlaku sampai', value: formatDate(file.expiresOn) },
      { label: 'Wilayah', value: places.join(', ') },
      { label: 'Baris', wide: true, value: file.words || 'Semua baris dalam wilayah pembuat' },
      { label: 'Tujuan', wide: true, value: file.purpose },
      { label: 'Dasar hukum', wide: true, value: file.legalBasis },
      ...(file.full ? [{ label: 'Data utuh karena', wide: true, value: file.fullReason }] : []),
    ]} />
  </Card>
)
