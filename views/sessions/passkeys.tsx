import type { FactorState } from '#app/sessions/factors.ts'
import type { OwnPasskey } from '#app/sessions/passkeys.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { PasskeyForm } from '#views/sessions/passkey.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { formatAge, formatDate } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

// here: the name in the address people know us by; undefined where no key works. device: what to call a new one.
export type KeyProps = { here?: string, device: string, againHref?: string, now: string }
type Problem = { message: string, fields: Record<string, string> }
type Props = KeyProps & { factor: FactorState, problem?: Problem }

export const PasskeysPage = ({ problem, ...rest }: Props) => (
  <Stack>
    <PageHead title="Kunci perangkat" trail={[{ href: '/account', label: 'Akun saya' }]} />
    {problem && <ProblemPanel problem={problem} />}
    <PasskeyCard {...rest} problem={problem} />
  </Stack>
)

// Whose keys there are, and where the browser can, how to make one more.
export const PasskeyCard = ({ factor, here, device, againHref, now, problem }: Props) => (
  <Card title="Kunci perangkat (passkey)">
    <p>Masuk dengan sidik jari, wajah, atau PIN HP dan komputer Anda, tanpa mengetik kata sandi. Kunci ini tidak bisa dicuri lewat situs tiruan.</p>
    {factor.passkeys.length > 0 && <OwnKeys keys={factor.passkeys} here={here} now={now} />}
    {!here ? <p class="hint">Kunci perangkat hanya bisa dibuat lewat alamat SIKS yang diawali https.</p> : againHref ? (
      <>
        <p class="hint">Untuk menambah atau menghapus kunci, masuk ulang dahulu.</p>
        <LinkButton href={againHref}>Masuk ulang</LinkButton>
      </>
    ) : <NewKey factor={factor} device={device} problem={problem} />}
  </Card>
)

const NewKey = ({ factor, device, problem }: Pick<Props, 'factor' | 'device' | 'problem'>) => (
  <>
    {!factor.isSet && !factor.isCompulsory && <p class="hint">Setelah itu, kata sandi saja tidak cukup lagi: masuk dengan kata sandi juga memerlukan kunci ini atau satu kode pemulihan.</p>}
    <p class="hint" data-passkey-old>Untuk menambah kunci, buka halaman ini dengan Chrome, Edge, Firefox, atau Safari yang terbaru di perangkat yang Anda pakai sendiri.</p>
    <PasskeyForm kind="create" action="/account/factor/passkeys" label="Tambah kunci perangkat ini">
      <TextField name="name" label="Nama kunci" value={device} required maxlength={60} width="medium" autocomplete="off" error={problem?.fields.name}
        hint="Supaya Anda mengenalinya nanti. Jangan menambah kunci di perangkat yang dipakai bergantian." />
    </PasskeyForm>
  </>
)

const OwnKeys = ({ keys, here, now }: { keys: OwnPasskey[], here?: string, now: string }) => (
  <>
    {keys.some(({ blockedAt }) => blockedAt) && (
      <Notice tone="bad" title="Ada kunci yang disalin">
        <p>Kunci yang sama dipakai dari dua perangkat, jadi diblokir. Hapus kunci itu, ganti kata sandi Anda, lalu beri tahu admin sistem.</p>
      </Notice>
    )}
    <Table caption="Kunci perangkat Anda" hideCaption columns={['Nama', 'Dibuat', 'Terakhir dipakai', { label: 'Tindakan', hide: true }]}>
      {keys.map((key) => <KeyRow one={key} here={here} now={now} />)}
    </Table>
  </>
)

const KeyRow = ({ one: { id, name, createdAt, lastUsedAt, blockedAt, rpId, backedUp }, here, now }: { one: OwnPasskey, here?: string, now: string }) => (
  <Row>
    <Cell label="Nama" lead>
      {name} {blockedAt && <Badge tone="bad">Diblokir</Badge>} {here && rpId !== here && <Badge tone="warn">{`Untuk alamat ${rpId}`}</Badge>}
      {backedUp && <><br /><small class="hint">tersimpan juga di akun pembuat perangkatnya</small></>}
    </Cell>
    <Cell label="Dibuat">{formatDate(createdAt)}</Cell>
    <Cell label="Terakhir dipakai">{lastUsedAt ? formatAge(lastUsedAt, now) : 'belum pernah'}</Cell>
    <Cell label="Tindakan" actions>
      <Confirm label="Hapus" tone="quiet" small>
        <p>Kunci “{name}” tidak bisa dipakai masuk lagi. Perangkat yang sedang masuk tetap masuk.</p>
        <PostButton action={`/account/factor/passkeys/${id}/removal`} tone="danger" small>Hapus kunci ini</PostButton>
      </Confirm>
    </Cell>
  </Row>
)
