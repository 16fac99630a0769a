import type { FiledBatch, PeriodView } from '#app/periods/period-page.ts'
import { CADENCE, daysLeft, STATUS, TRAIL } from '#views/periods/labels.ts'
import { STATUS as BATCH_STATUS } from '#views/ratification/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { DateField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type PeriodProps = PeriodView & { regionNames: Map<string, string> }

export const PeriodPage = (props: PeriodProps) => {
  const { period, status, regionName, incoming, outgoing, regionNames } = props
  return (
    <div class="stack">
      <PageHead title={period.name} lead={`${CADENCE[period.cadence]} · ${regionName}`} trail={TRAIL}
        badge={<Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>}
        actions={<>
          {props.snapshot?.status === 'ready' && <LinkButton href={`/periods/${period.id}/snapshot`}>Potret data</LinkButton>}
          {props.may.manage && (status === 'planned' || status === 'open') && <LinkButton href={`/periods/${period.id}/edit`}>Ubah nama dan hari</LinkButton>}
        </>} />
      <SnapshotLine {...props} />
      <Days {...props} />
      <Acts {...props} />
      <Card title="Berkas periode ini">
        {incoming.length === 0 ? <EmptyState title="Belum ada berkas"><p>{status === 'closed' ? 'Tidak ada berkas yang masuk periode ini.' : 'Berkas muncul di sini begitu dikirim ke Kemensos.'}</p></EmptyState>
          : <Batches caption="Berkas periode ini" rows={incoming} regionNames={regionNames} note={whence} noteLabel="Cara masuk" />}
      </Card>
      {outgoing.length > 0 && (
        <Card title="Beralih ke periode berikutnya" tone="warn">
          <Batches caption="Berkas yang beralih" rows={outgoing} regionNames={regionNames} note={whither} noteLabel="Sebab" />
        </Card>
      )}
    </div>
  )
}

// While the registry is being written down the line asks for itself again; without script the page is loaded again.
export const SnapshotLine = ({ period, snapshot, polled }: Pick<PeriodView, 'period' | 'snapshot'> & { polled?: boolean }) => {
  if (!snapshot || (snapshot.status === 'ready' && !polled)) return null
  if (snapshot.status === 'ready') return <Notice tone="good" id="potret"><p>Data sudah dipotret. <a href={`/periods/${period.id}/snapshot`}>Buka potret data</a></p></Notice>
  return (
    <div id="potret" {...askingAgain(`/periods/${period.id}`)} aria-live="polite">
      <Notice tone={snapshot.status === 'failed' ? 'bad' : 'info'} title={snapshot.status === 'failed' ? 'Potret data terhenti' : 'Data sedang dipotret'}>
        {snapshot.status === 'failed' && <p>Sistem mencoba lagi setiap jam. Bila berlanjut, minta admin memeriksa sisa ruang penyimpanan server.</p>}
        <Progress label="Rumah tangga diperiksa" value={snapshot.done} max={snapshot.total} />
        <p><a href={`/periods/${period.id}`}>Muat ulang</a> untuk melihat kemajuan. Anda boleh meninggalkan halaman ini.</p>
      </Notice>
    </div>
  )
}

const Days = ({ period, status, days, people }: PeriodView) => (
  <Card title="Hari penting">
    <Facts items={[
      { label: 'Buka', value: formatDate(period.opensOn) },
      { label: 'Batas kirim', value: <>{formatDate(period.cutoffOn)}{(status === 'open' || status === 'planned') && <> · <strong>{daysLeft(days)}</strong></>}</> },
      ...(period.cutoffOn !== period.nationalCutoffOn ? [{ label: 'Batas kirim periode', value: `${formatDate(period.nationalCutoffOn)} (kabupaten/kota ini lebih awal)` }] : []),
      { label: 'Tutup', value: formatDate(period.closesOn) },
      ...(period.cutAt ? [{ label: 'Penerimaan dihentikan', value: `${people.cut}, ${formatDateTime(period.cutAt)}` }] : []),
      ...(period.closedAt ? [{ label: 'Ditutup', value: `${people.closed}, ${formatDateTime(period.closedAt)}` }] : []),
      { label: 'Dibuat oleh', value: `${people.made}, ${formatDateTime(period.madeAt)}` },
    ]} />
  </Card>
)

// The one next act, for whoever may do it.
const Acts = (props: PeriodView) => {
  const { period, status, may } = props
  if (may.manage && status === 'open') {
    return (
      <Card title="Langkah berikutnya">
        <p>Penerimaan berhenti sendiri setelah {formatDate(period.cutoffOn)}.</p>
        <Confirm label="Hentikan penerimaan sekarang" small>
          <p>Berkas yang dikirim sesudah ini masuk periode berikutnya. Tindakan ini tidak bisa dibatalkan.</p>
          <PostButton action={`/periods/${period.id}/cutting`} tone="danger">Ya, hentikan penerimaan</PostButton>
        </Confirm>
      </Card>
    )
  }
  if (may.manage && status === 'cut_off') {
    return (
      <Card title="Langkah berikutnya">
        <p>Tetapkan berkas yang menunggu. Periode tertutup sendiri setelah {formatDate(period.closesOn)}.</p>
        <Confirm label="Tutup periode sekarang">
          <p>Seluruh rumah tangga yang ditetapkan dan aktif dipotret. Yang belum diputuskan beralih ke periode berikutnya. Tindakan ini tidak bisa dibatalkan.</p>
          <PostButton action={`/periods/${period.id}/closing`} tone="danger">Ya, tutup dan potret data</PostButton>
        </Confirm>
      </Card>
    )
  }
  return may.cutoff && (status === 'open' || status === 'planned') ? <OwnCutoff {...props} /> : null
}

const OwnCutoff = ({ period, today }: PeriodView) => (
  <Card title="Batas kirim kabupaten/kota Anda">
    <Stack>
      <p>Anda boleh memajukan batas kirim agar desa selesai lebih awal. Batasnya berlaku bagi berkas kabupaten/kota Anda saja.</p>
      <Form action={`/periods/${period.id}/own-cutoff`}>
        <DateField name="cutoffOn" label="Batas kirim sendiri" required value={period.cutoffOn} max={period.nationalCutoffOn} min={today > period.opensOn ? today : period.opensOn}
          hint={`Paling lambat ${formatDate(period.nationalCutoffOn)}. Isi tanggal itu untuk kembali ke batas periode.`} />
        <Button tone="secondary">Simpan batas kirim</Button>
      </Form>
    </Stack>
  </Card>
)

const whence = ({ reason, missedId, missedName }: FiledBatch) => missedId === null ? 'Dikirim tepat waktu'
  : <>{reason === 'late' ? 'Terlambat untuk' : 'Belum selesai di'} <a href={`/periods/${missedId}`}>{missedName}</a></>

const whither = ({ reason, periodId, periodName }: FiledBatch) => (
  <>{reason === 'late' ? 'Dikirim setelah batas kirim.' : 'Belum semua ditetapkan saat ditutup.'} {periodId
    ? <>Masuk <a href={`/periods/${periodId}`}>{periodName}</a>.</> : 'Menunggu periode berikutnya dibuat.'}</>
)

type BatchesProps = { caption: string, rows: FiledBatch[], regionNames: Map<string, string>, note: (row: FiledBatch) => unknown, noteLabel: string }

const Batches = ({ caption, rows, regionNames, note, noteLabel }: BatchesProps) => (
  <Table caption={caption} hideCaption columns={['Berkas', 'Kabupaten/kota', 'Keadaan', noteLabel, { label: 'Isi berkas', align: 'right' }, { label: 'Ditetapkan', align: 'right' }, { label: 'Dikembalikan', align: 'right' }]}>
    {rows.map((row) => (
      <Row>
        <Cell label="Berkas" lead><a href={`/batches/${row.batchId}`}>{row.title}</a></Cell>
        <Cell label="Kabupaten/kota">{regionNames.get(row.regionCode)}</Cell>
        <Cell label="Keadaan"><Badge tone={BATCH_STATUS[row.status].tone}>{BATCH_STATUS[row.status].label}</Badge></Cell>
        <Cell label={noteLabel}><span>{note(row)}</span></Cell>
        <Cell label="Isi berkas" align="right">{formatNumber(row.itemCount)}</Cell>
        <Cell label="Ditetapkan" align="right">{formatNumber(row.accepted)}</Cell>
        <Cell label="Dikembalikan" align="right">{formatNumber(row.returned)}</Cell>
      </Row>
    ))}
  </Table>
)
