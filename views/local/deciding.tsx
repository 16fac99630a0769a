import type { LocalPageProps } from '#views/local/programme.tsx'
import { Button } from '#views/ui/button.tsx'
import { DateField, FieldRow, FileField, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatMonth, formatNumber } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

type Waiting = { count: number, atOnce: number, seen: string }
type Deciding = { props: Omit<LocalPageProps, 'minutes' | 'letter'>, about: 'minutes' | 'letter', id: string, seen: string }

// What both papers say: number, day, and from which month the families are paid.
const Fields = ({ props: { typed, problem, about: failed, months, today }, about, id, seen }: Deciding) => {
  const own = failed === about
  const of = (name: string) => ({ name, value: own ? typed[name] : undefined, error: own ? problem?.fields[name] : undefined, id: `f-${about === (failed ?? 'minutes') ? '' : `${about}-`}${name}` })
  return (
    <>
      <HiddenField name="id" value={id} />
      <HiddenField name="seen" value={seen} />
      <FieldRow>
        <TextField {...of('number')} label={about === 'minutes' ? 'Nomor berita acara' : 'Nomor surat penetapan'} required maxlength={100} autocomplete="off" />
        <DateField {...of('date')} label={about === 'minutes' ? 'Tanggal musyawarah' : 'Tanggal surat'} required max={today} />
        <SelectField {...of('fromMonth')} value={own ? typed.fromMonth : months[0]} label="Dibayar mulai bulan" required options={months.map((month) => ({ value: month, label: formatMonth(month) }))} />
      </FieldRow>
    </>
  )
}

export const MinutesCard = ({ minutes, ...props }: LocalPageProps & { minutes: Waiting }) => {
  const { local, villageName, village, ids, problem, about } = props
  return (
    <Card title={`Konfirmasi dengan berita acara: ${formatNumber(minutes.atOnce)} keluarga ${villageName}`} id="berita-acara" tone="info">
      <p>{`Yang diusulkan di ${villageName} menjadi ${local.programme === 'blt' ? 'penerima' : 'usulan yang disepakati, lalu ditetapkan Dinsos'}. Cocokkan dahulu dengan berita acara; batalkan keluarga yang tidak disepakati dengan membuka namanya.`}</p>
      {minutes.count > minutes.atOnce && <p>{`Sekali konfirmasi paling banyak ${formatNumber(minutes.atOnce)} keluarga. Ulangi untuk sisanya.`}</p>}
      <Form action={`/local/${local.id}/minutes`} upload>
        <HiddenField name="region" value={village} />
        <Fields props={props} about="minutes" id={ids[0]} seen={minutes.seen} />
        <FileField name="minutes" label="Berita acara yang sudah ditandatangani" required accept="application/pdf,image/jpeg" hint="PDF atau foto JPEG, paling besar 10 MB." error={about === 'minutes' ? problem?.fields.minutes : undefined} />
        <Button>Konfirmasi</Button>
      </Form>
    </Card>
  )
}

export const GrantCard = ({ letter, ...props }: LocalPageProps & { letter: Waiting }) => {
  const { local, ids, problem, about } = props
  return (
    <Card title={`Tetapkan ${formatNumber(letter.atOnce)} keluarga yang disepakati desa`} id="penetapan" tone="info">
      <p>Keluarga dari semua desa yang berita acaranya sudah masuk menjadi penerima. Ditetapkan petugas lain daripada yang mengonfirmasi berita acaranya.</p>
      {letter.count > letter.atOnce && <p>{`Sekali penetapan paling banyak ${formatNumber(letter.atOnce)} keluarga. Ulangi untuk sisanya.`}</p>}
      <Form action={`/local/${local.id}/letter`} upload>
        <Fields props={props} about="letter" id={ids[1]} seen={letter.seen} />
        <FileField name="letter" label="Surat penetapan" accept="application/pdf,image/jpeg" hint="PDF atau foto JPEG, paling besar 10 MB." error={about === 'letter' ? problem?.fields.letter : undefined} />
        <Button>Tetapkan penerima</Button>
      </Form>
    </Card>
  )
}
