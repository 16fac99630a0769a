import type { Setting } from '#app/backchecks/settings.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ItemType } from '#app/backchecks/items.ts'
import { TYPES } from '#views/backchecks/words.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { CheckboxGroup, DateField, FieldRow, Fieldset, HiddenField, NumberField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { place: PlaceChoices, settings: Setting[], typed: Record<string, string>, chosen: string[], problem?: Refusal }

const LABELS: Record<string, string> = {
  title: 'Nama putaran', region: 'Wilayah', fromDay: 'Kunjungan dari tanggal', toDay: 'Sampai tanggal', sizeKind: 'Ukuran', size: 'Banyaknya', riskShare: 'Bobot tanda', dueOn: 'Selesai paling lambat', items: 'Isian yang ditanyakan',
}
const RISK = [
  { value: 0, label: 'Tidak: semua sama peluangnya' }, { value: 25, label: 'Sedikit (25%)' }, { value: 50, label: 'Setengah (50%), disarankan' }, { value: 75, label: 'Banyak (75%)' },
]

export const PlanPage = ({ place, settings, typed, chosen, problem }: Props) => {
  const field = (name: string) => ({ name, label: LABELS[name]!, value: typed[name], error: problem?.fields[name] })
  return (
    <Narrow>
      <PageHead title="Rencanakan putaran" trail={[{ href: '/backchecks', label: 'Kunjungan ulang' }]} lead="Belum ada yang diundi. Setelah disimpan Anda melihat dahulu berapa yang akan diundi dari tiap petugas dan desa." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Form action="/backchecks">
        <HiddenField name="id" value={typed.id ?? ''} />
        <Card title="Kunjungan yang mana">
          <TextField {...field('title')} required maxlength={100} hint="Misalnya: Kunjungan ulang Maret 2026" />
          {hasChoice(place) && <PlaceField choices={place} chosen={typed.region} blank="Seluruh" showAction="/backchecks/new" />}
          <FieldRow>
            <DateField {...field('fromDay')} required />
            <DateField {...field('toDay')} required />
          </FieldRow>
        </Card>
        <Card title="Berapa banyak">
          <RadioGroup {...field('sizeKind')} required inline options={[{ value: 'share', label: 'Persen' }, { value: 'count', label: 'Jumlah' }]} />
          <NumberField {...field('size')} required min={1} step="any" hint="Tiap petugas selalu kena paling sedikit satu, jadi jumlahnya bisa sedikit lebih." />
          <SelectField {...field('riskShare')} required blank="" options={RISK} hint="Kunjungan dengan tanda lebih besar peluangnya. Peluang tiap kunjungan dicatat, sehingga perkiraan per desa tetap adil." />
          <DateField {...field('dueOn')} required />
        </Card>
        <Card title="Yang ditanyakan">
          <ItemChoice settings={settings} chosen={chosen} error={problem?.fields.items} />
        </Card>
        <ActionBar><Button>Simpan dan lihat rencananya</Button><LinkButton href="/backchecks" tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}

const ItemChoice = ({ settings, chosen, error }: { settings: Setting[], chosen: string[], error?: string }) => (
  <Fieldset legend="Isian singkat, sekitar 10 menit di rumah" id="f-items" error={error}>
    <div class="stack">
      {([1, 2, 3] as ItemType[]).map((type) => {
        const own = settings.filter((setting) => setting.isAsked && setting.type === type)
        return own.length > 0 && <CheckboxGroup name="items" id={`f-items-${type}`} required label={TYPES[type].words} hint={TYPES[type].hint} values={chosen} options={own.map(({ key, label }) => ({ value: key, label }))} />
      })}
    </div>
  </Fieldset>
)
