import { Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { Card, EmptyState, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { posted?: boolean, hasTasks: boolean }

// Asked for a page that only the server has.
export const NoSignalPage = ({ posted, hasTasks }: Props) => (
  <Narrow>
    <EmptyState title="Tidak ada sinyal ke server" action={hasTasks ? <LinkButton href="/field" tone="primary">Buka tugas lapangan</LinkButton> : undefined}>
      <p>{posted ? 'Yang baru Anda kirim dari halaman ini belum sampai. Kembali ke halaman sebelumnya dan coba lagi saat ada sinyal.' : 'Halaman ini hanya ada di server. Coba lagi saat ada sinyal.'}</p>
      {hasTasks && <p>Tugas lapangan tetap bisa dibuka dan diisi tanpa sinyal.</p>}
    </EmptyState>
  </Narrow>
)

// A field page, and this phone has no pack for whoever asks.
export const NoPackPage = ({ people, problem }: { people: { id: string, name: string }[], problem?: string }) => (
  <Narrow>
    {problem && <Notice tone="bad"><p>{problem}</p></Notice>}
    <PageHead title="Tidak ada sinyal ke server" lead="Tugas lapangan belum diunduh ke HP ini, jadi belum bisa dibuka tanpa sinyal." />
    <Notice><p>Saat ada sinyal: masuk, buka “HP ini” di halaman tugas lapangan, lalu siapkan HP.</p></Notice>
    {people.length > 0 && (
      <Card title="Sudah pernah menyiapkan HP ini?">
        <p>Pilih nama Anda, lalu masukkan PIN.</p>
        {people.map(({ id, name }) => <PostButton action="/field/device/user" fields={{ user: id }} tone="secondary">{name}</PostButton>)}
      </Card>
    )}
  </Narrow>
)

// Signing out without signal: the phone is shut at once, the server hears of it later.
export const SignedOutPage = ({ hasWork }: { hasWork: boolean }) => (
  <Narrow>
    <PageHead title="Anda sudah keluar di HP ini" />
    <Notice tone="good">
      <p>Data di HP ini sudah dikunci. Server belum tahu karena tidak ada sinyal; sesi Anda diakhiri begitu HP terhubung lagi.</p>
      {hasWork && <p>Kunjungan yang belum terkirim tetap tersimpan dan terkunci di HP.</p>}
    </Notice>
    <p><LinkButton href="/field">Buka lagi dengan PIN</LinkButton></p>
  </Narrow>
)

export const RefusedPage = () => (
  <Narrow>
    <PageHead title="Permintaan ditolak" />
    <Notice tone="bad"><p>Permintaan ini tidak berasal dari halaman SIKS. Buka halaman HP ini, lalu coba lagi.</p></Notice>
    <p><LinkButton href="/field/device">Buka halaman HP ini</LinkButton></p>
  </Narrow>
)
