import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'

type Errors = Record<string, string>

// A PIN, and the same again: nobody can read it back later.
export const NewPinFields = ({ errors = {} }: { errors?: Errors }) => (
  <>
    <TextField name="pin" label="PIN baru" type="password" inputmode="numeric" required autocomplete="new-password" width="medium" maxlength={32}
      hint="Sedikitnya 6 angka, tidak boleh angka yang sama semua. Dipakai setiap kali membuka data di HP ini." error={errors.pin} />
    <TextField name="again" label="Ulangi PIN" type="password" inputmode="numeric" required autocomplete="new-password" width="medium" maxlength={32} error={errors.again} />
  </>
)

export const PinField = ({ error }: { error?: string }) => (
  <TextField name="pin" label="PIN" type="password" inputmode="numeric" required autocomplete="off" width="medium" maxlength={32} error={error} />
)

export const NewPinForm = ({ action = '/field/device/pin', errors }: { action?: string, errors?: Errors }) => (
  <Form action={action} guard={false}>
    <p>Perlu sinyal, dan Anda harus sedang masuk dengan akun Anda. Data di HP tetap ada.</p>
    <NewPinFields errors={errors} />
    <Button>Simpan PIN baru</Button>
  </Form>
)
