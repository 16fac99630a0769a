import type { UserView } from '#app/users/user-list.ts'
import { ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from '#views/users/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { SelectField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Timeline } from '#views/ui/page.tsx'

const PAST: Record<string, string> = {
  'user.invited': 'Diundang', 'user.moved': 'Dipindahkan', 'user.suspended': 'Ditangguhkan', 'user.restored': 'Dipulihkan',
  'user.password_reset': 'Kata sandi disetel ulang', 'user.password_changed': 'Mengganti kata sandi sendiri',
  'user.factor_begun': 'Mulai memasang verifikasi dua langkah', 'user.factor_abandoned': 'Membatalkan pemasangan verifikasi', 'user.factor_set': 'Memasang verifikasi dua langkah',
  'user.factor_replaced': 'Memindahkan verifikasi ke HP lain', 'user.factor_removed': 'Melepas verifikasi dua langkah', 'user.factor_reset': 'Verifikasi dua langkah disetel ulang',
  'user.recovery_codes_made': 'Membuat kode pemulihan baru', 'user.recovery_code_used': 'Memakai satu kode pemulihan', 'user.signed_out': 'Dikeluarkan dari semua perangkat',
  'user.passkey_added': 'Menambah kunci perangkat', 'user.passkey_removed': 'Menghapus kunci perangkat', 'user.passkey_blocked': 'Kunci perangkat diblokir karena disalin', 'user.details_changed': 'Nama atau telepon diubah',
  'user.unlocked': 'Kunci masuk dibuka', 'user.access_kept': 'Akses ditinjau dan tetap', 'session.braked': 'Masuk terkunci: terlalu banyak kata sandi salah',
  'session.code_braked': 'Masuk terkunci: terlalu banyak kode salah', 'session.revoked': 'Mengeluarkan perangkat lain',
}

export const UserPage = ({ user }: { user: UserView }) => (
  <>
    <PageHead title={user.name} trail={[{ href: '/users', label: 'Pengguna' }]}
      badge={<Badge tone={STATUS_TONES[user.status]}>{STATUS_LABELS[user.status]}</Badge>} />
    <Facts items={[
      { label: 'Nama pengguna', value: user.username },
      { label: 'Telepon', value: user.phone },
      { label: 'Peran', value: ROLE_LABELS[user.role] },
      { label: 'Wilayah tugas', value: <ul class="plain">{user.places.map(({ name, code }) => <li>{name}{code && ` (${code})`}</li>)}</ul>, wide: true },
      { label: 'Dibuat', value: formatDateTime(user.createdAt) },
      { label: 'Terakhir masuk', value: user.lastSignIn ? formatDateTime(user.lastSignIn) : 'belum pernah' },
      { label: 'Verifikasi dua langkah', value: user.hasFactor ? 'Terpasang' : user.needsFactor ? 'Belum dipasang; wajib saat masuk berikutnya' : 'Belum dipasang' },
      ...(user.passkeys.length > 0 ? [{ label: 'Kunci perangkat', value: <ul class="plain">{user.passkeys.map(({ name, createdAt, lastUsedAt, blockedAt }) => (
        <li>{name}: dibuat {formatDate(createdAt)}, {lastUsedAt ? `terakhir dipakai ${formatDate(lastUsedAt)}` : 'belum pernah dipakai'} {blockedAt && <Badge tone="bad">Diblokir</Badge>}</li>
      ))}</ul>, wide: true }] : []),
      { label: 'Perangkat yang sedang masuk', value: formatNumber(user.sessionCount) },
      { label: 'Rumah tangga yang dipegang', value: formatNumber(user.held) },
    ]} />
    {user.oneTimeEnd && <OneTimeNotice end={user.oneTimeEnd} isOver={user.isOneTimeOver} />}
    {user.lock && <LockNotice lock={user.lock} id={user.id} isOneself={user.isOneself} />}
    {user.held > 0 && user.status === 'suspended' && (
      <Notice tone="warn"><p>Akun ini masih memegang {formatNumber(user.held)} rumah tangga. Minta Dinsos kab/kota menugaskannya kepada petugas lain.</p></Notice>
    )}
    {user.isOneself ? <Card title="Akun Anda sendiri"><LinkButton href="/account">Buka akun saya</LinkButton></Card> : <Actions user={user} />}
    <Card title="Riwayat akun">
      {user.history.length === 0 && <p>Belum ada perubahan yang dicatat.</p>}
      <Timeline items={user.history.map(({ at, action, by, details }) => ({
        at: formatDateTime(at), iso: at, title: PAST[action] ?? action, by: by ?? 'Sistem', note: (JSON.parse(details) as { reason?: string }).reason,
      }))} />
    </Card>
  </>
)

const OneTimeNotice = ({ end, isOver }: { end: string, isOver: boolean }) => isOver
  ? <Notice tone="warn" title="Kata sandi sementara sudah tidak berlaku"><p>Lewat sejak {formatDateTime(end)} tanpa diganti. Setel ulang kata sandi untuk membuat yang baru.</p></Notice>
  : <Notice tone="info"><p>Kata sandi sementara berlaku sampai {formatDateTime(end)}, lalu harus dibuat lagi.</p></Notice>

const LockNotice = ({ lock: { failures, openAt }, id, isOneself }: { lock: NonNullable<UserView['lock']>, id: string, isOneself: boolean }) => (
  <Notice tone="warn" title={`Masuk terkunci setelah ${failures} percobaan yang salah`}>
    <p>{openAt ? `Terbuka sendiri ${formatDateTime(openAt)}.` : 'Tidak terbuka sendiri.'} Pastikan dahulu kepada orangnya bahwa memang ia yang mencoba.</p>
    {!isOneself && <PostButton action={`/users/${id}/unlocking`}>Buka kunci</PostButton>}
  </Notice>
)

// Where it is the only way in, the reset is what helps.
const PasskeyRemoval = ({ user: { id, passkeys, ways } }: { user: UserView }) => passkeys.length === 0 || (!ways.totp && passkeys.length === 1) ? null : (
  <Confirm label="Hapus satu kunci perangkat">
    <p>Untuk pengguna yang kehilangan satu perangkat dan masih bisa masuk dengan cara lain. Ia dikeluarkan dari semua perangkat.</p>
    <Form action={`/users/${id}/passkey-removal`} hx-post={`/users/${id}/passkey-removal`} guard={false}>
      <SelectField name="passkey" label="Kunci perangkat" required options={passkeys.map((key) => ({ value: key.id, label: `${key.name}, dibuat ${formatDate(key.createdAt)}` }))} />
      <TextArea name="reason" id="f-passkey-reason" label="Alasan" required maxlength={300} rows={2} />
      <Button>Hapus kunci</Button>
    </Form>
  </Confirm>
)

const Actions = ({ user, user: { id, status, hasFactor, sessionCount } }: { user: UserView }) => (
  <Card title="Kelola akun">
    <LinkButton href={`/users/${id}/placement`}>Pindahkan tugas</LinkButton>
    <LinkButton href={`/users/${id}/details`}>Ubah nama atau telepon</LinkButton>
    {status === 'suspended' ? (
      <PostButton action={`/users/${id}/restoration`} tone="primary">Pulihkan akun</PostButton>
    ) : (
      <>
        <Confirm label="Setel ulang kata sandi">
          <p>Kata sandi lama tidak berlaku lagi dan semua perangkat dikeluarkan.</p>
          <PostButton action={`/users/${id}/password`} tone="primary">Buat kata sandi sementara</PostButton>
        </Confirm>
        {hasFactor && (
          <Confirm label="Setel ulang verifikasi dua langkah">
            <p>Untuk pengguna yang kehilangan HP dan kode pemulihannya. Aplikasi autentikator, semua kunci perangkat, dan kode pemulihannya dihapus. Kenali dahulu orangnya secara langsung. Ia masuk dengan kata sandinya sendiri, lalu memasang verifikasi lagi. Bila kata sandinya juga lupa, admin lain yang menyetelnya.</p>
            <Form action={`/users/${id}/factor-reset`} hx-post={`/users/${id}/factor-reset`} guard={false}>
              <TextArea name="reason" id="f-factor-reason" label="Alasan" required maxlength={300} rows={2} />
              <Button>Setel ulang verifikasi</Button>
            </Form>
          </Confirm>
        )}
        <PasskeyRemoval user={user} />
        {sessionCount > 0 && (
          <Confirm label="Keluarkan dari semua perangkat">
            <p>{formatNumber(sessionCount)} perangkat dikeluarkan. Pengguna bisa masuk lagi.</p>
            <PostButton action={`/users/${id}/sign-out`} tone="primary">Keluarkan sekarang</PostButton>
          </Confirm>
        )}
        <Confirm label="Tangguhkan akun" tone="danger">
          <Form action={`/users/${id}/suspension`} hx-post={`/users/${id}/suspension`}>
            <TextArea name="reason" label="Alasan" required maxlength={300} rows={2} />
            <Button tone="danger">Tangguhkan</Button>
          </Form>
        </Confirm>
      </>
    )}
  </Card>
)
