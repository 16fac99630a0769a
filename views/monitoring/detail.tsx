import type { MonitoringForm } from '#app/monitoring/forms.ts'
import type { SheetView } from '#app/monitoring/sheets.ts'
import { FORM_LABELS, scoreWords } from '#views/monitoring/list.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { taskHref } from '#views/tasks/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { view: SheetView, form: MonitoringForm, formKey: string, mayMakeTask: boolean, problem?: Refusal }

export const SheetPage = ({ view: { sheet, region, files, answers, writer, subject, withdrawnBy, mayWithdraw }, form, formKey, mayMakeTask, problem }: Props) => (
  <Stack>
    <PageHead title={`${FORM_LABELS[sheet.form]}, ${formatDate(sheet.heldOn)}`} trail={[{ href: '/monitoring', label: 'Formulir pemantauan' }]} lead={`${region}, ${sheet.place}`}
      badge={sheet.withdrawnAt && <Badge tone="warn">Ditarik</Badge>}
      actions={mayMakeTask && <LinkButton href={taskHref({ title: `Tindak lanjut ${FORM_LABELS[sheet.form].toLowerCase()} ${formatDate(sheet.heldOn)}`, about: `monitoring:${sheet.id}`, assignee: sheet.subjectId ?? undefined, text: sheet.finding.slice(0, 500) })}>Buat tugas</LinkButton>} />
    {problem && <ProblemPanel problem={problem} />}
    {sheet.withdrawnAt && <Notice tone="warn" title={`Ditarik ${withdrawnBy ?? ''}, ${formatDateTime(sheet.withdrawnAt)}`}><p>{sheet.withdrawnNote}</p><p>Tidak dihitung dalam ringkasan.</p></Notice>}
    <Card>
      <Facts items={[
        { label: 'Nomor', value: sheet.number }, { label: 'Diisi oleh', value: `${writer}, ${formatDateTime(sheet.writtenAt)}` },
        ...(form.subject ? [{ label: form.subject, value: subject }] : []), { label: form.participants, value: sheet.participants }, { label: 'Nilai rata-rata', value: scoreWords(sheet.score) },
        { label: 'Temuan dan saran', value: sheet.finding, wide: true },
        ...(files.length > 0 ? [{ label: 'Bukti', wide: true, value: <ul>{files.map(({ id, name, kind }) => <li><a href={`/files/attachments/${id}`}>{kind === 'attendance' ? 'Daftar hadir' : 'Foto'}: {name}</a></li>)}</ul> }] : []),
      ]} />
    </Card>
    <Card title="Jawaban">
      <Table caption="Jawaban" hideCaption dense columns={['Isian', 'Jawaban']}>
        {answers.map(({ code, label, words }) => <Row><Cell label="Isian" lead>{`${code}. ${label}`}</Cell><Cell label="Jawaban">{words}</Cell></Row>)}
      </Table>
    </Card>
    {mayWithdraw && (
      <Confirm label="Tarik formulir" tone="quiet" open={problem !== undefined}>
        <Form action={`/monitoring/${sheet.id}/withdrawal`}>
          <HiddenField name="key" value={formKey} />
          <TextArea name="note" label="Mengapa ditarik" required maxlength={300} error={problem?.fields.note} />
          <Button tone="danger">Tarik formulir</Button>
        </Form>
      </Confirm>
    )}
  </Stack>
)
