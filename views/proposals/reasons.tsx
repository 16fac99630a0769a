import type { Reason } from '#app/proposals/reasons.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { KINDS } from '#views/proposals/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { reasons: Reason[], today: string, typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string> } }

const KIND_LABELS: Record<string, string> = {
  '*': 'Semua jenis', ...Object.fromEntries(Object.entries(KINDS).map(([kind, { label }]) => [kind, label])),
  usul: 'Usul warga', sanggah: 'Sanggah warga', report_refusal: 'Penolakan laporan warga',
}
const LABELS = { kind: 'Jenis usulan', code: 'Kode', label: 'Alasan', validFrom: 'Berlaku mulai', source: 'Sumber', validTo: 'Berakhir' }

export const ReasonsPage = ({ reasons, today, typed = {}, problem }: Props) => {
  const errors = problem?.fields ?? {}
  return (
    <Stack>
      <PageHead title="Alasan usulan" lead="Kode alasan yang dapat dipilih pada usulan. Kode lama diakhiri, tidak dihapus: usulan yang memakainya tetap terbaca." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card title="Tambah alasan">
        <Form action="/reasons">
          <FieldRow>
            <SelectField name="kind" label={LABELS.kind} required value={typed.kind} error={errors.kind} options={Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))} />
            <TextField name="code" label={LABELS.code} required maxlength={40} value={typed.code} error={errors.code} hint="Huruf kecil, angka, garis bawah" width="medium" />
          </FieldRow>
          <TextField name="label" label={LABELS.label} required maxlength={120} value={typed.label} error={errors.label} />
          <DateField name="validFrom" label={LABELS.validFrom} required value={typed.validFrom ?? today} error={errors.validFrom} />
          <TextField name="source" label={LABELS.source} required maxlength={200} value={typed.source} error={errors.source} hint="Peraturan, surat, atau keputusan yang menetapkannya" />
          <Button>Tambah</Button>
        </Form>
      </Card>
      <Table caption="Alasan" hideCaption columns={['Jenis', 'Alasan', 'Berlaku', 'Sumber', { label: 'Tindakan', hide: true }]}>
        {reasons.map((reason) => (
          <Row>
            <Cell label="Jenis">{KIND_LABELS[reason.kind] ?? reason.kind}</Cell>
            <Cell label="Alasan" lead>{reason.label}<br /><small class="hint">{reason.code}</small></Cell>
            <Cell label="Berlaku">
              {formatDate(reason.validFrom)}{reason.validTo && ` sampai ${formatDate(reason.validTo)}`}
              {reason.validTo && reason.validTo <= today && <> <Badge>Berakhir</Badge></>}
            </Cell>
            <Cell label="Sumber">{reason.source}</Cell>
            <Cell label="Tindakan" actions>{!reason.validTo && <End reason={reason} today={today} />}</Cell>
          </Row>
        ))}
      </Table>
    </Stack>
  )
}

const End = ({ reason, today }: { reason: Reason, today: string }) => (
  <Confirm label="Akhiri" small>
    <Form action="/reasons/ending">
      <HiddenField name="kind" value={reason.kind} />
      <HiddenField name="code" value={reason.code} />
      <HiddenField name="validFrom" value={reason.validFrom} />
      <DateField name="validTo" id={`f-end-${reason.kind}-${reason.code}`} label={`Tidak dapat dipilih lagi mulai (${reason.label})`} required value={today} />
      <Button tone="danger" small>Akhiri alasan ini</Button>
    </Form>
  </Confirm>
)
