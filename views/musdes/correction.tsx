import type { Musdes } from '#app/musdes/musdes.ts'
import { LABELS, type Trouble } from '#views/musdes/labels.ts'
import { Attendance, WhenAndWhere } from '#views/musdes/meeting-form.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { meeting: Musdes, typed: Record<string, string>, problem?: Trouble }

export const CorrectionForm = ({ meeting, typed, problem }: Props) => {
  const field = (name: string) => ({ name, label: LABELS[name]!, value: typed[name], error: problem?.fields?.[name] })
  return (
    <Narrow>
      <PageHead title="Perbaiki keterangan musdes" trail={[{ href: '/musdes', label: 'Musdes/muskel' }, { href: `/musdes/${meeting.id}`, label: 'Musdes' }]}
        lead="Hasil per baris dan berkas tidak berubah. Isi yang lama tetap tersimpan." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Form action={`/musdes/${meeting.id}/correction`}>
        <HiddenField name="revision" value={typed.revision ?? '0'} />
        <Card title="Waktu dan tempat"><WhenAndWhere field={field} /></Card>
        <Card title="Kehadiran"><Attendance field={field} /></Card>
        <Card title="Berita acara">
          <TextField {...field('minutesNumber')} required maxlength={100} />
          <TextField {...field('note')} hint="Misalnya: tanggal salah tulis" required maxlength={300} />
        </Card>
        <ActionBar><Button>Simpan perbaikan</Button><LinkButton href={`/musdes/${meeting.id}`} tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}
