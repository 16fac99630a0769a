import { ProblemPanel } from '#views/problem.tsx'
import { CASE_KINDS, CASES_TRAIL, RELATIONS } from '#views/protection/words.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, NikField, RadioGroup, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
const LABELS: Record<string, string> = {
  kind: 'Yang diminta', nik: 'NIK orang yang datanya diminta', asker: 'Nama pemohon', relation: 'Pemohon adalah', identity: 'Identitas diperiksa dengan', wish: 'Apa yang diminta', receivedOn: 'Diterima tanggal', receivedTime: 'Jam (WIB)',
}

export const NewCasePage = ({ typed, problem }: { typed: Record<string, string>, problem?: Refusal }) => {
  const field = (name: string) => ({ name, label: LABELS[name]!, value: typed[name], error: problem?.fields[name] })
  return (
    <Narrow>
      <PageHead title="Catat permohonan" trail={CASES_TRAIL} lead="Periksa dahulu identitas pemohon. Data orang lain tidak diberikan tanpa kuasa." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        <Form action="/protection/cases">
          <HiddenField name="id" value={typed.id ?? ''} />
          <RadioGroup {...field('kind')} required options={Object.entries(CASE_KINDS).map(([value, label]) => ({ value, label }))} />
          <NikField {...field('nik')} required hint="16 angka, seperti pada KTP atau KK yang ditunjukkan." autocomplete="off" />
          <TextField {...field('asker')} required maxlength={120} autocomplete="off" />
          <SelectField {...field('relation')} required options={Object.entries(RELATIONS).map(([value, label]) => ({ value, label }))} />
          <TextArea {...field('identity')} required maxlength={300} hint="Misalnya: KTP asli dicocokkan dengan wajah; surat kuasa bermeterai nomor …" />
          <TextArea {...field('wish')} maxlength={2000} hint="Wajib, kecuali untuk salinan. Untuk perbaikan: apa yang keliru dan apa yang benar." />
          <FieldRow><DateField {...field('receivedOn')} required hint="Waktu 3 × 24 jam dihitung dari sini." /><TextField {...field('receivedTime')} type="time" width="short" /></FieldRow>
          <ActionBar><Button>Catat permohonan</Button><LinkButton href="/protection/cases" tone="quiet">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Narrow>
  )
}
