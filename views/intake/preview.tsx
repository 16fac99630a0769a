import type { Intake, IntakePreview, IntakeRow } from '#app/intake/intakes.ts'
import { INTAKE_KIND, INTAKE_STATUS, INTAKE_TRAIL, MATCHED_BY, PROGRAMME_NAMES, ROW_ACTION } from '#views/intake/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDateTime, formatNumber, maskKk, maskNik } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { StoppedNotice } from '#views/ui/stopped.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = IntakePreview & { stopped: boolean }

export const IntakePage = (props: Props) => (
  <Stack>
    <PageHead title={props.intake.fileName} lead={`${INTAKE_KIND[props.intake.kind]} ${PROGRAMME_NAMES[props.intake.programme]} · ${props.regionName}`}
      trail={props.intake.listId ? [{ href: '/payments', label: 'Penyaluran' }, { href: `/payments/lists/${props.intake.listId}`, label: 'Daftar salur' }] : [INTAKE_TRAIL]} />
    <IntakeState {...props} />
  </Stack>
)

const isWorking = ({ status }: Intake) => status === 'reading' || status === 'applying'

// While the server works the part asks for itself again; without script the link does.
export const IntakeState = (props: Props) => {
  const { intake, left, stopped } = props
  const { label, tone } = INTAKE_STATUS[intake.status]
  return (
    <div id="keadaan" class="stack" {...(isWorking(intake) && !stopped && askingAgain(`/intake/${intake.id}`))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {intake.message && <Notice tone={intake.status === 'failed' ? 'bad' : 'warn'}><p>{intake.message}</p></Notice>}
      {stopped && <StoppedNotice title="Pemasukan baris terhenti karena kesalahan pada server" />}
      {isWorking(intake) && <Working intake={intake} />}
      {intake.failedCount > 0 && <Notice tone="warn"><p>{formatNumber(intake.failedCount)} baris tidak jadi masuk karena datanya berubah sejak dibaca. Alasannya ada di daftar kesalahan.</p></Notice>}
      {intake.status === 'applied' && left > 0 && (
        <Notice tone="warn" title={`${formatNumber(left)} baris belum ditemukan di registri`}>
          <p>Tautkan dengan keluarga atau orangnya, simpan sebagai "tidak ada di registri", atau keluarkan. <a href={`/intake/${intake.id}/unmatched`}>Selesaikan sekarang</a></p>
        </Notice>
      )}
      {intake.status !== 'discarded' && intake.status !== 'failed' && <Counts {...intake} />}
      <Actions intake={intake} left={left} />
      {props.remarks.length > 0 && <Remarks rows={props.remarks} />}
      {props.rows.length > 0 && <Sample rows={props.rows} payments={intake.kind === 'payments'} />}
      {props.wrong.length > 0 && <Mistakes rows={props.wrong} />}
      <Origin intake={intake} />
    </div>
  )
}

const Working = ({ intake: { id, status, bytes, bytesRead, rowCount, newCount, changedCount, appliedCount, failedCount } }: { intake: Intake }) => (
  <>
    {status === 'reading'
      ? <Progress label="Membaca berkas" value={bytesRead} max={bytes} note={`${formatNumber(rowCount)} baris terbaca`} />
      : <Progress label="Memasukkan baris" value={appliedCount + failedCount} max={newCount + changedCount} />}
    <noscript><p><LinkButton href={`/intake/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Counts = ({ kind, newCount, changedCount, sameCount, unmatchedCount, errorCount }: Intake) => (
  <Stats items={[
    ...(kind === 'recipients' ? [{ label: 'Penerima baru', value: formatNumber(newCount), note: 'ada di registri', tone: newCount ? 'good' as const : 'neutral' as const }] : []),
    { label: kind === 'recipients' ? 'Sudah tercatat, berubah' : 'Status berubah', value: formatNumber(changedCount), tone: changedCount ? 'info' : 'neutral' },
    { label: kind === 'recipients' ? 'Sudah tercatat, sama' : 'Status sama', value: formatNumber(sameCount), note: 'tidak ditulis lagi' },
    ...(kind === 'recipients' ? [{ label: 'Tidak ada di registri', value: formatNumber(unmatchedCount), note: 'diselesaikan setelah konfirmasi', tone: unmatchedCount ? 'warn' as const : 'neutral' as const }] : []),
    { label: 'Salah', value: formatNumber(errorCount), note: 'tidak ikut masuk', tone: errorCount ? 'bad' : 'neutral' },
  ]} />
)

const Actions = ({ intake: { id, kind, status, newCount, changedCount, sameCount, unmatchedCount, errorCount, listId }, left }: { intake: Intake, left: number }) => (
  <ActionBar>
    {status === 'previewed' && newCount + changedCount + sameCount + unmatchedCount > 0 && (
      <Confirm label="Konfirmasi" tone="primary">
        <Form action={`/intake/${id}/confirmation`} guard={false}>
          <p>{kind === 'recipients' ? `${formatNumber(newCount)} penerima baru dicatat dan ${formatNumber(changedCount)} diperbarui. ${formatNumber(unmatchedCount)} yang tidak ada di registri menunggu diselesaikan.` : `${formatNumber(changedCount)} status penyaluran diperbarui.`}</p>
          <Button>Ya, masukkan</Button>
        </Form>
      </Confirm>
    )}
    {kind === 'recipients' && status === 'applied' && unmatchedCount > 0 && <LinkButton href={`/intake/${id}/unmatched`} tone={left > 0 ? 'primary' : 'secondary'}>Yang tidak ada di registri</LinkButton>}
    {status === 'applied' && listId && <LinkButton href={`/payments/lists/${listId}`} tone="primary">Kembali ke daftar salur</LinkButton>}
    {errorCount > 0 && status !== 'discarded' && <LinkButton href={`/intake/${id}/errors.csv`} download>Unduh daftar kesalahan</LinkButton>}
    {status === 'failed' && <LinkButton href={listId ? `/payments/lists/${listId}/results/new` : '/intake/new'}>Unggah lagi</LinkButton>}
    {(status === 'previewed' || status === 'reading') && (
      <Confirm label="Batalkan">
        <Form action={`/intake/${id}/discard`} guard={false}><p>Hasil bacaan dihapus. Tidak ada yang berubah.</p><Button tone="danger">Ya, batalkan</Button></Form>
      </Confirm>
    )}
  </ActionBar>
)

const Remarks = ({ rows }: { rows: IntakeRow[] }) => (
  <Card title="Perlu diperhatikan" tone="warn">
    <Table caption="Yang ditemukan dengan catatan" columns={['Baris', 'Nama', 'Catatan']}>
      {rows.map(({ position, name, remark, householdId }) => (
        <Row tone="warn"><Cell label="Baris" lead>Baris {position}</Cell><Cell label="Nama">{householdId ? <a href={`/households/${householdId}`}>{name}</a> : name}</Cell><Cell label="Catatan">{remark}</Cell></Row>
      ))}
    </Table>
  </Card>
)

const Sample = ({ rows, payments }: { rows: IntakeRow[], payments: boolean }) => (
  <Card title="Contoh isi berkas">
    <Table caption="Beberapa baris dari setiap jenis" columns={['Nama', 'Nomor', 'Hasil', ...(payments ? ['Status dalam berkas'] : ['Di registri'])]}>
      {rows.map(({ name, nik, kkNumber, action, matchedBy, householdId, facts }) => (
        <Row tone={action === 'unmatched' ? 'warn' : undefined}>
          <Cell label="Nama" lead>{name}</Cell>
          <Cell label="Nomor"><div>NIK {maskNik(nik)}{kkNumber && <><br /><small class="hint">KK {maskKk(kkNumber)}</small></>}</div></Cell>
          <Cell label="Hasil"><Badge tone={ROW_ACTION[action].tone}>{ROW_ACTION[action].label}</Badge></Cell>
          {payments ? <Cell label="Status dalam berkas">{facts.status}</Cell>
            : <Cell label="Di registri">{matchedBy ? householdId ? <a href={`/households/${householdId}`}>{MATCHED_BY[matchedBy]}</a> : MATCHED_BY[matchedBy] : 'Tidak ditemukan'}</Cell>}
        </Row>
      ))}
    </Table>
  </Card>
)

const Mistakes = ({ rows }: { rows: IntakeRow[] }) => (
  <Card title="Yang tidak ikut masuk" tone="bad">
    <Table caption="Kesalahan pertama di berkas" columns={['Baris', 'Nama', 'Kolom', 'Kesalahan']}>
      {rows.flatMap(({ position, name, errors }) => errors.map(({ column, message }) => (
        <Row tone="bad"><Cell label="Baris" lead>Baris {position}</Cell><Cell label="Nama">{name || '–'}</Cell><Cell label="Kolom"><code>{column}</code></Cell><Cell label="Kesalahan">{message}</Cell></Row>
      )))}
    </Table>
  </Card>
)

const Origin = ({ intake: { bytes, sha256, source, uploadedAt, confirmedAt } }: { intake: Intake }) => (
  <Card title="Asal berkas">
    <Facts items={[
      { label: 'Sumber', value: source }, { label: 'Ukuran', value: formatBytes(bytes) }, { label: 'Diunggah', value: formatDateTime(uploadedAt) },
      { label: 'Dikonfirmasi', value: confirmedAt ? formatDateTime(confirmedAt) : 'Belum' }, { label: 'SHA-256', value: <code class="hash">{sha256}</code>, wide: true },
    ]} />
  </Card>
)
