import { DAYS, PURPOSE_WORDS } from '#views/certificates/words.ts'
import { FieldRow, SelectField, TextField } from '#views/ui/field.tsx'
import { Card } from '#views/ui/page.tsx'

// What every letter of an office asks for: what it is for, how long it holds, who signs it.
export const LETTER_LABELS = {
  purpose: 'Keperluan', purposeNote: 'Keterangan keperluan', days: 'Masa berlaku', signatoryName: 'Nama penanda tangan', signatoryPosition: 'Jabatan', signatoryNip: 'NIP',
}

type Field = (name: keyof typeof LETTER_LABELS) => { name: string, label: string, value?: string, error?: string }

export const PurposeFields = ({ field, days }: { field: Field, days: string }) => (
  <>
    <SelectField {...field('purpose')} required options={Object.entries(PURPOSE_WORDS).map(([value, label]) => ({ value, label }))} />
    <TextField {...field('purposeNote')} maxlength={150} hint="Misalnya nama sekolah atau rumah sakit. Wajib untuk keperluan lain." />
    <SelectField {...field('days')} required blank="" value={field('days').value ?? days} options={DAYS} />
  </>
)

export const SignatoryCard = ({ field }: { field: Field }) => (
  <Card title="Penanda tangan">
    <TextField {...field('signatoryName')} required maxlength={100} autocomplete="off" />
    <FieldRow>
      <TextField {...field('signatoryPosition')} required maxlength={100} hint="Misalnya: Kepala Desa, Kepala Dinas Sosial" />
      <TextField {...field('signatoryNip')} maxlength={30} inputmode="numeric" />
    </FieldRow>
  </Card>
)
