import type { BreachKind } from '#app/protection/breaches.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { BREACHES_TRAIL, KINDS } from '#views/protection/words.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { kind: BreachKind, typed: Record<string, string>, choices: { value: string, label: string }[], problem?: Refusal }

export const NewBreachPage = ({ kind, typed, choices, problem }: Props) => {
  const labels: Record<string, string> = {
    subject: KINDS[kind].subject, knownOn: 'Diketahui tanggal', knownTime: 'Jam (WIB)', fromOn: 'Mulai tanggal', fromTime: 'Jam (WIB)', untilOn: 'Sampai tanggal', untilTime: 'Jam (WIB)',
    happened: 'Kapan dan bagaimana terjadi', data: 'Data apa yang terkena', remedy: 'Upaya penanganan dan pemulihan', contact: 'Kontak untuk warga',
  }
  const field = (name: string) => ({ name, label: labels[name]!, value: typed[name], error: problem?.fields[name] })
  return (
    <Narrow>
      <PageHead title={`Catat kejadian: ${KINDS[kind].label}`} trail={BREACHES_TRAIL} lead={KINDS[kind].about} />
      {problem && <ProblemPanel problem={problem} labels={labels} />}
      <Card>
        <Form action="/protection/breaches">
          <HiddenField name="id" value={typed.id ?? ''} />
          <HiddenField name="kind" value={kind} />
          {kind === 'account' ? <TextField {...field('subject')} required maxlength={60} autocomplete="off" />
            : <SelectField {...field('subject')} required options={choices} hint={choices.length === 0 ? 'Belum ada yang tercatat.' : undefined} />}
          {kind === 'account' && <FieldRow><DateField {...field('fromOn')} required /><TextField {...field('fromTime')} type="time" width="short" /></FieldRow>}
          {kind === 'account' && <FieldRow><DateField {...field('untilOn')} required /><TextField {...field('untilTime')} type="time" width="short" /></FieldRow>}
          <FieldRow><DateField {...field('knownOn')} required hint="Waktu 3 × 24 jam dihitung dari sini." /><TextField {...field('knownTime')} type="time" width="short" /></FieldRow>
          <TextArea {...field('happened')} required maxlength={2000} hint="Ditulis apa adanya; masuk ke surat kepada warga." />
          <TextArea {...field('data')} required maxlength={2000} hint="Misalnya: nama, NIK, alamat, dan keadaan rumah." />
          <TextArea {...field('remedy')} maxlength={2000} hint="Yang sudah dan akan dilakukan; juga masuk ke surat." />
          <TextField {...field('contact')} maxlength={200} hint="Nama dan nomor telepon yang dapat dihubungi warga." />
          <ActionBar><Button>Catat kejadian</Button><LinkButton href="/protection/breaches" tone="quiet">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Narrow>
  )
}
