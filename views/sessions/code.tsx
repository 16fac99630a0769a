import type { Ways } from '#app/sessions/factors.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { PasskeyForm } from '#views/sessions/passkey.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { next: string, ways: Ways, passkeys?: boolean, problem?: { message: string, fields: Record<string, string> } }

// The second half of signing in. A code for emergencies has a form of its own, so that a phone shows digits for the usual one.
export const CodePage = ({ next, ways, passkeys, problem }: Props) => (
  <Narrow>
    <PageHead title={ways.totp ? 'Kode verifikasi' : 'Langkah kedua'} lead={ways.totp ? 'Kata sandi cocok. Buka aplikasi autentikator di HP Anda, lalu ketik kode yang tampil untuk SIKS.' : 'Kata sandi cocok. Sekarang pakai kunci perangkat Anda, atau satu kode pemulihan.'} />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      {passkeys && ways.passkeys && <PasskeyForm kind="get" action="/session/code/passkey" fields={{ next }} label="Pakai kunci perangkat" tone={ways.totp ? 'secondary' : 'primary'} />}
      {ways.totp && (
        <Form action="/session/code" guard={false}>
          <HiddenField name="next" value={next} />
          <TextField name="code" label="Kode 6 angka" required inputmode="numeric" autocomplete="one-time-code" maxlength={7} width="short" error={problem?.fields.code} />
          <Button>Lanjut</Button>
        </Form>
      )}
      <Confirm label={ways.totp ? 'HP tidak ada? Pakai kode pemulihan' : 'Pakai kode pemulihan'} tone="quiet" open={!ways.totp && problem?.fields.code !== undefined}>
        <Form action="/session/code" guard={false}>
          <HiddenField name="next" value={next} />
          <TextField name="code" id="f-recovery" label="Kode pemulihan" required autocomplete="off" maxlength={24} width="medium"
            hint="Salah satu dari sepuluh kode yang Anda simpan saat memasang verifikasi. Tiap kode berlaku satu kali." />
          <Button tone="secondary">Masuk dengan kode pemulihan</Button>
        </Form>
      </Confirm>
      <p>HP dan kode pemulihan hilang? Minta admin sistem menyetel ulang verifikasi Anda. <a href="/session">Masuk sebagai orang lain</a></p>
    </Card>
  </Narrow>
)
