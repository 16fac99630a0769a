import { VIA } from '#app/deliveries/held-words.ts'
import type { Arrival, DeviceRow, DeviceView } from '#app/devices/history.ts'
import { SequenceStrip } from '#views/devices/strip.tsx'
import { missingWords, STATUS_TONES, STATUS_WORDS } from '#views/devices/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { device: DeviceView, now: string }
const addressOf = ({ id, userId }: DeviceView) => `/devices/${id}/${userId}`

export const DevicePage = ({ device, now }: Props) => (
  <>
    <PageHead title={device.officerName} lead={device.label} trail={[{ href: '/devices', label: 'HP petugas' }]}
      badge={device.revokedAt ? <Badge tone="bad">Akses dicabut</Badge> : undefined} />
    {device.revokedAt && <Revoked device={device} />}
    {device.missing > 0 && (
      <Notice tone="bad" title={missingWords(device.ranges, device.made)}>
        <p>Kunjungan itu masih tersimpan di HP. Minta petugas membuka aplikasi di tempat yang bersinyal, atau menyimpannya ke berkas dan menyerahkannya. HP terakhir terhubung {formatAge(device.lastSeenAt, now)}.</p>
      </Notice>
    )}
    {device.lostPhotos > 0 && (
      <Notice tone="warn" title={`${formatNumber(device.lostPhotos)} foto dari HP ini hilang di server`}>
        <p>Salinannya diminta lagi saat HP terhubung. <a href="/devices/photos">Lihat foto satu per satu</a></p>
      </Notice>
    )}
    <Card title="Keadaan HP">
      <Facts compact items={[
        { label: 'Kontak terakhir', value: `${formatDateTime(device.lastSeenAt)} (${formatAge(device.lastSeenAt, now)})` },
        { label: 'Unduhan wilayah', value: device.packAt ? `${formatDateTime(device.packAt)} (${formatAge(device.packAt, now)})` : 'Belum pernah' },
        { label: 'Terdaftar', value: formatDateTime(device.registeredAt) },
        { label: 'Kunjungan dibuat', value: formatNumber(device.made) },
        { label: 'Sudah tiba', value: formatNumber(device.arrived) },
        { label: 'Menunggu foto', value: formatNumber(device.waiting) },
        { label: 'Ditahan', value: formatNumber(device.held) },
      ]} />
    </Card>
    {device.made === 0
      ? <EmptyState title="Belum ada kunjungan dari HP ini" />
      : <Sequence device={device} />}
    {device.revokes && <Access device={device} />}
  </>
)

const Revoked = ({ device }: { device: DeviceView }) => (
  <Notice tone="warn" title={`Akses dicabut${device.revokedByName ? ` oleh ${device.revokedByName}` : ''}, ${formatDateTime(device.revokedAt)}`}>
    <p>{device.revokeNote}</p>
    <p>{device.lastSeenAt > device.revokedAt! ? 'HP sudah terhubung sesudahnya, jadi data wilayah di dalamnya sudah dihapus.' : 'HP belum terhubung sesudahnya; data di dalamnya terkunci dengan PIN.'}</p>
  </Notice>
)

const Sequence = ({ device }: { device: DeviceView }) => (
  <Card title="Kunjungan menurut nomor">
    <SequenceStrip cells={device.strip} made={device.made} />
    <Table caption="Kunjungan menurut nomor" hideCaption bodyId="nomor" dense
      columns={['Nomor', 'Keadaan', 'Foto', 'Tiba', ...(device.seesHouseholds ? ['Rumah tangga'] : [])]}>
      {device.rows.map((row) => <Line row={row} device={device} />)}
    </Table>
    <Pager bodyId="nomor" nextHref={device.next === null ? null : `${addressOf(device)}?after=${device.next}`}
      previousHref={device.previous === null ? null : `${addressOf(device)}?after=${device.previous}`} />
  </Card>
)

const Line = ({ row, device }: { row: DeviceRow, device: DeviceView }) => 'missing' in row
  ? (
    <Row tone="bad">
      <Cell label="Nomor" lead>{row.missing.from === row.missing.to ? row.missing.from : `${row.missing.from}–${row.missing.to}`}</Cell>
      <Cell label="Keadaan"><Badge tone="bad">Belum tiba</Badge></Cell>
      <Cell label="Foto">–</Cell>
      <Cell label="Tiba">–</Cell>
      {device.seesHouseholds && <Cell label="Rumah tangga">Belum diketahui</Cell>}
    </Row>
  )
  : <Arrived arrival={row.arrival} device={device} />

const Arrived = ({ arrival, device }: { arrival: Arrival, device: DeviceView }) => (
  <Row tone={arrival.status === 'held' ? 'warn' : undefined}>
    <Cell label="Nomor" lead>{arrival.sequence}</Cell>
    <Cell label="Keadaan">
      <div>
        {arrival.status === 'held' && device.settles
          ? <a href={`/deliveries/${arrival.id}/case`}>Ditahan, putuskan</a>
          : <Badge tone={STATUS_TONES[arrival.status]}>{STATUS_WORDS[arrival.status]}</Badge>}
        {arrival.reason === 'merged' && <> <small class="hint">digabung</small></>}
      </div>
    </Cell>
    <Cell label="Foto">{`${formatNumber(arrival.photosStored)} dari ${formatNumber(arrival.photoCount)}`}</Cell>
    <Cell label="Tiba"><div><time datetime={arrival.receivedAt}>{formatDateTime(arrival.receivedAt)}</time>{arrival.via !== 'network' && <> <small class="hint">lewat {VIA[arrival.via].toLowerCase()}</small></>}</div></Cell>
    {device.seesHouseholds && <Cell label="Rumah tangga">{arrival.householdId ? <a href={`/households/${arrival.householdId}`}>{arrival.headName}</a> : 'Di luar wilayah Anda'}</Cell>}
  </Row>
)

const Access = ({ device }: { device: DeviceView }) => (
  <Card title="Akses HP">
    {device.revokedAt
      ? (
        <>
          <p>Bila HP sudah ditemukan atau dikembalikan, pulihkan aksesnya supaya pekerjaan yang belum terkirim bisa dibuka dan dikirim.</p>
          <PostButton action={`${addressOf(device)}/restoration`} tone="secondary">Pulihkan akses</PostButton>
        </>
      )
      : (
        <>
          <p>Bila HP hilang atau petugas berhenti, cabut aksesnya. Saat HP terhubung lagi, data wilayah di dalamnya dihapus; pekerjaan yang belum terkirim tetap ada, terkunci.</p>
          <Confirm label="Cabut akses HP" tone="danger">
            <Form action={`${addressOf(device)}/revocation`} hx-post={`${addressOf(device)}/revocation`} hx-swap="none">
              <TextArea name="note" label="Alasan pencabutan" required rows={2} maxlength={500} hint="Misalnya: HP hilang di pasar, dilaporkan petugas." />
              <Button tone="danger">Ya, cabut akses</Button>
            </Form>
          </Confirm>
        </>
      )}
  </Card>
)
