import { Badge } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import type { Tone } from '#views/ui/types.ts'

// name is null while the phone is locked. photosLeft counts what the server does not have yet, photosAsked what it had and asks for once more.
export type DeliveryLine = {
  id: string, number: number, name: string | null, state: 'queued' | 'waiting_photos' | 'held' | 'accepted' | 'closed'
  photosLeft: number, photosAsked: number, trouble: string | null, canReopen: boolean, canSendAgain: boolean
}

const word = ({ state, photosLeft, photosAsked, trouble }: DeliveryLine): [Tone, string] => {
  if (trouble) return ['warn', state === 'held' ? 'Tersimpan di server, perlu perhatian' : 'Belum bisa dikirim']
  if (photosAsked > 0) return ['info', `Server meminta ${photosAsked} foto lagi, menunggu dikirim`]
  if (state === 'queued') return ['info', 'Aman di HP, menunggu dikirim']
  if (state === 'waiting_photos') return ['info', `Data aman di server, ${photosLeft} foto menunggu`]
  return state === 'held' ? ['warn', 'Tersimpan di server, menunggu koordinator'] : ['good', state === 'accepted' ? 'Lengkap di server' : 'Selesai']
}

export const DeliveryList = ({ lines }: { lines: DeliveryLine[] }) => lines.length === 0 ? <></> : (
  <Table caption="Kunjungan yang dikirim dari HP ini" hideCaption columns={['Kunjungan', 'Keadaan', { label: 'Tindakan', hide: true }]}>
    {lines.map((line) => <Delivery line={line} />)}
  </Table>
)

const Delivery = ({ line }: { line: DeliveryLine }) => {
  const [tone, words] = word(line)
  return (
    <Row id={`kiriman-${line.number}`}>
      <Cell label="Kunjungan" lead>{line.name ? `${line.number}. ${line.name}` : `Kunjungan nomor ${line.number}`}</Cell>
      <Cell label="Keadaan"><Badge tone={tone}>{words}</Badge>{line.trouble && <p>{line.trouble}</p>}</Cell>
      <Cell label="Tindakan" actions>
        {line.canReopen && <PostButton action={`/field/device/deliveries/${line.id}/reopening`} tone="secondary" small>Perbaiki lalu kirim lagi</PostButton>}
        {line.canSendAgain && <PostButton action={`/field/device/deliveries/${line.id}/resending`} tone="quiet" small>Kirim lagi</PostButton>}
      </Cell>
    </Row>
  )
}
