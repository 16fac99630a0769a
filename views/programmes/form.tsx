import type { Attachment } from '#app/files/attachments.ts'
import type { Drafting } from '#app/programmes/drafting.ts'
import type { Field } from '#app/programmes/programme.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { listTrail } from '#views/programmes/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, FileField, HiddenField, NumberField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, maskKk, maskNik } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'

type Trouble = { message: string, fields: Record<string, string> }
type Props = { drafting: Drafting, typed: Record<string, string>, problem?: Trouble, remark?: string, papers?: (Attachment & { label: string })[] }

// One form for every kind of every programme, made from its definition.
export const ChangeForm = ({ drafting, typed, problem, remark, papers = [] }: Props) => {
  const { programme, kind, recipient, starting, subject } = drafting
  return (
    <Stack>
      <PageHead title={kind!.label} lead={kind!.hint} trail={listTrail(programme.code)} />
      {problem && <ProblemPanel problem={problem} labels={labelsOf(drafting)} />}
      {remark && <Notice tone="warn" title="Dikembalikan dengan catatan"><p>{remark}</p></Notice>}
      <About drafting={drafting} />
      <Form action={`/programmes/${programme.code}/changes`} upload={drafting.papers.length > 0}>
        {Object.entries({ id: typed.id, key: typed.key, kind: starting.kind, recipient: recipient?.id, replaced: drafting.replaced?.id, household: subject?.householdId, family: subject?.familySeq, member: subject?.memberSeq })
          .map(([name, value]) => value !== undefined && value !== null && <HiddenField name={name} value={value} />)}
        <Questions drafting={drafting} typed={typed} errors={problem?.fields ?? {}} />
        {drafting.papers.length > 0 && (
          <Card title="Berkas">
            {papers.length > 0 && <ul>{papers.map(({ id, name, label }) => <li><a href={`/files/attachments/${id}`}>{label}: {name}</a></li>)}</ul>}
            {drafting.papers.map(({ name, label, required }) => (
              <FileField name={name} label={label} required={required && !papers.some((paper) => paper.kind === name)} accept="image/jpeg,application/pdf" error={problem?.fields[name]} hint="PDF atau foto JPEG." />
            ))}
          </Card>
        )}
        <ActionBar>
          <Button>Ajukan</Button>
          <LinkButton href={recipient ? `/programmes/${programme.code}/recipients/${recipient.id}` : `/programmes/${programme.code}`} tone="quiet">Kembali</LinkButton>
        </ActionBar>
      </Form>
    </Stack>
  )
}

const About = ({ drafting: { programme, recipient, replaced, subject, home } }: { drafting: Drafting }) => (
  <Card title={recipient ? 'Penerima' : programme.unit === 'family' ? 'Keluarga' : 'Orang'}>
    <Facts items={recipient
      ? [
        { label: 'Nama', value: recipient.name }, { label: 'Keadaan sekarang', value: programme.states[recipient.state]?.label ?? recipient.state },
        { label: programme.number, value: recipient.number }, { label: 'Alamat', value: recipient.address },
      ]
      : [
        { label: programme.unit === 'family' ? 'Kepala keluarga' : 'Nama', value: subject!.name }, { label: 'NIK', value: maskNik(subject!.nik) }, { label: 'Nomor KK', value: maskKk(subject!.kkNumber) },
        { label: 'Alamat', value: subject!.address }, { label: 'Rumah tangga', value: <a href={`/households/${home!.id}`}>{home!.headName}</a> },
        ...(replaced ? [{ label: 'Menggantikan', value: replaced.name }] : []),
      ]} />
  </Card>
)

type QuestionProps = { drafting: Drafting, typed: Record<string, string>, errors: Record<string, string> }

const Questions = ({ drafting, typed, errors }: QuestionProps) => {
  const { kind, reasons, categories, periods, recipient, today } = drafting
  return (
    <Card title="Usulan">
      <Stack>
        {categories.length > 0 && !recipient && <SelectField name="variant" label={LABELS.variant} required value={typed.variant} error={errors.variant} options={categories.map(({ code, label }) => ({ value: code, label }))} />}
        {kind!.reasons && (
          <SelectField name="reasonCode" label={LABELS.reasonCode} required value={typed.reasonCode || (reasons.length === 1 ? reasons[0]!.code : '')} error={errors.reasonCode}
            options={reasons.map(({ code, label }) => ({ value: code, label }))} />
        )}
        {(kind!.fields ?? []).map((field) => <Question field={field} options={drafting.choices[field.name] ?? []} value={typed[field.name]} error={errors[field.name]} />)}
        {kind!.minutes && (
          <FieldRow>
            <TextField name="minutesNumber" label={LABELS.minutesNumber} required maxlength={100} width="medium" value={typed.minutesNumber} error={errors.minutesNumber} />
            <DateField name="minutesDate" label={LABELS.minutesDate} required max={today} value={typed.minutesDate} error={errors.minutesDate} />
          </FieldRow>
        )}
        {periods.length > 0 && (
          <SelectField name="periodId" label={LABELS.periodId} required value={typed.periodId || periods[0]!.id} blank="" error={errors.periodId}
            hint="Bila disetujui Dinsos sesudah batasnya, usulan masuk periode berikutnya." options={periods.map(({ id, name, cutoffOn }) => ({ value: id, label: `${name}, disetujui paling lambat ${formatDate(cutoffOn)}` }))} />
        )}
        <TextArea name="note" label={LABELS.note} rows={3} maxlength={1000} value={typed.note} error={errors.note} hint="Apa yang terjadi, kapan, dan siapa yang memberi tahu." />
      </Stack>
    </Card>
  )
}

const LABELS = { variant: 'Kategori', reasonCode: 'Alasan', minutesNumber: 'Nomor berita acara musdes/muskel', minutesDate: 'Tanggal berita acara', periodId: 'Periode', note: 'Keterangan' }
const labelsOf = ({ kind, papers }: Drafting): Record<string, string> => ({ ...LABELS, ...Object.fromEntries([...kind!.fields ?? [], ...papers].map(({ name, label }) => [name, label])) })

type Asked = { field: Field, options: { code: string, label: string }[], value?: string, error?: string }

const Question = ({ field: { type, name, label, required, hint, pattern }, options, value, error }: Asked) => {
  const common = { name, label, required, hint, value, error }
  if (type === 'date') return <DateField {...common} />
  if (type === 'number') return <NumberField {...common} min={0} />
  if (type === 'choice') return <SelectField {...common} options={options.map((word) => ({ value: word.code, label: word.label }))} />
  return <TextField {...common} pattern={pattern} maxlength={200} width="medium" autocomplete="off" />
}
