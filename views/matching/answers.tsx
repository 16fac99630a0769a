import type { AnswerPreview, ShownAnswer } from '#app/matching/imports.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import { ANSWER_ACTION, ANSWER_STATUS, OUTCOME_LABELS } from '#views/matching/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const AnswersPage = (props: AnswerPreview) => (
  <div class="stack">
    <PageHead title={props.imported.fileName} lead={`Jawaban untuk putaran ${props.run.number} · ${formatBytes(props.imported.bytes)} · diunggah ${formatDateTime(props.imported.uploadedAt)}`}
      trail={[{ href: '/matching', label: 'Pemadanan Dukcapil' }, { href: `/matching/${props.run.id}`, label: `Putaran ${props.run.number}` }]} />
    <AnswersState {...props} />
  </div>
)

const isWorking = ({ imported: { status } }: AnswerPreview) => status === 'reading' || status === 'applying'

// While the server works the part asks for itself again; without script the link does.
export const AnswersState = (props: AnswerPreview) => {
  const { imported } = props
  const { label, tone } = ANSWER_STATUS[imported.status]
  return (
    <div id="jawaban" class="stack" {...(isWorking(props) && askingAgain(`/matching/answers/${imported.id}`))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {imported.message && <Notice tone={imported.status === 'failed' ? 'bad' : 'warn'}><p>{imported.message}</p></Notice>}
      {isWorking(props) && <Working {...props} />}
      {imported.status !== 'discarded' && <Counts {...props} />}
      <Actions {...props} />
      {props.rows.length > 0 && <Sample rows={props.rows} />}
      {props.wrong.length > 0 && <Mistakes rows={props.wrong} />}
    </div>
  )
}

const Working = ({ imported: { id, status, bytes, bytesRead, rowCount, appliedCount, newCount, changedCount } }: AnswerPreview) => (
  <>
    {status === 'reading'
      ? <Progress label="Membaca berkas" value={bytesRead} max={bytes} note={`${formatNumber(rowCount)} baris terbaca`} />
      : <Progress label="Memasukkan jawaban" value={appliedCount} max={newCount + changedCount} />}
    <noscript><p><LinkButton href={`/matching/answers/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Counts = ({ imported: { rowCount, newCount, changedCount, sameCount, errorCount, outcomes } }: AnswerPreview) => (
  <>
    <Stats items={[
      { label: 'Baris di berkas', value: formatNumber(rowCount) },
      { label: 'Jawaban baru', value: formatNumber(newCount), tone: newCount ? 'good' : 'neutral' },
      { label: 'Berubah', value: formatNumber(changedCount), tone: changedCount ? 'info' : 'neutral' },
      { label: 'Sama', value: formatNumber(sameCount), note: 'tidak diubah' },
      { label: 'Salah', value: formatNumber(errorCount), note: 'tidak ikut dimasukkan', tone: errorCount ? 'bad' : 'neutral' },
    ]} />
    <p>{(Object.keys(OUTCOME_LABELS) as Outcome[]).filter((outcome) => outcomes[outcome]).map((outcome) => `${OUTCOME_LABELS[outcome].label}: ${formatNumber(outcomes[outcome])}`).join(' · ')}</p>
  </>
)

const Actions = ({ imported: { id, status, newCount, changedCount, errorCount } }: AnswerPreview) => (
  <ActionBar>
    {status === 'previewed' && newCount + changedCount > 0 && <PostButton action={`/matching/answers/${id}/confirmation`}>Masukkan {formatNumber(newCount + changedCount)} jawaban</PostButton>}
    {errorCount > 0 && status !== 'discarded' && <LinkButton href={`/matching/answers/${id}/errors.csv`} download>Unduh daftar kesalahan</LinkButton>}
    {(status === 'previewed' || status === 'reading') && (
      <Confirm label="Batalkan">
        <Form action={`/matching/answers/${id}/discard`} guard={false}>
          <p>Hasil bacaan dihapus. Tidak ada hasil pemadanan yang berubah.</p>
          <Button tone="danger">Ya, batalkan</Button>
        </Form>
      </Confirm>
    )}
  </ActionBar>
)

const Sample = ({ rows }: { rows: ShownAnswer[] }) => (
  <Card title="Contoh isi berkas">
    <Table caption="Beberapa baris dari setiap jenis" columns={['Nama di sini', 'Nama di Dukcapil', 'Hasil', { label: 'Kemiripan', align: 'right' }, 'Tindakan']}>
      {rows.map(({ name, registerName, outcome, score, action }) => (
        <Row>
          <Cell label="Nama di sini" lead>{name}</Cell>
          <Cell label="Nama di Dukcapil">{registerName || '–'}</Cell>
          <Cell label="Hasil">{outcome && <Badge tone={OUTCOME_LABELS[outcome].tone}>{OUTCOME_LABELS[outcome].label}</Badge>}</Cell>
          <Cell label="Kemiripan" align="right">{score === null ? '–' : `${score}%`}</Cell>
          <Cell label="Tindakan"><Badge tone={ANSWER_ACTION[action].tone}>{ANSWER_ACTION[action].label}</Badge></Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Mistakes = ({ rows }: { rows: ShownAnswer[] }) => (
  <Card title="Yang tidak ikut dimasukkan" tone="bad">
    <Table caption="Kesalahan pertama di berkas" columns={['Baris', 'Nama', 'Kolom', 'Kesalahan']}>
      {rows.flatMap(({ line, name, errors }) => errors.slice(0, 3).map(({ column, message }) => (
        <Row tone="bad">
          <Cell label="Baris" lead>{line}</Cell>
          <Cell label="Nama">{name || '(tanpa nama)'}</Cell>
          <Cell label="Kolom"><code>{column}</code></Cell>
          <Cell label="Kesalahan">{message}</Cell>
        </Row>
      )))}
    </Table>
  </Card>
)
