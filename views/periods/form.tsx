import type { PickerLevel } from '#app/regions/picker.ts'
import { CADENCE, TRAIL } from '#views/periods/labels.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, HiddenField, RadioGroup, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

export type Typed = { cadence: string, name: string, opensOn: string, cutoffOn: string, closesOn: string }
type Props = { formKey: string, typed: Typed, levels: PickerLevel[], fields?: Record<string, string> }

const OPTIONS = Object.entries(CADENCE).map(([value, label]) => ({ value, label }))

type Revised = Omit<Typed, 'cadence'>

const NameAndDays = ({ typed, fields = {} }: { typed: Revised, fields?: Record<string, string> }) => (
  <>
    <TextField name="name" label="Nama periode" required maxlength={60} value={typed.name} error={fields.name} hint='Misalnya "Desember 2026" atau "Triwulan I 2027"' />
    <DateField name="opensOn" label="Hari buka" required value={typed.opensOn} error={fields.opensOn} />
    <DateField name="cutoffOn" label="Batas kirim" required value={typed.cutoffOn} error={fields.cutoffOn}
      hint="Hari terakhir kabupaten/kota boleh mengirim berkas. Sesudahnya masuk periode berikutnya." />
    <DateField name="closesOn" label="Hari tutup" required value={typed.closesOn} error={fields.closesOn}
      hint="Hari terakhir penetapan. Besoknya periode tertutup sendiri dan data dipotret." />
  </>
)

type RevisedProps = { period: { id: string, name: string }, typed: Revised, fields?: Record<string, string>, revisable: boolean }

export const RevisedPeriod = ({ period: { id, name }, typed, fields, revisable }: RevisedProps) => (
  <Narrow>
    <PageHead title={`Ubah ${name}`} trail={[...TRAIL, { href: `/periods/${id}`, label: name }]} lead="Berkas yang sudah dikirim tetap masuk periode ini." />
    {revisable
      ? (
        <Card>
          <Form action={`/periods/${id}/revision`}>
            <NameAndDays typed={typed} fields={fields} />
            <p class="hint">Kabupaten/kota yang batas kirimnya sendiri tidak lagi lebih awal mengikuti batas yang baru.</p>
            <ActionBar><Button>Simpan</Button><LinkButton href={`/periods/${id}`} tone="quiet">Batal</LinkButton></ActionBar>
          </Form>
        </Card>
      )
      : <Notice><p>Batas kirim periode ini sudah lewat. Nama dan harinya tidak bisa diubah lagi.</p></Notice>}
  </Narrow>
)

export const NewPeriod = ({ formKey, typed, levels, fields = {} }: Props) => (
  <Narrow>
    <PageHead title="Buat periode" trail={TRAIL} lead="Ketiga hari dihitung menurut WIB dan ikut termasuk dalam periode." />
    <Card>
      <Form action="/periods">
        <HiddenField name="id" value={formKey} />
        <RadioGroup name="cadence" label="Jenis" required value={typed.cadence} options={OPTIONS} error={fields.cadence} />
        <NameAndDays typed={typed} fields={fields} />
        <RegionPicker levels={levels} legend="Wilayah" error={fields.region} blank="Seluruh Indonesia" showAction="/periods/new"
          hint="Kosongkan untuk seluruh Indonesia. Periode sebuah kabupaten/kota mendahului periode nasional." />
        <ActionBar><Button>Buat periode</Button><LinkButton href="/periods" tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Card>
  </Narrow>
)
