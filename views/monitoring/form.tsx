import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { MonitoringForm, MonitoringQuestion } from '#app/monitoring/forms.ts'
import type { Assignee } from '#app/users/people.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, DecimalField, FieldRow, FileField, HiddenField, NumberField, RadioGroup, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { form: MonitoringForm, forms: MonitoringForm[], typed: Record<string, string>, people: Assignee[], choices: PlaceChoices, problem?: Refusal }

const LABELS: Record<string, string> = { heldOn: 'Tanggal', place: 'Tempat', finding: 'Temuan dan saran', attendance: 'Daftar hadir', photo: 'Foto kegiatan', region: 'Wilayah' }

export const NewSheetPage = ({ form, forms, typed, people, choices, problem }: Props) => {
  const field = (name: string, label = LABELS[name]!) => ({ name, label, value: typed[name], error: problem?.fields[name] })
  return (
    <Narrow>
      <PageHead title={form.title} trail={[{ href: '/monitoring', label: 'Formulir pemantauan' }]} lead={form.lead} />
      <Tabs label="Pilih formulir" items={forms.map(({ code, title }) => ({ href: `/monitoring/new?form=${code}`, label: title, current: code === form.code }))} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Form action="/monitoring" upload>
        <HiddenField name="id" value={typed.id ?? ''} />
        <HiddenField name="form" value={form.code} />
        <Card title="Kapan, di mana, siapa">
          <FieldRow>
            <DateField {...field('heldOn')} required />
            <TextField {...field('place')} required maxlength={150} hint="Misalnya: Balai desa" />
          </FieldRow>
          {hasChoice(choices) && <PlaceField choices={choices} chosen={typed.region} blank="Seluruh" showAction="/monitoring/new" />}
          {form.subject && <SelectField {...field('subjectId', form.subject)} required options={people.map(({ id, name }) => ({ value: id, label: name }))} />}
          <NumberField {...field('participants', form.participants)} min={0} max={99_999} />
        </Card>
        <Card title="Yang diamati">
          {form.questions.map((question) => <Question question={question} value={typed[question.code]} error={problem?.fields[question.code]} />)}
        </Card>
        <Card title="Temuan dan bukti">
          <TextArea {...field('finding')} rows={4} maxlength={2000} />
          <FileField {...field('attendance')} accept="application/pdf,image/jpeg" hint="PDF atau foto JPEG, paling besar 10 MB." />
          <FileField {...field('photo')} accept="image/jpeg" multiple hint="Paling banyak 5 foto JPEG." />
        </Card>
        <ActionBar><Button>Simpan formulir</Button><LinkButton href="/monitoring" tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}

const YES_NO = [{ value: 1, label: 'Ya' }, { value: 2, label: 'Tidak' }]

const Question = ({ question: { code, label, type, options = [], required, hint }, value, error }: { question: MonitoringQuestion, value?: string, error?: string }) => {
  const field = { name: code, label: `${code}. ${label}`, value, error, required, hint }
  switch (type) {
    case 'yesno': return <RadioGroup {...field} inline options={YES_NO} />
    case 'scale':
    case 'choice': return <RadioGroup {...field} inline={type === 'scale'} options={options.map((option) => ({ value: option.code, label: option.label }))} />
    case 'number': return <DecimalField {...field} />
    case 'text': return <TextArea {...field} rows={2} maxlength={1000} />
  }
}
