import { PURPOSE_WORDS } from '#views/sessions/labels.ts'
import type { Ways } from '#app/sessions/factors.ts'
import { PasskeyForm } from '#views/sessions/passkey.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { purpose: keyof typeof PURPOSE_WORDS, next: string, posted?: '1', ways: Ways, passkeys?: boolean, problem?: { message: string, fields: Record<string, string> } }

export const ConfirmationPage = ({ purpose, next, posted, ways, passkeys, problem }: Props) => (
  <Narrow>
    <PageHead title="Masuk ulang" lead={`Untuk ${PURPOSE_WORDS[purpose]}, pastikan ini memang Anda. Setelah itu Anda kembali ke halaman tadi, dan tidak ditanya lagi selama 10 menit.`} />
    {problem && <ProblemPanel problem={problem} />}
    {posted && !problem && <Notice tone="warn" title="Isian tadi belum tersimpan"><p>Masuk terakhir Anda sudah lebih dari 10 menit. Setelah masuk ulang, isi formulirnya sekali lagi. Belum ada yang berubah.</p></Notice>}
    <Card>
      {passkeys && ways.passkeys && <PasskeyForm kind="get" action="/session/confirmation/passkey" fields={{ purpose, next, ...(posted && { posted }) }} label="Pakai kunci perangkat" tone="primary" />}
      <Form action="/session/confirmation" guard={false}>
        <HiddenField name="purpose" value={purpose} />
        <HiddenField name="next" value={next} />
        {posted && <HiddenField name="posted" value="1" />}
        <TextField name="current" label="Kata sandi" type="password" required autocomplete="current-password" width="medium" error={problem?.fields.current} />
        {(ways.totp || ways.recovery) && <TextField name="code" label="Kode verifikasi" required autocomplete="one-time-code" maxlength={24} width="medium" error={problem?.fields.code}
          hint={ways.totp ? 'Enam angka dari aplikasi autentikator. Kode yang baru saja dipakai tidak berlaku lagi: tunggu kode berikutnya.' : 'Satu kode pemulihan. Dengan kunci perangkat Anda tidak perlu kata sandi maupun kode.'} />}
        <ActionBar><Button>Lanjutkan</Button><LinkButton href={next} tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Card>
  </Narrow>
)
