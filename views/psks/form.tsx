import type { PlaceChoices } from '#app/households/place-choices.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Props = {
  id?: string, name?: string, typed: Record<string, string>, problem?: { message: string, fields: Record<string, string> }, place: PlaceChoices, kinds: { code: string, label: string, kind: string }[]
}

const LABELS = { kind: 'Jenis', name: 'Nama orang atau lembaga', region: 'Wilayah pelayanan', phone: 'Telepon', activeFrom: 'Aktif sejak' }

// For a new entry and for a change of one.
export const PsksForm = ({ id, name, typed, problem, place, kinds }: Props) => {
  const of = (field: string) => ({ name: field, value: typed[field], error: problem?.fields[field] })
  const back = id ? `/psks/${id}` : '/psks'
  return (
    <Stack>
      <PageHead title={id ? 'Ubah PSKS' : 'Tambah PSKS'} trail={[{ href: '/psks', label: 'PSKS' }, ...(id ? [{ href: back, label: name ?? 'PSKS' }] : [])]}
        lead="Wilayah adalah tempat melayani: desa untuk PSM atau karang taruna, kecamatan untuk TKSK, kabupaten untuk forum." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        <Form action={back}>
          <HiddenField name="key" value={typed.key ?? ''} />
          {typed.revision && <HiddenField name="revision" value={typed.revision} />}
          <SelectField {...of('kind')} label="Jenis" required options={kinds.map(({ code, label, kind }) => ({ value: code, label: `${label} – ${kind === 'person' ? 'orang' : 'lembaga'}` }))} />
          <TextField {...of('name')} label="Nama orang atau lembaga" maxlength={150} required autocomplete="off" />
          <Where place={place} typed={typed} error={problem?.fields.region} showAction={id ? `/psks/${id}/edit` : '/psks/new'} />
          <FieldRow>
            <TextField {...of('contactName')} label="Narahubung" maxlength={100} autocomplete="off" />
            <TextField {...of('phone')} label="Telepon" type="tel" inputmode="tel" maxlength={20} autocomplete="off" />
          </FieldRow>
          <TextField {...of('address')} label="Alamat" maxlength={200} autocomplete="off" />
          <TextField {...of('certificate')} label="Nomor sertifikat, SK, atau akta" maxlength={100} autocomplete="off" />
          <DateField {...of('activeFrom')} label="Aktif sejak" required />
          <TextArea {...of('note')} label="Catatan" rows={2} maxlength={1000} />
          <ActionBar><Button>{id ? 'Simpan perubahan' : 'Tambahkan'}</Button><LinkButton tone="quiet" href={back}>Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Stack>
  )
}

const Where = ({ place, typed, error, showAction }: { place: PlaceChoices, typed: Record<string, string>, error?: string, showAction: string }) => 'own' in place
  ? <SelectField name="region" label="Wilayah pelayanan" value={typed.region} error={error} required options={place.own.map(({ code, name }) => ({ value: code, label: name }))} />
  : <RegionPicker levels={place.levels} within={place.within} legend="Wilayah pelayanan" blank="Seluruhnya" error={error} showAction={showAction} hint="Kosongkan yang di bawah bila melayani seluruhnya." />
