import { Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'
import { NewPinFields } from '#views/offline/pin.tsx'

const TOO_OLD = 'Bekerja tanpa sinyal memerlukan peramban yang lebih baru dengan JavaScript, dan alamat https. Halaman daring tetap bisa dipakai seperti biasa.'
const TRAIL = [{ href: '/field', label: 'Tugas' }]

// Made by the server for a phone that has nothing yet. offline.js takes over from the notice where the phone is able to.
export const PreparePage = ({ user: { id, name } }: { user: { id: string, name: string } }) => (
  <Narrow>
    <PageHead title="HP ini" trail={TRAIL} lead="Siapkan HP ini agar tetap bisa bekerja di desa tanpa sinyal." />
    <Card title="Siapkan HP untuk kerja tanpa sinyal">
      <ul class="bulleted">
        <li>Daftar tugas {name} diunduh ke HP ini satu kali; sesudahnya hanya perubahannya.</li>
        <li>Wawancara, foto, dan lokasi disimpan di HP, lalu dikirim sendiri saat ada sinyal.</li>
        <li>Isinya terkunci dengan PIN yang Anda buat sekarang. Petugas lain di HP ini tidak bisa membukanya.</li>
      </ul>
      <div data-prepare-old><Notice tone="warn"><p>{TOO_OLD}</p></Notice></div>
      <div data-prepare hidden>
        <Form action="/field/device/prepare" guard={false}>
          <NewPinFields />
          <Button>Siapkan HP ini</Button>
          <HiddenField name="user" value={id} />
        </Form>
        <div class="progress" data-prepare-progress hidden>
          <p role="status" aria-live="polite" data-prepare-words>Mengunduh…</p>
          <progress data-prepare-bar>…</progress>
          <p class="hint">Jangan tutup halaman ini. Ukuran unduhan sekitar 1 MB.</p>
        </div>
        <div data-prepare-problem role="alert"></div>
      </div>
    </Card>
    <p><LinkButton href="/field">Kembali ke tugas lapangan</LinkButton></p>
  </Narrow>
)

export const NeedsWorkerPage = () => (
  <Narrow>
    <PageHead title="HP ini" trail={TRAIL} />
    <Notice tone="warn" title="Permintaan ini hanya bisa dijawab oleh HP yang sudah disiapkan">
      <p>{TOO_OLD}</p>
      <p>Bila HP ini sudah pernah disiapkan, muat ulang halaman HP ini lalu coba lagi.</p>
    </Notice>
    <p><LinkButton href="/field/device">Buka halaman HP ini</LinkButton></p>
  </Narrow>
)
