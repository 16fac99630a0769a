import type { ColumnNote } from '#app/assignments/import-columns.ts'
import type { PickerLevel } from '#app/regions/picker.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { FileField, HiddenField, SelectField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Place = { code: string, name: string }
type Props = { own: Place[], levels: PickerLevel[], columns: ColumnNote[] }

export const ImportUploadPage = ({ own, levels, columns }: Props) => (
  <div class="stack">
    <PageHead title="Unggah prelist" trail={[{ href: '/prelist', label: 'Prelist' }, { href: '/imports', label: 'Impor prelist' }]}
      lead="Pilih berkas CSV atau XLSX dari SIKS-NG. Setelah dibaca, hasilnya diperlihatkan dulu; belum ada yang berubah." />
    <Card>
      <Form action="/imports" upload guard={false} hx-post="/imports" hx-encoding="multipart/form-data" hx-sync="this:drop">
        <Regency own={own} levels={levels} />
        <FileField name="file" label="Berkas prelist" required accept=".csv,.xlsx,text/csv" hint="CSV atau XLSX, paling besar 200 MB" />
        <div class="action-bar"><Button>Unggah dan baca</Button></div>
      </Form>
    </Card>
    <Card title="Susunan berkas" actions={<LinkButton href="/imports/template.csv" download>Unduh contoh CSV</LinkButton>}>
      <Layout />
      <details>
        <summary>Semua kolom dan kodenya</summary>
        <Columns columns={columns} of="household" caption="Kolom rumah tangga" />
        <Columns columns={columns} of="member" caption="Kolom anggota rumah tangga" />
      </details>
    </Card>
  </div>
)

const Regency = ({ own, levels }: Pick<Props, 'own' | 'levels'>) => {
  const [only] = own
  if (!only) return <RegionPicker levels={levels} legend="Kabupaten/kota tujuan" showAction="/imports/new" />
  if (own.length > 1) return <SelectField name="region" label="Kabupaten/kota tujuan" required options={own.map(({ code, name }) => ({ value: code, label: name }))} />
  return <><HiddenField name="region" value={only.code} /><Facts items={[{ label: 'Kabupaten/kota tujuan', value: only.name }]} /></>
}

const Layout = () => (
  <>
    <p>Baris pertama memuat nama kolom SIKS-NG. Satu baris untuk satu anggota; kolom rumah tangga diulang pada setiap anggotanya,
      dan anggota satu rumah tangga ditulis berurutan. Berkas XLSX boleh juga memakai dua lembar: <code>households</code> dan <code>members</code>,
      keduanya dengan kolom IDBDT.</p>
    <Facts items={[
      { label: 'IDBDT', value: 'ID prelist. Wajib, satu untuk setiap rumah tangga.', wide: true },
      { label: 'KODE_KEMENDAGRI', value: 'Kode desa/kelurahan, misalnya 34.02.01.2001 atau 3402012001. Boleh juga bernama KDDESA_KEMENDAGRI.', wide: true },
      { label: 'KDPROP, KDKAB, KDKEC, KDDESA', value: 'Kode BPS (2, 2, 3 dan 3 angka). Dipakai bila KODE_KEMENDAGRI kosong dan kode BPS desanya sudah dicatat di halaman Wilayah.', wide: true },
      { label: 'Nama_KRT, Alamat', value: 'Wajib. Nama_KRT boleh kosong bila ada anggota dengan HubKRT = 1.', wide: true },
      { label: 'Nama, NIK, NoKK', value: 'Nama anggota wajib. NIK dan NoKK 16 angka; di Excel jadikan kolomnya teks agar angkanya tidak dibulatkan.', wide: true },
    ]} />
  </>
)

const Columns = ({ columns, of, caption }: { columns: ColumnNote[], of: ColumnNote['of'], caption: string }) => (
  <Table caption={caption} dense columns={['Kolom', 'Isi', 'Kode']}>
    {columns.filter((column) => column.of === of).map(({ column, label, codes }) => (
      <Row>
        <Cell label="Kolom" lead><code>{column}</code></Cell>
        <Cell label="Isi">{label}</Cell>
        <Cell label="Kode">{codes || 'tulisan'}</Cell>
      </Row>
    ))}
  </Table>
)
