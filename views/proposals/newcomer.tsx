import { HOUSEHOLD_RELATIONS, SEXES } from '#app/questionnaire/2026/options.ts'
import { DateField, FieldRow, Fieldset, NikField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import { Card } from '#views/ui/page.tsx'

type Props = { typed: Record<string, string>, errors: Record<string, string>, villages: { code: string, name: string }[], most: number }

const SHOWN = 4

// The first facts of a household nobody knew. Everything else is asked on the visit.
export const NewHouseholdFields = ({ typed, errors, villages, most }: Props) => {
  const rows = Array.from({ length: most - 1 }, (_, i) => i + 1)
  const filled = Math.max(SHOWN, ...rows.filter((row) => typed[`members.${row}.name`]).map((row) => row + 1))
  return (
    <>
      <Card title="Tempat tinggal">
        {villages.length === 1
          ? <><input type="hidden" name="village" value={villages[0]!.code} /><p>Desa/kelurahan: <strong>{villages[0]!.name}</strong></p></>
          : <SelectField name="village" label="Desa/kelurahan" required value={typed.village} error={errors.village} options={villages.map(({ code, name }) => ({ value: code, label: name }))} />}
        <TextField name="address" label="Alamat" required maxlength={200} value={typed.address} error={errors.address} />
        <FieldRow>
          <TextField name="slsName" label="RT/RW atau dusun" maxlength={60} value={typed.slsName} hint="Misalnya: RT 02 RW 01" width="medium" />
          <NikField name="kkNumber" label="Nomor KK" value={typed.kkNumber} error={errors.kkNumber} />
        </FieldRow>
      </Card>
      <Card title="Kepala rumah tangga"><Person row={0} typed={typed} errors={errors} /></Card>
      <Card title="Anggota lain">
        <p class="hint">Isi satu per satu; baris tanpa nama diabaikan.</p>
        {rows.slice(0, filled - 1).map((row) => <Fieldset legend={`Anggota ${row + 1}`}><Person row={row} typed={typed} errors={errors} /></Fieldset>)}
        <details class="by-hand">
          <summary>Anggota lain lagi</summary>
          {rows.slice(filled - 1).map((row) => <Fieldset legend={`Anggota ${row + 1}`}><Person row={row} typed={typed} errors={errors} /></Fieldset>)}
        </details>
      </Card>
    </>
  )
}

const Person = ({ row, typed, errors }: Pick<Props, 'typed' | 'errors'> & { row: number }) => {
  const of = (key: string) => ({ name: `members.${row}.${key}`, value: typed[`members.${row}.${key}`], error: errors[`members.${row}.${key}`] })
  return (
    <>
      <TextField {...of('name')} label="Nama" required={row === 0} maxlength={100} />
      {row > 0 && <SelectField {...of('relation')} label="Hubungan dengan kepala rumah tangga" options={HOUSEHOLD_RELATIONS.filter(({ code }) => code !== 1).map(({ code, label }) => ({ value: code, label }))} />}
      <RadioGroup {...of('sex')} label="Jenis kelamin" required={row === 0} inline options={SEXES.map(({ code, label }) => ({ value: code, label }))} />
      <FieldRow>
        <NikField {...of('nik')} label="NIK" />
        <DateField {...of('birthDate')} label="Tanggal lahir" />
      </FieldRow>
    </>
  )
}
