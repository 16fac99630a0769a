import type { ErrorRow, ShownRow, Snapshot } from '#app/dtsen/snapshots.ts'
import { MATCH_WORDS, SNAPSHOT_STATUS } from '#views/dtsen/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDate, formatDateTime, formatNumber, formatPercent, maskKk } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { StoppedNotice } from '#views/ui/stopped.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type PreviewProps = { snapshot: Snapshot, regionName: string, rows: ShownRow[], wrong: ErrorRow[], highest?: number, stopped: boolean }

export const SnapshotPage = (props: PreviewProps) => (
  <div class="stack">
    <PageHead title={`Potret desil ${props.snapshot.label}`} trail={[{ href: '/dtsen', label: 'Desil DTSEN' }, { href: '/dtsen/snapshots', label: 'Potret desil' }]}
      lead={`${props.regionName} · data per ${formatDate(props.snapshot.effectiveOn)} · ${props.snapshot.source}`} />
    <SnapshotState {...props} />
  </div>
)

const isWorking = ({ status }: Snapshot) => status === 'reading' || status === 'applying'

// While the server works the part asks for itself again; without script the link does.
export const SnapshotState = (props: PreviewProps) => {
  const { snapshot } = props
  const { label, tone } = SNAPSHOT_STATUS[snapshot.status]
  return (
    <div id="keadaan" class="stack" {...(isWorking(snapshot) && !props.stopped && askingAgain(`/dtsen/snapshots/${snapshot.id}`))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {snapshot.message && <Notice tone={snapshot.status === 'failed' ? 'bad' : 'warn'}><p>{snapshot.message}</p></Notice>}
      {props.stopped && <StoppedNotice title="Penerapan potret ini terhenti karena kesalahan pada server" />}
      {isWorking(snapshot) && <Working {...props} />}
      {snapshot.status !== 'discarded' && snapshot.status !== 'failed' && <Counts {...snapshot} />}
      <Actions snapshot={snapshot} />
      {props.rows.length > 0 && <Sample rows={props.rows} />}
      {props.wrong.length > 0 && <Mistakes rows={props.wrong} />}
      <Origin snapshot={snapshot} />
    </div>
  )
}

const Working = ({ snapshot: { id, status, bytes, bytesRead, rowCount, appliedTo }, highest = 0 }: PreviewProps) => (
  <>
    {status === 'reading'
      ? <Progress label="Membaca berkas" value={bytesRead} max={bytes} note={`${formatNumber(rowCount)} keluarga terbaca`} />
      : <Progress label="Memperbarui desil rumah tangga" value={appliedTo} max={highest} note="Potret sudah berlaku; daftar dan saringan menyusul." />}
    <noscript><p><LinkButton href={`/dtsen/snapshots/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Counts = ({ rowCount, matchedCount, nikCount, unmatchedCount, errorCount }: Snapshot) => (
  <Stats items={[
    { label: 'Keluarga dalam berkas', value: formatNumber(rowCount + errorCount) },
    { label: 'Ada di registri', value: formatNumber(matchedCount), note: nikCount ? `${formatNumber(nikCount)} menurut NIK kepala` : formatPercent(matchedCount, rowCount), tone: matchedCount ? 'good' : 'neutral' },
    { label: 'Tidak ada di registri', value: formatNumber(unmatchedCount), note: 'tetap disimpan sebagai daftar', tone: unmatchedCount ? 'warn' : 'neutral' },
    { label: 'Salah', value: formatNumber(errorCount), note: 'tidak ikut disimpan', tone: errorCount ? 'bad' : 'neutral' },
  ]} />
)

const Actions = ({ snapshot: { id, status, label, rowCount, errorCount } }: { snapshot: Snapshot }) => (
  <ActionBar>
    {status === 'previewed' && rowCount > 0 && (
      <Confirm label={`Konfirmasi potret ${label}`} tone="primary">
        <Form action={`/dtsen/snapshots/${id}/confirmation`} guard={false}>
          <p>{formatNumber(rowCount)} keluarga disimpan sebagai potret {label}. Setelah ini isinya tidak dapat diubah atau dihapus.</p>
          <Button>Ya, simpan dan berlakukan</Button>
        </Form>
      </Confirm>
    )}
    {(status === 'applied' || status === 'applying') && <LinkButton href={`/dtsen?snapshot=${id}`} tone="primary">Lihat sebarannya</LinkButton>}
    {errorCount > 0 && status !== 'discarded' && <LinkButton href={`/dtsen/snapshots/${id}/errors.csv`} download>Unduh daftar kesalahan</LinkButton>}
    {status === 'failed' && <LinkButton href="/dtsen/snapshots/new">Unggah lagi</LinkButton>}
    {(status === 'previewed' || status === 'reading') && (
      <Confirm label="Batalkan impor">
        <Form action={`/dtsen/snapshots/${id}/discard`} guard={false}>
          <p>Hasil bacaan dihapus. Tidak ada desil yang berubah.</p>
          <Button tone="danger">Ya, batalkan</Button>
        </Form>
      </Confirm>
    )}
  </ActionBar>
)

const Sample = ({ rows }: { rows: ShownRow[] }) => (
  <Card title="Contoh isi berkas">
    <Table caption="Beberapa keluarga dari setiap jenis" columns={['No. KK', { label: 'Desil', align: 'right' }, 'Wilayah', 'Hasil pencarian']}>
      {rows.map(({ kkNumber, desil, village, match, householdId }) => (
        <Row tone={match === 'none' ? 'warn' : undefined}>
          <Cell label="No. KK" lead><span class="number">{maskKk(kkNumber)}</span></Cell>
          <Cell label="Desil" align="right">{desil}</Cell>
          <Cell label="Wilayah">{village}</Cell>
          <Cell label="Hasil pencarian">{householdId ? <a href={`/households/${householdId}`}>{MATCH_WORDS[match]}</a> : MATCH_WORDS[match]}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Mistakes = ({ rows }: { rows: ErrorRow[] }) => (
  <Card title="Yang tidak ikut disimpan" tone="bad">
    <Table caption="Kesalahan pertama di berkas" columns={['Baris', 'Kolom', 'Kesalahan']}>
      {rows.map(({ position, column, message }) => (
        <Row tone="bad">
          <Cell label="Baris" lead>Baris {position}</Cell>
          <Cell label="Kolom"><code>{column}</code></Cell>
          <Cell label="Kesalahan">{message}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Origin = ({ snapshot: { fileName, bytes, sha256, uploadedAt, confirmedAt } }: { snapshot: Snapshot }) => (
  <Card title="Asal berkas">
    <Facts items={[
      { label: 'Berkas', value: `${fileName} (${formatBytes(bytes)})` }, { label: 'Diunggah', value: formatDateTime(uploadedAt) },
      { label: 'Dikonfirmasi', value: confirmedAt ? formatDateTime(confirmedAt) : 'Belum' }, { label: 'SHA-256', value: <code class="hash">{sha256}</code>, wide: true },
    ]} />
  </Card>
)
