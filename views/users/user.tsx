import type { UserView } from '#app/users/user-list.ts'
import { ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from '#views/users/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Timeline } from '#views/ui/page.tsx'

const PAST: Record<string, string> = {
  'user.invited': 'Diundang', 'user.moved': 'Dipindahkan', 'user.suspended': 'Ditangguhkan', 'user.restored': 'Dipulihkan',
  'user.password_reset': 'Kata sandi disetel ulang', 'user.password_changed': 'Mengganti kata sandi sendiri',
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
      { label: 'Perangkat yang sedang masuk', value: formatNumber(user.sessionCount) },
      { label: 'Rumah tangga yang dipegang', value: formatNumber(user.held) },
    ]} />
    {user.held > 0 && user.status === 'suspended' && (
      <Notice tone="warn"><p>Akun ini masih memegang {formatNumber(user.held)} rumah tangga. Minta Dinsos kab/kota menugaskannya kepada petugas lain.</p></Notice>
    )}
    {user.isOneself ? <Card title="Akun Anda sendiri"><LinkButton href="/password">Ganti kata sandi</LinkButton></Card> : <Actions user={user} />}
    <Card title="Riwayat akun">
      {user.history.length === 0 && <p>Belum ada perubahan yang dicatat.</p>}
      <Timeline items={user.history.map(({ at, action, by, details }) => ({
        at: formatDateTime(at), iso: at, title: PAST[action] ?? action, by: by ?? 'Sistem', note: (JSON.parse(details) as { reason?: string }).reason,
      }))} />
    </Card>
  </>
)

const Actions = ({ user: { id, status } }: { user: UserView }) => (
  <Card title="Kelola akun">
    <LinkButton href={`/users/${id}/placement`}>Pindahkan tugas</LinkButton>
    {status === 'suspended' ? (
      <PostButton action={`/users/${id}/restoration`} tone="primary">Pulihkan akun</PostButton>
    ) : (
      <>
        <Confirm label="Setel ulang kata sandi">
          <p>Kata sandi lama tidak berlaku lagi dan semua perangkat dikeluarkan.</p>
          <PostButton action={`/users/${id}/password`} tone="primary">Buat kata sandi sementara</PostButton>
        </Confirm>
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
