import type { FactorState } from '#app/sessions/factors.ts'
import type { OwnSession } from '#app/sessions/own-sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'
import { PasskeyCard, type KeyProps } from '#views/sessions/passkeys.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatAge, formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = KeyProps & { actor: Actor, factor: FactorState, sessions: OwnSession[] }

export const AccountPage = ({ actor, factor, sessions, now, ...keys }: Props) => (
  <Stack>
    <PageHead title="Akun saya" lead="Bagaimana Anda masuk, dan di mana akun Anda sedang terbuka." />
    <Card title="Cara masuk">
      <Facts items={[
        { label: 'Nama pengguna', value: factor.username }, { label: 'Peran', value: ROLE_LABELS[actor.role] }, { label: 'Wilayah tugas', value: actor.regionLabel },
        { label: 'Verifikasi dua langkah', value: factor.confirmedAt ? `Terpasang sejak ${formatDate(factor.confirmedAt)}` : factor.isSet ? 'Dengan kunci perangkat' : 'Belum dipasang' },
        ...(factor.isSet ? [{ label: 'Kode pemulihan tersisa', value: `${factor.left} dari 10` }] : []),
      ]} />
      {factor.isSet && factor.left < 3 && <Notice tone="warn" title={`Kode pemulihan tersisa ${factor.left}`}><p>Buat yang baru sebelum habis: tanpa kode pemulihan dan tanpa HP, hanya admin yang bisa membuka akun Anda.</p></Notice>}
      <ActionBar>
        <LinkButton href="/password">Ganti kata sandi</LinkButton>
        <LinkButton href="/account/factor">{factor.isSet ? 'Atur verifikasi dua langkah' : 'Pasang verifikasi dua langkah'}</LinkButton>
      </ActionBar>
    </Card>
    <PasskeyCard factor={factor} now={now} {...keys} />
    <Card title="Perangkat yang masuk" actions={sessions.length > 1 && <PostButton action="/account/other-sessions/end" tone="secondary" small>Keluarkan semua perangkat lain</PostButton>}>
      <p class="hint">Ada yang tidak Anda kenal? Keluarkan, lalu ganti kata sandi.</p>
      <Table caption="Perangkat yang masuk" hideCaption columns={['Perangkat', 'Alamat jaringan', 'Masuk', 'Terakhir dipakai', { label: 'Tindakan', hide: true }]}>
        {sessions.map((one) => <SessionRow session={one} now={now} />)}
      </Table>
    </Card>
  </Stack>
)

const SessionRow = ({ session: { handle, device, address, begunAt, usedAt, isThis }, now }: { session: OwnSession, now: string }) => (
  <Row>
    <Cell label="Perangkat" lead>{device} {isThis && <Badge tone="good">Perangkat ini</Badge>}</Cell>
    <Cell label="Alamat jaringan">{address || 'tidak tercatat'}</Cell>
    <Cell label="Masuk">{formatDateTime(begunAt)}</Cell>
    <Cell label="Terakhir dipakai">{formatAge(usedAt, now)}</Cell>
    <Cell label="Tindakan" actions>{isThis ? <span class="hint">sedang dipakai</span> : <PostButton action={`/account/sessions/${handle}/end`} tone="secondary" small aria-label={`Keluarkan ${device}`}>Keluarkan</PostButton>}</Cell>
  </Row>
)
