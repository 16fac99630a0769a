import type { MyForm } from '#app/backchecks/revisits.ts'
import type { ShownItem } from '#app/backchecks/items.ts'
import { MEETING } from '#views/backchecks/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { LocationField, PhotoField } from '#views/ui/capture.tsx'
import { DecimalField, HiddenField, NumberField, RadioGroup, SelectField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { form: MyForm, items: ShownItem[], typed: Record<string, string>, formKey: string, problem?: Refusal }

const TRAIL = [{ href: '/backchecks/mine', label: 'Kunjungan ulang saya' }]

export const RevisitPage = ({ form, items, typed, formKey, problem }: Props) => form.status === 'open' ? (
  <Narrow>
    <PageHead title={form.headName} trail={TRAIL} lead={[form.address, form.slsName, form.village].filter(Boolean).join(', ')} />
    <Notice tone="info"><p>Tanyakan langsung kepada penghuni dan lihat sendiri rumahnya. Jangan bertanya kepada petugas sebelumnya. Halaman ini perlu sinyal saat dikirim.</p></Notice>
    {problem && <ProblemPanel problem={problem} />}
    <Form action={`/backchecks/mine/${form.id}`} upload>
      <HiddenField name="key" value={formKey} />
      <HiddenField name="revision" value={form.revision} />
      <Card title="Bertemu atau tidak">
        <RadioGroup name="meeting" label="Bagaimana kunjungan Anda" required value={typed.meeting} error={problem?.fields.meeting}
          options={Object.entries(MEETING).map(([value, { words, hint }]) => ({ value, label: words, hint }))} />
      </Card>
      <Card title="Isi bila responden ditemui">
        {items.map((item) => <ItemField item={item} form={form} value={typed[item.key]} error={problem?.fields[item.key]} />)}
      </Card>
      <Card title="Foto dan lokasi">
        <PhotoField name="front" label="Tampak depan rumah" required hint="Seluruh rumah terlihat, dengan pintunya. Foto JPEG." accept="image/jpeg" error={problem?.fields.front} existing={existing(form)} />
        <LocationField required value={fixOf(typed)} error={problem?.fields.latitude ?? problem?.fields.longitude ?? problem?.fields.accuracy} />
      </Card>
      <Card title="Catatan">
        <TextArea name="note" label="Yang perlu diketahui koordinator" value={typed.note} error={problem?.fields.note} maxlength={500} />
      </Card>
      <ActionBar><Button>Kirim kunjungan ulang</Button><LinkButton href="/backchecks/mine" tone="quiet">Kembali</LinkButton></ActionBar>
    </Form>
  </Narrow>
) : <Sent form={form} />

const existing = ({ photos }: MyForm) => {
  const last = photos.at(-1)
  return last && { src: `/files/attachments/${last.id}`, note: 'Foto sudah tersimpan. Pilih lagi hanya bila ingin menggantinya.' }
}

function fixOf({ latitude, longitude, accuracy, locatedAt }: Record<string, string>) {
  const numbers = [latitude, longitude, accuracy].map((text) => Number((text ?? '').replace(',', '.')))
  return latitude && longitude && numbers.every(Number.isFinite) ? { latitude: numbers[0]!, longitude: numbers[1]!, accuracy: numbers[2]!, at: locatedAt } : null
}

const UNKNOWN = { value: 'unknown', label: 'Tidak tahu atau tidak bisa dilihat' }
const YES_NO = [{ value: 'true', label: 'Ya' }, { value: 'false', label: 'Tidak' }, { ...UNKNOWN, label: 'Tidak tahu' }]
const FEW = 5

const ItemField = ({ item: { key, label, question }, form, value, error }: { item: ShownItem, form: MyForm, value?: string, error?: string }) => {
  const field = { name: key, label, value, error }
  if (key === 'visitedBefore') {
    return <RadioGroup {...field} label="Apakah petugas pernah datang ke rumah ini untuk pendataan?" required options={YES_NO} hint={`Antara ${formatDate(form.fromDay)} dan ${formatDate(form.toDay)}. Tanyakan tanpa menyebut nama petugas.`} />
  }
  if (key === 'memberNames') return <TextArea {...field} label="Nama semua anggota rumah tangga" rows={5} hint="Satu nama per baris, seperti yang disebut responden." />
  if (key === 'memberCount') return <NumberField {...field} label="Jumlah anggota rumah tangga" min={1} max={98} unit="orang" />
  if (question?.type === 'yesno') return <RadioGroup {...field} required inline options={YES_NO} />
  if (question?.type === 'single') {
    const options = [...(question.options ?? []).map(({ code, label: words }) => ({ value: code, label: words })), UNKNOWN]
    return options.length <= FEW ? <RadioGroup {...field} required options={options} /> : <SelectField {...field} required options={options} />
  }
  if (question?.type === 'decimal') return <DecimalField {...field} />
  return <NumberField {...field} min={question?.min} max={question?.max} />
}

const Sent = ({ form }: { form: MyForm }) => (
  <Narrow>
    <PageHead title={form.headName} trail={TRAIL} lead={form.village} />
    {form.status === 'done'
      ? <Notice tone="good" title="Kunjungan ulang ini sudah terkirim"><p>Terima kasih. Koordinator yang membandingkannya dengan kunjungan pertama.</p></Notice>
      : <Notice tone="warn" title="Kunjungan ulang ini tidak jadi"><p>Putarannya sudah diakhiri Dinsos. Anda tidak perlu datang lagi.</p></Notice>}
    <Card><Facts items={[{ label: 'Alamat', value: form.address }, { label: 'Dikirim', value: form.submittedAt && formatDate(form.submittedAt) }]} /></Card>
    <LinkButton href="/backchecks/mine">Kembali ke daftar</LinkButton>
  </Narrow>
)
