import { ProblemPanel } from '#views/problem.tsx'
import { PasskeyForm } from '#views/sessions/passkey.tsx'
import { Button } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { next: string, username?: string, passkeys?: boolean, problem?: { message: string, fields: Record<string, string> } }

export const SignInPage = ({ next, username, passkeys, problem }: Props) => (
  <Narrow>
    <PageHead title="Masuk ke SIKS" lead="Sistem Informasi Kesejahteraan Sosial: pendataan, pemeriksaan, pengesahan, dan penetapan." />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      <Form action="/session" guard={false}>
        <HiddenField name="next" value={next} />
        <TextField name="username" label="Nama pengguna" value={username} required autocomplete="username" error={problem?.fields.username} />
        <TextField name="password" label="Kata sandi" type="password" required autocomplete="current-password" error={problem?.fields.password} />
        <Button>Masuk</Button>
      </Form>
      {passkeys && <PasskeyForm kind="get" action="/session/passkey" fields={{ next }} label="Masuk dengan kunci perangkat" />}
      <p>Lupa kata sandi? Hubungi admin sistem di Dinas Sosial Anda.</p>
      <p>Warga tidak perlu masuk: <a href="/cek">Cek Bansos</a> atau <a href="/lapor">kirim usul dan sanggah</a>.</p>
    </Card>
  </Narrow>
)
