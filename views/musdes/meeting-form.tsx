import type { Village } from '#app/musdes/musdes.ts'
import { LABELS, type Trouble } from '#views/musdes/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, FileField, HiddenField, NumberField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { villages: Village[], typed: Record<string, string>, problem?: Trouble }

export const MeetingForm = ({ villages, typed, problem }: Props) => {
  const field = (name: string) => ({ name, label: LABELS[name]!, value: typed[name], error: problem?.fields?.[name] })
  return (
    <Narrow>
      <PageHead title="Catat musdes" trail={[{ href: '/musdes', label: 'Musdes/muskel' }]} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Form action="/musdes" upload>
        <HiddenField name="id" value={typed.id ?? ''} />
        <Card title="Waktu dan tempat"><Place villages={villages} field={field} /><WhenAndWhere field={field} /></Card>
        <Card title="Kehadiran"><Attendance field={field} /></Card>
        <Card title="Berita acara, daftar hadir, dan foto">
          <TextField {...field('minutesNumber')} required maxlength={100} />
          <FileField {...field('minutes')} accept="application/pdf,image/jpeg" hint="PDF atau foto JPEG, paling besar 10 MB. Boleh menyusul setelah berita acara dicetak dan ditandatangani." />
          <FileField {...field('attendanceList')} accept="application/pdf,image/jpeg" hint="PDF atau foto JPEG. Boleh menyusul." />
          <FileField {...field('photo')} accept="image/jpeg" multiple hint="Paling banyak 6 foto JPEG. Boleh menyusul." />
        </Card>
        <ActionBar><Button>Simpan musdes</Button><LinkButton href="/musdes" tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}

type FieldOf = (name: string) => { name: string, label: string, value?: string, error?: string }

const Place = ({ villages, field }: { villages: Village[], field: FieldOf }) => villages.length === 1
  ? <p><strong>{villages[0]!.name}</strong><HiddenField name="regionCode" value={villages[0]!.code} /></p>
  : <SelectField {...field('regionCode')} required options={villages.map(({ code, name }) => ({ value: code, label: name }))} />

export const WhenAndWhere = ({ field }: { field: FieldOf }) => (
  <div class="stack">
    <FieldRow>
      <DateField {...field('heldOn')} required />
      <TextField {...field('startedAt')} type="time" width="medium" required />
      <TextField {...field('endedAt')} type="time" width="medium" required />
    </FieldRow>
    <TextField {...field('place')} hint="Misalnya: Balai desa" required maxlength={100} />
    <FieldRow>
      <TextField {...field('chairName')} required maxlength={100} />
      <TextField {...field('chairPosition')} hint="Misalnya: Lurah, Ketua BPD" required maxlength={100} />
    </FieldRow>
  </div>
)

const ROWS = [['rwTotal', 'rwInvited', 'rwPresent'], ['rtTotal', 'rtInvited', 'rtPresent'], ['men', 'women'], ['communityLeaders', 'religiousLeaders'], ['officials', 'others']]

export const Attendance = ({ field }: { field: FieldOf }) => (
  <div class="stack">
    {ROWS.map((row) => (
      <FieldRow>{row.map((name) => <NumberField {...field(name)} min={0} max={9999} unit={name.endsWith('Total') ? undefined : 'orang'} required={name === 'men'} />)}</FieldRow>
    ))}
  </div>
)
