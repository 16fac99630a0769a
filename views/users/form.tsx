import type { PickerLevel } from '#app/regions/picker.ts'
import type { NamedPlace } from '#app/users/user-list.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { ROLE_LABELS } from '#views/users/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { CheckboxGroup, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'

const ROLES = Object.entries(ROLE_LABELS).map(([value, label]) => ({ value, label }))
const PLACE_HINT = 'Petugas, operator desa, dan pengawas: desa/kelurahan. Koordinator: kecamatan. Dinsos dan pengesah: '
  + 'kabupaten/kota. Dinsos provinsi: provinsi. Pusdatin, admin, dan auditor: kosongkan, berlaku seluruh Indonesia.'

type Entered = { name: string, username: string, phone: string, role?: string }
type Places = { role?: string, places: NamedPlace[], levels: PickerLevel[], showAction: string }

export const InvitePage = ({ formKey, entered, ...places }: Omit<Places, 'role'> & { formKey: string, entered: Entered }) => (
  <>
    <PageHead title="Undang pengguna" trail={[{ href: '/users', label: 'Pengguna' }]}
      lead="Sistem membuat kata sandi sementara yang ditampilkan satu kali. Pengguna menggantinya saat pertama masuk." />
    <Card>
      <Form action="/users" hx-post="/users" hx-target="body">
        <HiddenField name="key" value={formKey} />
        <TextField name="name" label="Nama lengkap" value={entered.name} required maxlength={100} autocomplete="off" />
        <TextField name="username" label="Nama pengguna" value={entered.username} required maxlength={40} width="medium" autocomplete="off"
          hint="Huruf kecil, angka, titik, atau garis; sedikitnya 3. Dipakai untuk masuk." />
        <TextField name="phone" label="Nomor telepon" type="tel" inputmode="tel" value={entered.phone} maxlength={20} width="medium" autocomplete="off" />
        <PlacementFields {...places} role={entered.role} />
        <ActionBar><Button>Undang</Button><LinkButton href="/users" tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Card>
  </>
)

export const PlacementPage = ({ user, ...places }: Places & { user: { id: string, name: string } }) => (
  <>
    <PageHead title="Pindahkan tugas" trail={[{ href: '/users', label: 'Pengguna' }, { href: `/users/${user.id}`, label: user.name }]}
      lead="Berlaku segera. Pengguna dikeluarkan dan masuk lagi dengan tugas barunya." />
    <Card>
      <Form action={`/users/${user.id}/placement`} hx-post={`/users/${user.id}/placement`}>
        <PlacementFields {...places} />
        <ActionBar><Button>Simpan perpindahan</Button><LinkButton href={`/users/${user.id}`} tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Card>
  </>
)

type Details = { name: string, phone: string | null }

export const DetailsPage = ({ user, typed, problem }: { user: { id: string, name: string, username: string }, typed: Details, problem?: { message: string, fields: Record<string, string> } }) => (
  <>
    <PageHead title="Ubah nama atau telepon" trail={[{ href: '/users', label: 'Pengguna' }, { href: `/users/${user.id}`, label: user.name }]}
      lead="Untuk memperbaiki ejaan atau nomor. Akun tidak boleh dipindahtangankan: orang lain diundang dengan akunnya sendiri." />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      <Form action={`/users/${user.id}/details`}>
        <Facts items={[{ label: 'Nama pengguna', value: user.username }]} />
        <TextField name="name" label="Nama lengkap" value={typed.name} required maxlength={100} autocomplete="off" error={problem?.fields.name} />
        <TextField name="phone" label="Nomor telepon" type="tel" inputmode="tel" value={typed.phone ?? ''} maxlength={20} width="medium" autocomplete="off" error={problem?.fields.phone} />
        <ActionBar><Button>Simpan</Button><LinkButton href={`/users/${user.id}`} tone="quiet">Batal</LinkButton></ActionBar>
      </Form>
    </Card>
  </>
)

// Places already chosen stay ticked; "Tambahkan" draws the page again with one more. No script is needed.
const PlacementFields = ({ role, places, levels, showAction }: Places) => (
  <>
    <SelectField name="role" label="Peran" options={ROLES} value={role} required />
    {places.length > 0 && (
      <CheckboxGroup name="regions" label="Wilayah tugas terpilih" required values={places.map(({ code }) => code)}
        options={places.map(({ code, name }) => ({ value: code, label: name, hint: code }))} />
    )}
    <RegionPicker levels={levels} legend={places.length > 0 ? 'Wilayah tugas lain' : 'Wilayah tugas'} hint={PLACE_HINT} showAction={showAction} />
    <Button tone="secondary" small formmethod="get" formaction={showAction} name="add" value="1">Tambahkan wilayah ini</Button>
  </>
)

// The only time anybody sees this password. A repeat of the same form has nothing left to show.
export const OneTimePasswordPage = ({ user, password, hours }: { user: { id: string, name: string, username: string }, password?: string, hours: number }) => (
  <>
    <PageHead title={password ? 'Kata sandi sementara' : 'Pengguna sudah dibuat'} trail={[{ href: '/users', label: 'Pengguna' }]} />
    {password ? (
      <>
        <Notice tone="warn" title="Catat sekarang: hanya tampil satu kali">
          <p>Sampaikan langsung kepada {user.name}, jangan lewat grup percakapan. Kata sandi ini berlaku {hours} jam dan harus diganti saat masuk.</p>
        </Notice>
        <Card><Facts items={[
          { label: 'Nama pengguna', value: <strong>{user.username}</strong> },
          { label: 'Kata sandi sementara', value: <strong><code>{password}</code></strong> },
        ]} /></Card>
      </>
    ) : (
      <Notice tone="info"><p>Formulir ini sudah pernah diterima. Kata sandi sementaranya tidak bisa ditampilkan lagi;
        bila hilang, setel ulang kata sandi di halaman pengguna.</p></Notice>
    )}
    <ActionBar><LinkButton href={`/users/${user.id}`} tone="primary">Buka halaman pengguna</LinkButton></ActionBar>
  </>
)
