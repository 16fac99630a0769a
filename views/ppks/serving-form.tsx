import type { Serving } from '#app/ppks/care.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { TRAIL } from '#views/ppks/words.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, RadioGroup, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { serving: Serving, typed: Record<string, string>, problem?: { message: string, fields: Record<string, string> } }

const MODES = [
  { value: 'given', label: 'Diberikan', hint: 'oleh Dinsos, pendamping, atau relawan' },
  { value: 'referred', label: 'Dirujuk ke lembaga', hint: 'hasilnya dicatat setelah ada kabar' },
]

export const ServiceForm = ({ serving: { recipient, category, services, institutions, today }, typed, problem }: Props) => {
  const of = (name: string) => ({ name, value: typed[name], error: problem?.fields[name] })
  return (
    <Stack>
      <PageHead title="Catat layanan" trail={[...TRAIL, { href: `/programmes/ppks/recipients/${recipient.id}`, label: recipient.name }]}
        lead={`${recipient.name}: ${category}. Status orang ini mengikuti layanan yang terakhir: dilayani atau dirujuk.`} />
      {problem && <ProblemPanel problem={problem} />}
      <Card>
        <Form action="/ppks/services">
          <HiddenField name="key" value={typed.key ?? ''} />
          <HiddenField name="recipient" value={recipient.id} />
          <RadioGroup {...of('mode')} label="Cara" options={MODES} required />
          <FieldRow>
            <SelectField {...of('kind')} label="Jenis layanan" options={services.map(({ code, label }) => ({ value: code, label }))} required />
            <DateField {...of('servedOn')} label="Tanggal" max={today} required />
          </FieldRow>
          <TextField {...of('givenBy')} label="Diberikan oleh" maxlength={120} hint="Nama petugas dan lembaganya. Wajib bila layanan diberikan." />
          {institutions.length > 0 && <SelectField {...of('psksId')} label="Dirujuk ke lembaga PSKS" blank="Tidak ada dalam daftar" options={institutions.map(({ id, label }) => ({ value: id, label }))} />}
          <TextField {...of('institution')} label="Lembaga lain" maxlength={150} hint="Bila tujuan rujukan tidak ada dalam daftar PSKS." />
          <TextArea {...of('result')} label="Hasil" maxlength={1000} hint="Boleh menyusul." />
          <TextArea {...of('note')} label="Catatan" rows={2} maxlength={1000} hint="Secukupnya. Jangan menulis diagnosis atau nama orang lain." />
          <ActionBar><Button>Simpan layanan</Button><LinkButton tone="quiet" href={`/programmes/ppks/recipients/${recipient.id}`}>Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Stack>
  )
}
