import { KIND_WORDS } from '#views/public/words.ts'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

const WRONG = 'Kode ini tidak ditemukan. Periksa lagi huruf demi huruf.'

export const ReportStartPage = ({ wrongCode }: { wrongCode?: boolean }) => (
  <Narrow>
    <PageHead title={wrongCode ? 'Kode tidak ditemukan' : 'Usul dan sanggah'} lead="Laporan warga tentang data bantuan sosial. Tanpa akun dan tanpa biaya." />
    {wrongCode && <FollowCard error={WRONG} />}
    {(['usul', 'sanggah'] as const).map((kind) => (
      <Card title={KIND_WORDS[kind].short}>
        <p>{KIND_WORDS[kind].what}</p>
        <LinkButton href={`/lapor/new?kind=${kind}`} tone="primary">{`Kirim ${kind}`}</LinkButton>
      </Card>
    ))}
    {!wrongCode && <FollowCard />}
    <p class="hint">Laporan diperiksa desa/kelurahan lebih dahulu. Data bantuan tidak langsung berubah: petugas memeriksa, lalu mengusulkan perbaikannya.</p>
    <p><a href="/cek">Cek Bansos: periksa satu nama</a></p>
  </Narrow>
)

const FollowCard = ({ error }: { error?: string }) => (
  <Card title="Lihat laporan Anda">
    <Form action="/lapor/tracking" guard={false}>
      <TextField name="code" label="Kode laporan" required error={error} maxlength={20} autocomplete="off" width="medium" hint="Dua belas huruf, misalnya BCDF-GHJK-MNPQ." />
      <Button tone="secondary">Lihat laporan</Button>
    </Form>
  </Card>
)
