import type { Choice, ListedPackage } from '#app/exchange/packages.ts'
import { EXCHANGE_TRAIL, PACKAGE_STATUS } from '#views/exchange/labels.ts'
import { SignInAgain } from '#views/sessions/again.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button, LinkButton, PostButton } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatAge, formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import type { Child } from '#views/ui/types.ts'

type Props = { packages: ListedPackage[], choices: Choice[], ownKey: string, formKey: string, now: string, againHref?: string }

export const PackagesPage = ({ packages, choices, ownKey, formKey, now, againHref }: Props) => (
  <div class="stack">
    <PageHead title="Paket wilayah" trail={EXCHANGE_TRAIL}
      lead="Satu berkas berisi data sebuah wilayah, untuk bekerja di laptop kantor tanpa internet. Hasilnya dibawa kembali dengan berkas dan digabungkan di sini." />
    {againHref ? <SignInAgain title="Buat paket" purpose="package" href={againHref} /> : <NewPackage choices={choices} formKey={formKey} />}
    {packages.length === 0 ? <EmptyState title="Belum ada paket">Paket yang Anda buat tampil di sini dan dapat diunduh selama 7 hari.</EmptyState> : (
      <Table caption="Paket yang Anda buat" columns={['Wilayah', 'Keadaan', 'Dibuat', { label: 'Rumah tangga', align: 'right' }, { label: 'Ukuran', align: 'right' }, { label: 'Tindakan', hide: true }]}>
        {packages.map((shown) => <PackageRow shown={shown} now={now} />)}
      </Table>
    )}
    <OnTheLaptop ownKey={ownKey} />
  </div>
)

const NewPackage = ({ choices, formKey }: Pick<Props, 'choices' | 'formKey'>) => (
  <Card title="Buat paket">
    <Form action="/exchange/packages" hx-post="/exchange/packages" hx-sync="this:drop" guard={false}>
      <HiddenField name="key" value={formKey} />
      <SelectField name="region" label="Wilayah" required value={choices.length === 1 ? choices[0]!.code : undefined}
        options={choices.map(({ code, name, level }) => ({ value: code, label: level === 3 ? `Kecamatan ${name}` : name }))} />
      <RadioGroup name="lock" label="Kunci berkas" required value="passphrase" options={[
        { value: 'passphrase', label: 'Dengan kata sandi', hint: 'Sampaikan kata sandi lewat jalan lain daripada berkasnya' },
        { value: 'office', label: 'Untuk satu laptop saja', hint: 'Tanpa kata sandi; hanya laptop yang kunci kantornya Anda isi di bawah yang bisa membukanya' },
      ]} />
      <Locked by="passphrase">
        <TextField name="passphrase" label="Kata sandi berkas" type="password" autocomplete="new-password" width="medium" required hint="Sedikitnya 8 huruf atau angka. Kata sandi yang lupa tidak bisa dipulihkan." />
        <TextField name="again" label="Ketik kata sandi sekali lagi" type="password" autocomplete="new-password" width="medium" required />
      </Locked>
      <Locked by="office">
        <TextField name="recipient" label="Kunci kantor penerima" autocomplete="off" required hint="Hanya bila dikunci untuk satu laptop saja. Diawali age1." />
      </Locked>
      <p class="hint">Ikut di dalam paket: rumah tangga, anggota, kunjungan yang belum selesai dan yang terakhir, catatan pemeriksa, hasil musdes, dan akun petugas wilayah itu.
        Tidak ikut: foto, berita acara yang diunggah, berkas pengesahan, dan jejak audit.</p>
      <div class="action-bar"><Button>Buat paket</Button></div>
    </Form>
  </Card>
)

// What the other lock asks for is out of sight; without script both stay.
const Locked = ({ by, children }: { by: 'passphrase' | 'office', children?: Child }) => (
  <div class="stack" data-asked-when={JSON.stringify([{ path: 'lock', in: [by] }])}>{children}</div>
)

// While it is made the row asks for itself again; without script the page is loaded again.
export const PackageRow = ({ shown, now }: { shown: ListedPackage, now: string }) => {
  const { id, status, regionName, madeAt, households, bytes, villages, villagesDone, message } = shown
  const { label, tone } = PACKAGE_STATUS[status]
  return (
    <Row id={`paket-${id}`} {...(status === 'making' && askingAgain(`/exchange/packages/${id}`))}>
      <Cell label="Wilayah" lead>{regionName}</Cell>
      <Cell label="Keadaan">
        <Badge tone={tone}>{label}</Badge>
        {status === 'making' && <Progress label="Menyalin desa" value={villagesDone} max={villages} />}
        {message && <p>{message}</p>}
      </Cell>
      <Cell label="Dibuat"><time datetime={madeAt} title={formatDateTime(madeAt)}>{formatAge(madeAt, now)}</time></Cell>
      <Cell label="Rumah tangga" align="right">{status === 'making' ? '–' : formatNumber(households)}</Cell>
      <Cell label="Ukuran" align="right">{bytes ? formatBytes(bytes) : '–'}</Cell>
      <Cell label="Tindakan" actions>
        {status === 'ready' && <LinkButton small href={`/exchange/packages/${id}/file`} download>Unduh</LinkButton>}
        {status === 'ready' && <PostButton small tone="quiet" action={`/exchange/packages/${id}/removal`}>Hapus dari server</PostButton>}
      </Cell>
    </Row>
  )
}

const OnTheLaptop = ({ ownKey }: { ownKey: string }) => (
  <Card title="Di laptop kantor">
    <Facts items={[
      { label: '1. Pasang', wide: true, value: <>Di folder SIKS laptop, dengan folder data yang masih kosong: <code>npm run exchange -- import BERKAS.siks --passphrase-file SANDI.txt</code></> },
      { label: '2. Jalankan', wide: true, value: <><code>SIKS_DEMO=false npm start</code>. Petugas masuk dengan nama dan kata sandi yang sama seperti di sini.</> },
      { label: '3. Bawa kembali', wide: true, value: 'Koordinator atau Dinsos membuka menu Tukar berkas di laptop, lalu menyimpan perubahan. Berkasnya hanya bisa dibuka di server ini.' },
      { label: '4. Terima di sini', wide: true, value: 'Unggah berkas perubahan itu di menu Tukar berkas. Laporannya menyebut setiap kunjungan: baru, diperbarui, sama, ditahan, atau ditolak.' },
      { label: 'Kunci kantor laptop', wide: true, value: <>Untuk paket bagi satu laptop saja, jalankan di laptop itu: <code>npm run exchange -- key</code></> },
      { label: 'Kunci kantor server ini', wide: true, value: <code>{ownKey}</code> },
    ]} />
    <p class="hint">Berkas paket dihapus dari server setelah 7 hari.</p>
  </Card>
)
