import { Notice } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead } from '#views/ui/page.tsx'

export const PasswordPage = ({ isRequired, minimum }: { isRequired: boolean, minimum: number }) => (
  <>
    <PageHead title="Ganti kata sandi" lead="Setelah diganti, perangkat lain yang masih masuk dengan akun ini dikeluarkan." />
    {isRequired && (
      <Notice tone="warn" title="Kata sandi Anda masih sementara">
        <p>Buat kata sandi Anda sendiri sebelum mulai bekerja. Admin tidak mengetahuinya.</p>
      </Notice>
    )}
    <Card>
      <Form action="/password" hx-post="/password" guard={false}>
        <TextField name="current" label={isRequired ? 'Kata sandi sementara' : 'Kata sandi sekarang'} type="password" required
          autocomplete="current-password" width="medium" />
        <TextField name="next" label="Kata sandi baru" type="password" required autocomplete="new-password" width="medium"
          hint={`Sedikitnya ${minimum} huruf atau angka. Beberapa kata yang mudah Anda ingat lebih kuat daripada satu kata.`} />
        <TextField name="again" label="Ulangi kata sandi baru" type="password" required autocomplete="new-password" width="medium" />
        <Button>Simpan kata sandi</Button>
      </Form>
    </Card>
  </>
)
