import type { Outcome } from '#app/matching/matcher.ts'
import type { RunReading } from '#app/matching/runs.ts'
import { ANSWER_STATUS, METHOD_LABELS, OUTCOME_LABELS, RUN_STATUS, WHO_LABELS } from '#views/matching/labels.ts'
import { peopleHref } from '#views/matching/overview.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { FileField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDateTime, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type RunProps = RunReading & { mayRun: boolean }

export const RunPage = (props: RunProps) => (
  <div class="stack">
    <PageHead title={`Putaran ${props.run.number}`} trail={[{ href: '/matching', label: 'Pemadanan Dukcapil' }]}
      lead={`${props.regionName} · dimulai ${formatDateTime(props.run.startedAt)} oleh ${props.by}`} />
    <RunState {...props} />
  </div>
)

const isWorking = ({ run: { status } }: RunProps) => status === 'preparing' || status === 'asking'

// While the server works the part asks for itself again; without script the link does.
export const RunState = (props: RunProps) => {
  const { run } = props
  const { label, tone } = RUN_STATUS[run.status]
  return (
    <div id="putaran" class="stack" {...(isWorking(props) && askingAgain(`/matching/${run.id}`))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {run.message && <Notice tone={run.status === 'failed' ? 'bad' : 'info'}><p>{run.message}</p></Notice>}
      {isWorking(props) && <Working {...props} />}
      {props.mayRun && run.method === 'file' && (run.status === 'waiting' || run.status === 'done') && <Exchange {...props} />}
      {props.outcomes.some(({ outcome }) => outcome !== null) && <Outcomes {...props} />}
      {props.mayRun && props.imports.length > 0 && <Imports {...props} />}
      <About {...props} />
    </div>
  )
}

const Working = ({ run: { id, status, householdCount, questionCount, answeredCount } }: RunProps) => (
  <>
    {status === 'preparing'
      ? <p>{formatNumber(householdCount)} rumah tangga sudah dilihat, {formatNumber(questionCount)} anggota masuk daftar.</p>
      : <Progress label="Memadankan" value={answeredCount} max={questionCount} />}
    <noscript><p><LinkButton href={`/matching/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Exchange = ({ run: { id, questionCount, answeredCount, number } }: RunProps) => (
  <div class="columns even">
    <Card title="1. Unduh daftarnya">
      <p>{formatNumber(questionCount)} anggota, dengan NIK lengkap. Setiap unduhan tercatat. Serahkan hanya kepada Dukcapil.</p>
      <div class="action-bar">
        <LinkButton href={`/matching/${id}/questions.xlsx`} tone="primary" download>Unduh XLSX</LinkButton>
        <LinkButton href={`/matching/${id}/questions.csv`} download>Unduh CSV</LinkButton>
      </div>
    </Card>
    <Card title="2. Unggah jawabannya">
      <p>{answeredCount === 0 ? 'Belum ada jawaban.' : `${formatNumber(answeredCount)} dari ${formatNumber(questionCount)} anggota sudah dijawab.`} Setelah dibaca, isinya diperlihatkan dulu.</p>
      <Form action={`/matching/${id}/answers`} upload guard={false} hx-post={`/matching/${id}/answers`} hx-encoding="multipart/form-data" hx-sync="this:drop">
        <FileField name="file" label={`Berkas jawaban putaran ${number}`} required accept=".csv,.xlsx,text/csv" hint="Kolom Dukcapil: NIK, NO_KK, NAMA_LGKP, … dan KETERANGAN. NO_PERMINTAAN boleh ikut." />
        <div class="action-bar"><Button>Unggah dan baca</Button></div>
      </Form>
    </Card>
  </div>
)

const Outcomes = ({ run, outcomes }: RunProps) => (
  <Card title="Jawaban putaran ini">
    <Table caption="Jumlah anggota menurut jawaban" hideCaption dense columns={['Jawaban', { label: 'Anggota', align: 'right' }, { label: 'Bagian', align: 'right' }]}>
      {(Object.keys(OUTCOME_LABELS) as Outcome[]).map((outcome) => [outcome, outcomes.find((one) => one.outcome === outcome)?.people ?? 0] as const)
        .filter(([, people]) => people > 0).map(([outcome, people]) => (
          <Row>
            <Cell label="Jawaban" lead><a href={peopleHref(outcome, run.regionCode)}>{OUTCOME_LABELS[outcome].label}</a></Cell>
            <Cell label="Anggota" align="right">{formatNumber(people)}</Cell>
            <Cell label="Bagian" align="right">{formatPercent(people, run.questionCount)}</Cell>
          </Row>
        ))}
    </Table>
    <p class="hint">Daftar kerja memperlihatkan hasil terbaru setiap orang, jadi jumlahnya bisa berbeda dengan putaran ini.</p>
  </Card>
)

const Imports = ({ imports }: RunProps) => (
  <Card title="Berkas jawaban">
    <Table caption="Berkas jawaban" hideCaption dense columns={['Berkas', 'Keadaan', 'Diunggah', { label: 'Baris', align: 'right' }, { label: 'Dimasukkan', align: 'right' }, { label: 'Salah', align: 'right' }]}>
      {imports.map(({ id, fileName, bytes, status, uploadedAt, rowCount, appliedCount, errorCount }) => (
        <Row>
          <Cell label="Berkas" lead><span><a href={`/matching/answers/${id}`}>{fileName}</a> <small class="hint">{formatBytes(bytes)}</small></span></Cell>
          <Cell label="Keadaan"><Badge tone={ANSWER_STATUS[status].tone}>{ANSWER_STATUS[status].label}</Badge></Cell>
          <Cell label="Diunggah">{formatDateTime(uploadedAt)}</Cell>
          <Cell label="Baris" align="right">{formatNumber(rowCount)}</Cell>
          <Cell label="Dimasukkan" align="right">{formatNumber(appliedCount)}</Cell>
          <Cell label="Salah" align="right">{formatNumber(errorCount)}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const About = ({ run: { id, who, method, letter, householdCount, questionCount, skippedCount, finishedAt, status }, mayRun }: RunProps) => (
  <Card title="Tentang putaran ini">
    <Facts items={[
      { label: 'Siapa', value: who.map((one) => WHO_LABELS[one]).join('; '), wide: true },
      { label: 'Cara', value: METHOD_LABELS[method] },
      { label: 'Surat atau BAST', value: letter },
      { label: 'Rumah tangga dilihat', value: formatNumber(householdCount) },
      { label: 'Anggota ditanyakan', value: formatNumber(questionCount) },
      { label: 'Tanpa NIK yang bisa ditanyakan', value: formatNumber(skippedCount) },
      { label: 'Selesai', value: formatDateTime(finishedAt) },
    ]} />
    {mayRun && (status === 'waiting' || status === 'asking' || status === 'preparing') && (
      <Confirm label="Tutup putaran ini">
        <Form action={`/matching/${id}/cancellation`} guard={false}>
          <p>Yang belum dijawab tidak ditunggu lagi. Jawaban yang sudah masuk tetap berlaku.</p>
          <Button tone="danger">Ya, tutup</Button>
        </Form>
      </Confirm>
    )}
  </Card>
)
