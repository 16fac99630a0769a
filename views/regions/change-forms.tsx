import type { Region } from '#app/regions/regions.ts'
import { CHANGE_LABELS } from '#views/regions/labels.ts'
import { Button, Confirm } from '#views/ui/button.tsx'
import { DateField, HiddenField, RadioGroup, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card } from '#views/ui/page.tsx'

const HINTS: Record<string, string> = {
  rename: 'Kode tetap; isi nama baru.',
  recode: 'Kode ini ditutup; wilayah di bawahnya ikut berganti awalan kode.',
  split: 'Wilayah ini tetap ada; isi kode dan nama wilayah baru hasil pemekaran.',
  merge: 'Kode ini ditutup; isi kode wilayah tujuan yang sudah ada.',
}
const KINDS = Object.entries(CHANGE_LABELS).map(([value, label]) => ({ value, label, hint: HINTS[value] }))

// Only the administrator sees these.
export const ChangeForms = ({ region, changeKey }: { region: Region, changeKey: string }) => (
  <Card title="Kelola wilayah">
    <Confirm label="Catat kode BPS">
      <Form action={`/regions/${region.code}/bps-code`} hx-post={`/regions/${region.code}/bps-code`}>
        <TextField name="bpsCode" label="Kode BPS" value={region.bpsCode} inputmode="numeric" width="medium" maxlength={10}
          hint="2 angka provinsi, 4 kabupaten/kota, 7 kecamatan, 10 desa/kelurahan. Kosongkan untuk menghapus." />
        <Button>Simpan kode BPS</Button>
      </Form>
    </Confirm>
    <Confirm label="Catat perubahan wilayah">
      <Form action={`/regions/${region.code}/changes`} hx-post={`/regions/${region.code}/changes`}>
        <HiddenField name="key" value={changeKey} />
        <RadioGroup name="kind" label="Jenis perubahan" options={KINDS} required />
        <TextField name="newCode" label="Kode Kemendagri baru atau tujuan" width="medium" maxlength={13} hint={`Contoh bentuk: ${region.code}`} />
        <TextField name="newName" label="Nama baru" maxlength={100} />
        <DateField name="effectiveOn" label="Berlaku sejak" required />
        <TextField name="source" label="Dasar hukum" required maxlength={300} hint="Misalnya nomor dan tahun Kepmendagri." />
        <Button>Catat perubahan</Button>
      </Form>
    </Confirm>
  </Card>
)
