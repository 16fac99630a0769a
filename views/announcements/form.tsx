import type { PlaceChoices } from '#app/households/place-choices.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { ROLE_LABELS } from '#views/users/labels.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { CheckboxGroup, DateField, HiddenField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { typed: Record<string, string>, roles: string[], today: string, places: PlaceChoices, problem?: { message: string, fields: Record<string, string> } }

const LABELS = { title: 'Judul', text: 'Isi', untilOn: 'Ditampilkan sampai', region: 'Wilayah', role: 'Untuk siapa' }

export const AnnouncementForm = ({ typed, roles, today, places, problem }: Props) => {
  const of = (name: 'title' | 'text' | 'untilOn') => ({ name, label: LABELS[name], value: typed[name], error: problem?.fields[name] })
  return (
    <Stack>
      <PageHead title="Tulis pengumuman" trail={[{ href: '/announcements', label: 'Pengumuman' }]} lead="Tulis singkat. Jangan memuat nama atau nomor warga." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        <Form action="/announcements">
          <HiddenField name="id" value={typed.id ?? ''} />
          <TextField {...of('title')} required maxlength={120} autocomplete="off" />
          <TextArea {...of('text')} required rows={5} maxlength={1500} />
          <DateField {...of('untilOn')} required min={today} />
          <CheckboxGroup name="role" label={LABELS.role} values={roles} options={Object.entries(ROLE_LABELS).map(([value, label]) => ({ value, label }))} hint="Tanpa centang: untuk semua." />
          {'own' in places
            ? <SelectField name="region" label={LABELS.region} required value={typed.region} error={problem?.fields.region} options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
            : <RegionPicker levels={places.levels} within={places.within} legend={LABELS.region} blank="Seluruhnya" error={problem?.fields.region} showAction="/announcements/new" />}
          <ActionBar><Button>Tampilkan pengumuman</Button><LinkButton tone="quiet" href="/announcements">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Stack>
  )
}
