import type { ActivityView } from '#app/protection/activity-setting.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { MEASURES, REGISTER_TRAIL, RETENTION } from '#views/protection/words.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { Checkbox, CheckboxGroup, DateField, HiddenField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { view: ActivityView, typed: Record<string, string>, today: string, problem?: { message: string, fields: Record<string, string> } }

const LABELS = {
  title: 'Nama kegiatan', purpose: 'Tujuan', legalBasis: 'Dasar hukum', subjects: 'Subjek data', categories: 'Jenis data', special: 'Data spesifik', recipients: 'Penerima', retention: 'Masa simpan',
  measures: 'Langkah pelindungan', source: 'Sumber', validFrom: 'Mulai berlaku', ended: 'Kegiatan berakhir',
}
type Name = keyof typeof LABELS
const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const RULES = options(Object.fromEntries(Object.entries(RETENTION).map(([code, { label }]) => [code, label])))

export const ActivityPage = ({ view: { activity, history }, typed, today, problem }: Props) => {
  // Of a form that came back with an error only what was typed counts, also where it was emptied.
  const told: Record<string, string> = problem ? typed : { ...textsOf(activity), ...typed }
  const field = (name: Name) => ({ name, label: LABELS[name], value: told[name], error: problem?.fields[name], required: true })
  const ticked = (name: Name) => (told[name] ?? '').split(', ').filter(Boolean)
  return (
    <Narrow>
      <PageHead title={activity?.title ?? 'Kegiatan baru'} trail={REGISTER_TRAIL} lead="Yang tercatat sebelumnya tidak hilang; isian ini berlaku sejak tanggal yang dipilih." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        <Form action={activity ? `/protection/register/${activity.code}` : '/protection/register'}>
          {!activity && <HiddenField name="code" value={typed.code ?? ''} />}
          <TextField {...field('title')} maxlength={150} />
          <TextArea {...field('purpose')} maxlength={1000} />
          <TextArea {...field('legalBasis')} maxlength={1000} hint="Satu dasar per baris." />
          <TextField {...field('subjects')} maxlength={300} />
          <TextArea {...field('categories')} maxlength={1000} />
          <TextField {...field('special')} maxlength={1000} hint="Kesehatan, anak, keuangan, dan sejenisnya (pasal 4 ayat 2), atau: tidak ada." />
          <TextArea {...field('recipients')} maxlength={1000} hint="Satu penerima per baris." />
          <CheckboxGroup {...field('retention')} values={ticked('retention')} options={RULES} />
          <CheckboxGroup {...field('measures')} values={ticked('measures')} options={options(MEASURES)} />
          <TextField {...field('source')} maxlength={300} hint="Keputusan atau dokumen yang menjadi dasar perubahan ini." />
          <DateField {...field('validFrom')} min={today} value={told.validFrom && told.validFrom >= today ? told.validFrom : today} />
          {activity && <Checkbox name="ended" label="Kegiatan ini berakhir pada tanggal itu" checked={told.ended === '1'} hint="Tidak dicetak lagi dalam catatan pemrosesan; riwayatnya tetap tersimpan." />}
          <ActionBar><Button>{activity ? 'Simpan perubahan' : 'Catat kegiatan'}</Button><LinkButton href="/protection/register" tone="quiet">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
      {history.length > 0 && (
        <Card title="Riwayat">
          <ul class="plain">{history.map(({ validFrom, source, ended }) => <li>{formatDate(validFrom)}: {ended ? 'berakhir, ' : ''}{source}</li>)}</ul>
        </Card>
      )}
    </Narrow>
  )
}

const textsOf = (activity: ActivityView['activity']): Record<string, string> => activity
  ? { ...Object.fromEntries(Object.entries(activity).map(([name, value]) => [name, String(value)])), ended: activity.ended ? '1' : '', source: '' } : {}
