import type { PickerLevel } from '#app/regions/picker.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FileField, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'
import { ProblemPanel } from '#views/problem.tsx'

type Place = { code: string, name: string }
export type Typed = { region?: string, label?: string, source?: string, effectiveOn?: string }
type Refusal = { message: string, fields: Record<string, string>, status?: number }
type Props = { own: Place[], levels: PickerLevel[], typed: Typed, today: string, problem?: Refusal }

export const SnapshotUploadPage = ({ own, levels, typed, today, problem }: Props) => (
  <div class="stack">
    <PageHead title="Unggah potret desil" trail={[{ href: '/dtsen', label: 'Desil DTSEN' }, { href: '/dtsen/snapshots', label: 'Potret desil' }]}
      lead="Berkas CSV atau XLSX berisi desil setiap keluarga. Setelah dibaca, hasilnya diperlihatkan dulu; belum ada yang berubah." />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      <Form action="/dtsen/snapshots" upload guard={false}>
        <Scope own={own} levels={levels} error={problem?.fields.region} />
        <div class="field-row">
          <TextField name="label" label="Versi" required value={typed.label} width="short" maxlength={8} hint="Seperti v1, v2, v3 atau v3.1" error={problem?.fields.label} autocomplete="off" />
          <DateField name="effectiveOn" label="Tanggal data" required value={typed.effectiveOn} max={today} hint="Keadaan per tanggal" error={problem?.fields.effectiveOn} />
        </div>
        <TextField name="source" label="Sumber" required value={typed.source} maxlength={200} hint="Misalnya: BPS, DTSEN triwulan III 2026, BAST nomor …" error={problem?.fields.source} />
        <FileField name="file" label="Berkas desil" required accept=".csv,.xlsx,text/csv" hint="CSV atau XLSX, paling besar 200 MB" error={problem?.fields.file} />
        <div class="action-bar"><Button>Unggah dan baca</Button></div>
      </Form>
    </Card>
    <Card title="Susunan berkas" actions={<LinkButton href="/dtsen/snapshots/template.csv" download>Unduh contoh CSV</LinkButton>}>
      <p>Satu baris untuk satu keluarga. Baris pertama memuat nama kolom:</p>
      <Facts items={[
        { label: 'no_kk', value: 'Nomor KK, 16 angka. Wajib. Di Excel jadikan kolomnya teks agar angkanya tidak dibulatkan.', wide: true },
        { label: 'desil', value: 'Bilangan 1 sampai 10. Wajib.', wide: true },
        { label: 'nik_kepala', value: 'NIK kepala keluarga. Boleh kosong; dipakai mencari bila Nomor KK-nya tidak ada di registri.', wide: true },
        { label: 'kode_wilayah', value: 'Kode desa/kelurahan Kemendagri, misalnya 34.02.01.2001. Boleh kosong; menentukan desa bagi keluarga yang tidak ada di registri.', wide: true },
        { label: 'id_keluarga', value: 'ID keluarga di DTSEN. Boleh kosong.', wide: true },
      ]} />
    </Card>
  </div>
)

const Scope = ({ own, levels, error }: { own: Place[], levels: PickerLevel[], error?: string }) => {
  const [only] = own
  if (!only) return <RegionPicker levels={levels} legend="Berkas ini memuat wilayah mana?" hint="Kosongkan bila seluruh Indonesia. Baris di luar wilayah ini ditolak." blank="Semua" error={error} showAction="/dtsen/snapshots/new" />
  if (own.length > 1) return <SelectField name="region" label="Kabupaten/kota" required error={error} options={own.map(({ code, name }) => ({ value: code, label: name }))} />
  return <><HiddenField name="region" value={only.code} /><Facts items={[{ label: 'Kabupaten/kota', value: only.name }]} /></>
}
