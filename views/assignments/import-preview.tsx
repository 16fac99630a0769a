import type { Import, ShownRow } from '#app/assignments/imports.ts'
import { IMPORT_STATUS, ROW_ACTION } from '#views/assignments/import-labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type PreviewProps = { imported: Import, regionName: string, rows: ShownRow[], wrong: ShownRow[], againKey: string }

export const ImportPage = (props: PreviewProps) => (
  <div class="stack">
    <PageHead title={props.imported.fileName} lead={`${props.regionName} · ${formatBytes(props.imported.bytes)} · diunggah ${formatDateTime(props.imported.uploadedAt)}`}
      trail={[{ href: '/prelist', label: 'Prelist' }, { href: '/imports', label: 'Impor prelist' }]} />
    <ImportState {...props} />
  </div>
)

const isWorking = ({ status }: Import) => status === 'reading' || status === 'applying'

// While the server works the part asks for itself again; without script the link does.
export const ImportState = (props: PreviewProps) => {
  const { imported } = props
  const { label, tone } = IMPORT_STATUS[imported.status]
  return (
    <div id="keadaan" class="stack" {...(isWorking(imported) && askingAgain(`/imports/${imported.id}`))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {imported.message && <Notice tone={imported.status === 'failed' ? 'bad' : 'warn'}><p>{imported.message}</p></Notice>}
      {isWorking(imported) && <Working imported={imported} />}
      {imported.status !== 'discarded' && <Counts {...imported} />}
      <Actions {...props} />
      {props.rows.length > 0 && <Sample rows={props.rows} />}
      {props.wrong.length > 0 && <Mistakes rows={props.wrong} />}
    </div>
  )
}

const Working = ({ imported: { id, status, bytes, bytesRead, appliedCount, newCount, changedCount, householdCount } }: { imported: Import }) => (
  <>
    {status === 'reading'
      ? <Progress label="Membaca berkas" value={bytesRead} max={bytes} note={`${formatNumber(householdCount)} rumah tangga terbaca`} />
      : <Progress label="Mengimpor" value={appliedCount} max={newCount + changedCount} />}
    <noscript><p><LinkButton href={`/imports/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Counts = ({ householdCount, memberCount, newCount, changedCount, sameCount, busyCount, errorCount, appliedCount, status }: Import) => (
  <Stats items={[
    { label: 'Rumah tangga di berkas', value: formatNumber(householdCount), note: `${formatNumber(memberCount)} anggota` },
    { label: 'Baru', value: formatNumber(newCount), tone: newCount ? 'good' : 'neutral' },
    { label: 'Berubah', value: formatNumber(changedCount), tone: changedCount ? 'info' : 'neutral' },
    { label: 'Sama', value: formatNumber(sameCount), note: 'tidak diubah' },
    { label: 'Sedang dikerjakan', value: formatNumber(busyCount), note: 'dilewati', tone: busyCount ? 'warn' : 'neutral' },
    { label: 'Salah', value: formatNumber(errorCount), note: 'tidak ikut diimpor', tone: errorCount ? 'bad' : 'neutral' },
    ...(status === 'applying' || status === 'applied' ? [{ label: 'Sudah diimpor', value: formatNumber(appliedCount), tone: 'good' as const }] : []),
  ]} />
)

const Actions = ({ imported: { id, status, newCount, changedCount, errorCount }, againKey }: PreviewProps) => {
  const count = newCount + changedCount
  return (
    <ActionBar>
      {status === 'previewed' && count > 0 && <PostButton action={`/imports/${id}/confirmation`}>Impor {formatNumber(count)} rumah tangga</PostButton>}
      {errorCount > 0 && status !== 'discarded' && <LinkButton href={`/imports/${id}/errors.csv`} download>Unduh daftar kesalahan</LinkButton>}
      {(status === 'applied' && errorCount > 0 || status === 'failed') && (
        <PostButton action={`/imports/${id}/rereading`} tone="secondary" fields={{ key: againKey }}>Baca ulang berkas ini</PostButton>
      )}
      {(status === 'previewed' || status === 'reading') && (
        <Confirm label="Batalkan impor">
          <Form action={`/imports/${id}/discard`} guard={false}>
            <p>Hasil bacaan dihapus. Tidak ada rumah tangga yang berubah.</p>
            <Button tone="danger">Ya, batalkan</Button>
          </Form>
        </Confirm>
      )}
    </ActionBar>
  )
}

const Sample = ({ rows }: { rows: ShownRow[] }) => (
  <Card title="Contoh isi berkas">
    <Table caption="Beberapa rumah tangga dari setiap jenis" columns={['Kepala rumah tangga', 'ID prelist', 'Desa/kelurahan', 'Tindakan']}>
      {rows.map(({ headName, prelistId, village, action }) => (
        <Row>
          <Cell label="Kepala rumah tangga" lead>{headName || '(tanpa nama)'}</Cell>
          <Cell label="ID prelist">{prelistId}</Cell>
          <Cell label="Desa">{village}</Cell>
          <Cell label="Tindakan"><Badge tone={ROW_ACTION[action].tone}>{ROW_ACTION[action].label}</Badge></Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Mistakes = ({ rows }: { rows: ShownRow[] }) => (
  <Card title="Yang tidak ikut diimpor" tone="bad">
    <Table caption="Kesalahan pertama di berkas" columns={['Rumah tangga', 'Baris', 'Kolom', 'Kesalahan']}>
      {rows.flatMap(({ headName, prelistId, errors }) => errors.slice(0, 3).map(({ row, column, message }) => (
        <Row tone="bad">
          <Cell label="Rumah tangga" lead>{headName || prelistId || '(tanpa nama)'}</Cell>
          <Cell label="Baris">{row}</Cell>
          <Cell label="Kolom"><code>{column}</code></Cell>
          <Cell label="Kesalahan">{message}</Cell>
        </Row>
      )))}
    </Table>
  </Card>
)
