import type { PlaceChoices } from '#app/households/place-choices.ts'
import { LOCAL_TRAIL, trailOf } from '#views/local/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { FieldRow, HiddenField, RadioGroup, SelectField, TextField, type Option } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatMonth } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { id?: string, typed: Record<string, string>, problem?: { message: string, fields: Record<string, string> }, kinds: Option[], places: PlaceChoices, today: string }

const LABELS = { programme: 'Jenis', name: 'Nama program', region: 'Pemilik', startsOn: 'Bulan pertama', endsOn: 'Bulan terakhir', amount: 'Rupiah sebulan untuk satu keluarga', basis: 'Dasar' }

const monthsAround = (today: string): Option[] => {
  const year = Number(today.slice(0, 4))
  return [year - 1, year, year + 1].flatMap((one) => Array.from({ length: 12 }, (_, i) => `${one}-${String(i + 1).padStart(2, '0')}`)).map((month) => ({ value: month, label: formatMonth(month) }))
}

// For a new programme and for a change of one.
export const LocalForm = ({ id, typed, problem, kinds, places, today }: Props) => {
  const of = (field: keyof typeof LABELS) => ({ name: field, label: LABELS[field], value: typed[field], error: problem?.fields[field] })
  const year = today.slice(0, 4)
  const months = monthsAround(today)
  const withOwn = (value: string | undefined) => value && !months.some((month) => month.value === value) ? [{ value, label: formatMonth(value) }, ...months] : months
  return (
    <Stack>
      <PageHead title={id ? 'Ubah program' : 'Buat program'} trail={id ? trailOf({ id, name: typed.name || 'Program' }) : [LOCAL_TRAIL]} lead="Satu program untuk satu tahun anggaran." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        <Form action={id ? `/local/${id}` : '/local'}>
          {id ? <HiddenField name="revision" value={typed.revision ?? ''} /> : <HiddenField name="id" value={typed.id ?? ''} />}
          {!id && (kinds.length === 1 ? <HiddenField name="programme" value={kinds[0]!.value} /> : <RadioGroup {...of('programme')} required options={kinds} hint="BLT milik satu desa; bantuan APBD milik kabupaten/kota." />)}
          <TextField {...of('name')} required maxlength={120} autocomplete="off" hint={`Misalnya: BLT Dana Desa ${year}`} />
          {!id && <Owner places={places} typed={typed} error={problem?.fields.region} />}
          <FieldRow>
            <SelectField {...of('startsOn')} value={typed.startsOn ?? `${year}-01`} required options={withOwn(typed.startsOn)} />
            <SelectField {...of('endsOn')} value={typed.endsOn ?? `${year}-12`} required options={withOwn(typed.endsOn)} />
          </FieldRow>
          <TextField {...of('amount')} required inputmode="numeric" width="medium" maxlength={15} autocomplete="off" hint="Misalnya: 300000" />
          <TextField {...of('basis')} maxlength={200} autocomplete="off" hint="Nomor Peraturan Desa tentang APB Desa, atau Peraturan Daerah." />
          <ActionBar><Button>{id ? 'Simpan perubahan' : 'Buat program'}</Button><LinkButton tone="quiet" href={id ? `/local/${id}` : '/local'}>Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Stack>
  )
}

const Owner = ({ places, typed, error }: { places: PlaceChoices, typed: Record<string, string>, error?: string }) => {
  if ('own' in places) return <SelectField name="region" label={LABELS.region} value={typed.region} error={error} required options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
  if (places.levels.length === 0) return error ? <p class="error">{error}</p> : null
  return <RegionPicker levels={places.levels} within={places.within} legend={LABELS.region} blank="Seluruhnya" error={error} showAction="/local/new" hint="Untuk BLT pilih desanya. Untuk bantuan APBD kosongkan: pemiliknya kabupaten/kota." />
}
