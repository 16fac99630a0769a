import type { BatchReading, Progress as Written } from '#app/programmes/batch-page.ts'
import { BATCHES, BATCHES_TRAIL, NAMES, STATUSES } from '#views/programmes/labels.ts'
import { SignInAgain } from '#views/sessions/again.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, FileField, HiddenField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { StoppedNotice } from '#views/ui/stopped.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { reading: BatchReading, newId: string, againHref?: string }

export const BatchPage = (props: Props) => {
  const { batch, regency, period, kinds, hidden } = props.reading
  return (
    <Stack>
      <PageHead title={`Pengesahan ${NAMES[batch.programme]}`} lead={[regency, period].filter(Boolean).join(', ')} trail={BATCHES_TRAIL} badge={<Badge tone={BATCHES[batch.status].tone}>{BATCHES[batch.status].label}</Badge>} />
      <Stats items={[{ label: 'Usulan', value: formatNumber(batch.changeCount) }, ...kinds.map(({ label, count }) => ({ label, value: formatNumber(count) }))]} />
      {hidden > 0 && <Notice><p>{`${formatNumber(hidden)} usulan di antaranya menyangkut kategori yang dirahasiakan; hanya jumlahnya yang ditampilkan kepada Anda.`}</p></Notice>}
      {batch.status === 'ratified' && batch.appliedAt === null && <BatchProgress {...props.reading.progress} />}
      <Unfit {...props} />
      <Actions {...props} />
      <Contents {...props} />
      <Papers {...props} />
    </Stack>
  )
}

// While a signed batch is written the part asks for itself again; without script the link does.
export const BatchProgress = ({ batch: { id, appliedAt }, stopped, applied, passed, left }: Written) => stopped ? (
  <StoppedNotice title="Penerapan berkas ini terhenti karena kesalahan pada server">
    <Progress label="Usulan diterapkan" value={applied + passed} max={applied + passed + left} />
  </StoppedNotice>
) : appliedAt !== null
  ? <Notice tone="good"><p>{`Semua sudah diterapkan: ${formatNumber(applied)} usulan${passed ? `, ${formatNumber(passed)} dilewati` : ''}. `}<a href={`/programmes/batches/${id}`}>Lihat isinya</a></p></Notice>
  : (
    <div id="penerapan" aria-live="polite" {...askingAgain(`/programmes/batches/${id}/progress`)}>
      <Notice tone="info" title="Sudah disahkan, sedang diterapkan">
        <Progress label="Usulan diterapkan" value={applied + passed} max={applied + passed + left} />
        <p><a href={`/programmes/batches/${id}`}>Muat ulang</a> untuk melihat kemajuan. Anda boleh meninggalkan halaman ini.</p>
      </Notice>
    </div>
  )

const Unfit = ({ reading: { batch, unfit, unfitHidden, mayPrepare } }: Props) => unfit.length + unfitHidden === 0 ? null : (
  <Notice tone="warn" title={`${unfit.length + unfitHidden} usulan tidak dapat diterapkan lagi`}>
    <ul>{unfit.slice(0, 20).map(({ change, trouble }) => <li><a href={`/programmes/changes/${change.id}`}>{change.name}</a>: {trouble}</li>)}</ul>
    {batch.status === 'open' && mayPrepare && <PostButton action={`/programmes/batches/${batch.id}/unfit-removal`} tone="secondary">Keluarkan dan kembalikan ke Dinsos</PostButton>}
    {batch.status === 'frozen' && <p>Saat disahkan, usulan yang tidak mungkin lagi dilewati dan dicatat; yang lain tetap diterapkan.</p>}
  </Notice>
)

// The one next step, for whoever may take it.
const Actions = (props: Props) => {
  const { batch, mayPrepare, mayRatify, own } = props.reading
  if (batch.status === 'open' && mayPrepare) return <Prepare {...props} />
  if (batch.status === 'frozen' && mayRatify && !own) return <Ratify {...props} />
  if (batch.status === 'frozen' && mayPrepare) return <Card title="Langkah berikutnya"><p>Unduh manifes, mintakan surat pengesahan bupati/wali kota. Pengesah mencatatnya dengan akunnya sendiri.</p><Cancel {...props} /></Card>
  return null
}

const Prepare = (props: Props) => {
  const { batch, unfit, unfitHidden } = props.reading
  const base = `/programmes/batches/${batch.id}`
  return (
    <Card title="Langkah berikutnya">
      <Stack>
        {unfit.length + unfitHidden === 0 && batch.changeCount > 0 && <><p>Periksa isinya. Sesudah dibekukan, isi berkas tidak dapat diubah.</p><PostButton action={`${base}/freeze`}>Bekukan berkas</PostButton></>}
        <PostButton action={`${base}/gathering`} tone="quiet">Tambahkan yang baru disetujui</PostButton>
        <Cancel {...props} />
      </Stack>
    </Card>
  )
}

const Cancel = ({ reading: { batch } }: Props) => (
  <Confirm label="Batalkan berkas" tone="danger" small>
    <Form action={`/programmes/batches/${batch.id}/cancellation`}>
      <TextArea name="note" id="f-cancellation-note" label="Alasan pembatalan" required rows={2} maxlength={500} hint="Semua usulannya kembali menunggu pengesahan." />
      <Button tone="danger">Ya, batalkan</Button>
    </Form>
  </Confirm>
)

const Ratify = ({ reading: { batch, today }, newId, againHref }: Props) => againHref ? <SignInAgain title="Sahkan berkas ini" purpose="ratification" href={againHref} /> : (
  <Card title="Sahkan berkas ini">
    <Form action={`/programmes/batches/${batch.id}/ratification`} upload>
      <HiddenField name="id" value={newId} />
      <TextField name="letterNumber" label="Nomor surat pengesahan" required maxlength={100} width="medium" />
      <FieldRow>
        <DateField name="letterDate" label="Tanggal surat" required max={today} />
        <DateField name="effectiveOn" label="Berlaku mulai" required value={today} />
      </FieldRow>
      <FileField name="letter" label="Berkas surat (PDF atau foto JPEG)" accept="application/pdf,image/jpeg" />
      <p>Cocokkan akar manifes pada surat dengan yang tertulis di bawah sebelum mengesahkan.</p>
      <Button>{`Sahkan ${formatNumber(batch.changeCount)} usulan`}</Button>
    </Form>
  </Card>
)

const Contents = ({ reading: { batch, rows, next, mayPrepare } }: Props) => rows.length === 0
  ? batch.status === 'cancelled' ? null : <EmptyState title="Tidak ada usulan yang dapat ditampilkan" />
  : (
    <>
      <Table caption="Isi berkas" bodyId="isi" columns={['Nama', 'Usulan', 'Keadaan', ...(batch.status === 'open' && mayPrepare ? [{ label: 'Tindakan', hide: true }] : [])]}>
        {rows.map(({ id, name, village, kindLabel, status }) => (
          <Row>
            <Cell label="Nama" lead><a href={`/programmes/changes/${id}`}>{name}</a><br /><small class="hint">{village}</small></Cell>
            <Cell label="Usulan">{kindLabel}</Cell>
            <Cell label="Keadaan"><Badge tone={STATUSES[status].tone}>{status === 'rejected' ? 'Tidak diterapkan' : STATUSES[status].label}</Badge></Cell>
            {batch.status === 'open' && mayPrepare && (
              <Cell label="Tindakan" actions>
                <Confirm label="Keluarkan" small>
                  <Form action={`/programmes/batches/${batch.id}/changes/${id}/removal`}>
                    <TextField name="note" id={`f-note-${id}`} label={`Alasan mengeluarkan ${name}`} required maxlength={500} />
                    <Button small tone="danger">Keluarkan</Button>
                  </Form>
                </Confirm>
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      <Pager bodyId="isi" nextHref={next && `/programmes/batches/${batch.id}?after=${next.regionCode}~${next.id}`} />
    </>
  )

const Papers = ({ reading: { batch, people, attachments } }: Props) => (
  <Card title="Dokumen">
    <Facts items={[
      { label: 'Disiapkan oleh', value: `${people[batch.preparedBy] ?? batch.preparedBy}, ${formatDateTime(batch.preparedAt)}` },
      ...(batch.frozenAt ? [{ label: 'Dibekukan', value: formatDateTime(batch.frozenAt) }] : []),
      ...(batch.ratifiedBy ? [
        { label: 'Surat pengesahan', value: `${batch.letterNumber}, ${formatDate(batch.letterDate)}` }, { label: 'Berlaku mulai', value: formatDate(batch.effectiveOn) },
        { label: 'Dicatat oleh', value: `${people[batch.ratifiedBy] ?? batch.ratifiedBy}, ${formatDateTime(batch.ratifiedAt)}` },
      ] : []),
      ...(batch.root ? [{ label: 'Akar manifes (SHA-256)', value: <code class="hash">{batch.root}</code>, wide: true }] : []), ...(batch.note ? [{ label: 'Catatan', value: batch.note, wide: true }] : []),
    ]} />
    <ul>
      {batch.root && <li><a href={`/programmes/batches/${batch.id}/manifest.txt`} download>Manifes (bentuk sha256sum)</a></li>}
      {attachments.map(({ id, name }) => <li><a href={`/files/attachments/${id}`}>{`Surat: ${name}`}</a></li>)}
    </ul>
  </Card>
)
