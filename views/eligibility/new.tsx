import type { Rules } from '#app/eligibility/judging.ts'
import type { Ruled } from '#app/eligibility/rules.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { PROGRAMME_LABELS, TRAIL } from '#views/eligibility/labels.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { Checkbox, FieldRow, Fieldset, HiddenField, NumberField, RadioGroup, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, Narrow, PageHead, Stack } from '#views/ui/page.tsx'

export type Typed = { name?: string, mode?: string, desilMax?: string, needsComponent?: string, excludesOccupations?: string, ageMin?: string, ageMax?: string, quotaRegency?: string, quotaVillage?: string }
type Props = { programme: Ruled, rules: Rules, choices: PlaceChoices, region: string, formKey: string, typed?: Typed, problem?: { message: string, fields: Record<string, string> } }

const LABELS = {
  name: 'Nama perhitungan', region: 'Kabupaten/kota', mode: 'Aturan', desilMax: 'Desil paling tinggi', ageMin: 'Umur paling rendah', ageMax: 'Umur paling tinggi',
  quotaRegency: 'Kuota tiap kabupaten/kota', quotaVillage: 'Kuota tiap desa/kelurahan',
}

export const NewRunPage = (props: Props) => {
  const { programme, choices, region, formKey, typed = {}, problem } = props
  return (
    <Narrow>
      <Stack>
        <PageHead title="Hitung kelayakan" trail={TRAIL} lead="Hasilnya disimpan per desa: siapa yang masuk, siapa yang keluar, dan biayanya setahun. Penerima tidak berubah." />
        <Tabs label="Program" items={Object.entries(PROGRAMME_LABELS).map(([code, label]) => ({ href: `/eligibility/new?programme=${code}`, label, current: code === programme }))} />
        {problem && <ProblemPanel problem={problem} labels={LABELS} />}
        <Card>
          <Form action="/eligibility/runs">
            <HiddenField name="key" value={formKey} />
            <HiddenField name="programme" value={programme} />
            <TextField name="name" label="Nama perhitungan" required maxlength={80} value={typed.name} error={problem?.fields.name} hint='Misalnya "Desil sampai 5, kuota 100 tiap desa"' />
            {hasChoice(choices) && <PlaceField choices={choices} chosen={region} legend="Kabupaten/kota" />}
            {problem?.fields.region && <p class="error">{problem.fields.region}</p>}
            <RadioGroup name="mode" label="Aturan" required value={typed.mode ?? 'real'} error={problem?.fields.mode} options={[
              { value: 'real', label: 'Aturan yang berlaku', hint: 'Isian di bawah diabaikan.' }, { value: 'trial', label: 'Coba aturan lain', hint: 'Memakai isian di bawah.' },
            ]} />
            <Trial {...props} />
            <ActionBar><Button>Hitung</Button><LinkButton href="/eligibility" tone="quiet">Batal</LinkButton></ActionBar>
          </Form>
        </Card>
      </Stack>
    </Narrow>
  )
}

const Trial = ({ rules, typed = {}, problem }: Props) => {
  const given = (name: keyof Typed, present: number | null) => ({ name, value: typed.mode === undefined ? present : typed[name], error: problem?.fields[name] })
  const checked = (name: 'needsComponent' | 'excludesOccupations', present: boolean) => typed.mode === undefined ? present : typed[name] === '1'
  return (
    <Fieldset legend="Aturan yang dicoba" hint="Sudah terisi aturan yang berlaku. Batas yang dikosongkan tidak diperiksa." id="aturan">
      <Stack>
        <FieldRow>
          <NumberField {...given('desilMax', rules.desilMax)} label="Desil paling tinggi" min={1} max={10} />
          <NumberField {...given('ageMin', rules.ageMin)} label="Umur paling rendah" unit="tahun" min={0} max={120} />
          <NumberField {...given('ageMax', rules.ageMax)} label="Umur paling tinggi" unit="tahun" min={0} max={120} />
        </FieldRow>
        <Checkbox name="needsComponent" label="Wajib punya komponen PKH" checked={checked('needsComponent', rules.needsComponent)} />
        <Checkbox name="excludesOccupations" label="Kecualikan pekerjaan dalam daftar (PNS, TNI, Polri, BUMN/BUMD)" checked={checked('excludesOccupations', rules.occupations.length > 0)} />
        <FieldRow>
          <NumberField {...given('quotaRegency', null)} label="Kuota tiap kabupaten/kota" min={0} hint="Kosong: kuota yang berlaku." />
          <NumberField {...given('quotaVillage', null)} label="Kuota tiap desa/kelurahan" min={0} hint="Kosong: kuota yang berlaku." />
        </FieldRow>
      </Stack>
    </Fieldset>
  )
}
