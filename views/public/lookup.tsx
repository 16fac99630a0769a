import type { Lookup } from '#app/public/lookup.ts'
import type { Problem } from '#app/problems.ts'
import type { PickerLevel } from '#app/regions/picker.ts'
import { AGE_WORDS, PROGRAMME_WORDS } from '#views/public/words.ts'
import { PlaceFields } from '#views/public/place.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { levels: PickerLevel[], name: string, result?: Lookup, problem?: Problem }

export const LookupPage = ({ levels, name, result, problem }: Props) => (
  <Narrow>
    <PageHead title="Cek Bansos" lead="Periksa apakah seseorang terdaftar di data penerima bantuan sosial." />
    {problem && <ProblemPanel problem={problem} labels={{ region: 'Tempat tinggal', name: 'Nama lengkap' }} />}
    {result && <Result result={result} />}
    <Card title={result ? 'Cari lagi' : undefined}>
      <Form action="/cek" guard={false}>
        <PlaceFields levels={levels} legend="Tempat tinggal" error={problem?.fields.region} />
        <TextField name="name" label="Nama lengkap seperti di KTP" value={name} required maxlength={80} autocomplete="off" error={problem?.fields.name}
          hint="Tulis nama utuh, jangan sebagian. Jangan menulis NIK." />
        <Button>Cari</Button>
      </Form>
    </Card>
    <p class="hint">Halaman ini hanya menampilkan nama yang disamarkan, kelompok umur, desa, dan program. Hanya untuk orang yang sudah punya KTP. Nama yang dicari tidak disimpan.</p>
    <p>Ada yang tidak sesuai? <a href="/lapor">Kirim usul atau sanggah</a>, tanpa akun.</p>
    <p>Menerima surat keterangan dari desa atau Dinas Sosial? <a href="/cek/surat">Periksa keasliannya</a>.</p>
  </Narrow>
)

const Result = ({ result: { village, found, tooMany } }: { result: Lookup }) => (
  <Card id="hasil" tone={found.length > 0 ? 'good' : 'info'} title={found.length > 0 ? `Ditemukan ${found.length} data di ${village.name}` : 'Tidak ada data yang bisa ditampilkan'}>
    {found.map(({ name, age, programmes, doubted }) => (
      <Facts compact items={[
        { label: 'Nama (disamarkan)', value: name },
        { label: 'Umur', value: AGE_WORDS[age] },
        { label: 'Desa/kelurahan', value: village.name },
        { label: 'Program', value: programmes.length > 0 ? <ul>{programmes.map((code) => <li>{PROGRAMME_WORDS[code] ?? code}</li>)}</ul> : 'Terdaftar, belum menerima program' },
        ...(doubted ? [{ label: 'Perhatian', value: <>Petugas tidak menemukan rumah tangga ini pada kunjungan terakhir. Bila masih tinggal di sini, segera lapor ke kantor desa/kelurahan atau <a href={`/lapor/new?kind=usul&region=${village.code}`}>kirim laporan</a>.</>, wide: true }] : []),
      ]} />
    ))}
    {found.length === 0 && <Nothing village={village} tooMany={tooMany} />}
  </Card>
)

// One sentence for a name that is not there, is no longer active or is not yet determined: the page tells nothing apart.
const Nothing = ({ village, tooMany }: Pick<Lookup, 'village' | 'tooMany'>) => (
  <>
    <p>{tooMany
      ? `Lebih dari tiga orang di ${village.name} bernama sama, jadi datanya tidak ditampilkan. Tanyakan ke kantor desa/kelurahan.`
      : `Tidak ada orang dengan nama itu di data penerima bantuan di ${village.name}.`}</p>
    {!tooMany && <p>Periksa ejaan nama dan tempat tinggal menurut KTP. Bila keluarga ini layak dibantu, <a href={`/lapor/new?kind=usul&region=${village.code}`}>kirim usul</a>.</p>}
  </>
)
