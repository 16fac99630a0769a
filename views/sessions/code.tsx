import { ProblemPanel } from '#views/problem.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Problem = { message: string, fields: Record<string, string> }

// The second half of signing in. A code for emergencies has a form of its own, so that a phone shows digits for the usual one.
export const CodePage = ({ next, problem }: { next: string, problem?: Problem }) => (
  <Narrow>
    <PageHead title="Kode verifikasi" lead="Kata sandi cocok. Buka aplikasi autentikator di HP Anda, lalu ketik kode yang tampil untuk SIKS." />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      <Form action="/session/code" guard={false}>
        <HiddenField name="next" value={next} />
        <TextField name="code" label="Kode 6 angka" required inputmode="numeric" autocomplete="one-time-code" maxlength={7} width="short" error={problem?.fields.code} />
        <Button>Lanjut</Button>
      </Form>
      <Confirm label="HP tidak ada? Pakai kode pemulihan" tone="quiet">
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
