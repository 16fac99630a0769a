import type { Problem } from '#app/problems.ts'
import type { Followed } from '#app/reports/following.ts'
import { PhotoChoice } from '#views/public/report-form.tsx'
import { LEVEL_WORDS, OUTCOME_WORDS, STATUS_WORDS } from '#views/public/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead, Timeline } from '#views/ui/page.tsx'

type Props = { report: Followed, formKey: string, typed?: Record<string, string>, problem?: Problem }

export const FollowPage = ({ report, formKey, typed = {}, problem }: Props) => (
  <Narrow>
    <PageHead title={`Laporan ${report.kind} Anda`} badge={<Badge tone={STATUS_WORDS[report.status].tone}>{STATUS_WORDS[report.status].short}</Badge>} trail={[{ href: '/lapor', label: 'Usul dan sanggah' }]} />
    {problem && <ProblemPanel problem={problem} labels={{ text: 'Pesan', photo1: 'Foto' }} />}
    <Card title="Kode laporan">
      <p class="tracking-code">{report.code}</p>
      <p>Catat atau foto kode ini. Tanpa kode, jawaban tidak bisa dilihat. Jangan berikan kepada orang lain.</p>
    </Card>
    <State report={report} />
    {report.messages.length > 0 && (
      <Card title="Pesan dan jawaban">
        <Timeline items={report.messages.map(({ at, author, text }) => ({
          at: formatDateTime(at), iso: at, title: author === 'office' ? 'Petugas' : 'Anda', tone: author === 'office' ? 'good' : 'neutral', note: text,
        }))} />
      </Card>
    )}
    {report.status !== 'closed' && report.status !== 'withdrawn' && <AddMessage report={report} formKey={formKey} typed={typed} problem={problem} />}
    <Card title="Isi laporan">
      <Facts compact items={[
        { label: 'Tentang', value: report.subjectName }, { label: 'Desa/kelurahan', value: report.village }, { label: 'Alasan', value: report.reason },
        { label: 'Dikirim', value: formatDateTime(report.createdAt) }, { label: 'Foto', value: report.photos > 0 ? `${report.photos} foto tersimpan` : 'Tidak ada' },
        { label: 'Nama Anda', value: report.anonymous ? 'Dirahasiakan dari desa dan kecamatan' : 'Bisa dilihat petugas' },
      ]} />
      <blockquote>{report.statement}</blockquote>
    </Card>
    <Card title="Riwayat"><Timeline items={report.steps.map(stepWords)} /></Card>
    {report.open && <Withdrawal code={report.code} />}
  </Narrow>
)

const State = ({ report }: { report: Followed }) => {
  const { status, level, dueOn, replyBy, outcome, refusal, answeredAt } = report
  if (status === 'received' || status === 'examining') return (
    <Notice title={status === 'received' ? `Menunggu diperiksa ${LEVEL_WORDS[level]}` : `Sedang diperiksa ${LEVEL_WORDS[level]}`}>
      <p>Jawaban dari {LEVEL_WORDS[level]} paling lambat <strong>{formatDate(dueOn)}</strong>.{level !== 'regency' && ` Bila tidak dijawab, laporan naik sendiri. Jawaban paling lambat ${formatDate(replyBy > dueOn ? replyBy : dueOn)}.`}</p>
    </Notice>
  )
  if (status === 'needs_more') return (
    <Notice tone="warn" title="Petugas bertanya kepada Anda"><p>Baca pesannya, lalu jawab di bawah paling lambat <strong>{formatDate(dueOn)}</strong>. Setelah itu laporan ditutup.</p></Notice>
  )
  if (status === 'withdrawn') return <Notice tone="neutral" title="Laporan sudah ditarik"><p>Petugas tidak memeriksanya lagi.</p></Notice>
  return (
    <Notice tone={outcome === 'accepted' ? 'good' : 'neutral'} title={outcome ? OUTCOME_WORDS[outcome] : 'Laporan ditutup'}>
      {refusal && <p>{refusal}.</p>}
      {answeredAt && <p>Dijawab {formatDateTime(answeredAt)}. {outcome === 'accepted' && 'Petugas mengusulkan perbaikan datanya; data baru berubah setelah ditetapkan.'}</p>}
      {status === 'answered' && <p>Tidak setuju? Tulis alasannya di bawah paling lambat {formatDate(dueOn)}; laporan diperiksa lagi oleh {level === 'village' ? 'kecamatan' : 'Dinas Sosial'}.</p>}
    </Notice>
  )
}

const AddMessage = ({ report, formKey, typed, problem }: Props) => (
  <Card title={report.status === 'needs_more' ? 'Jawab petugas' : report.status === 'answered' ? 'Belum puas dengan jawabannya?' : 'Tambah keterangan'}>
    <Form action={`/lapor/${report.code}/messages`} upload guard={false}>
      <HiddenField name="key" value={formKey} />
      <TextArea name="text" label="Pesan Anda" value={typed?.text} required rows={3} maxlength={2000} error={problem?.fields.text} />
      <PhotoChoice name="photo1" label="Foto" error={problem?.fields.photo1} />
      <Button tone="secondary">Kirim pesan</Button>
    </Form>
  </Card>
)

const Withdrawal = ({ code }: { code: string }) => (
  <Confirm label="Tarik laporan" tone="quiet">
    <p>Laporan yang ditarik tidak diperiksa lagi dan tidak bisa dibuka kembali.</p>
    <form method="post" action={`/lapor/${code}/withdrawal`}><Button tone="danger">Ya, tarik laporan ini</Button></form>
  </Confirm>
)

function stepWords({ at, fromStatus, toStatus, fromLevel, toLevel }: Followed['steps'][number]) {
  const raised = fromLevel !== null && fromLevel !== toLevel
  const title = fromStatus === null ? 'Laporan diterima' : raised ? `Diteruskan ke ${LEVEL_WORDS[toLevel]}` : STATUS_WORDS[toStatus].short
  return { at: formatDateTime(at), iso: at, title, tone: STATUS_WORDS[toStatus].tone }
}
