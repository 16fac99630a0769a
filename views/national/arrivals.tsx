import type { ArrivalRow } from '#app/national/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import { NationTabs, Upload } from '#views/national/frame.tsx'
import { Badge, type Tone } from '#views/ui/badge.tsx'
import { formatBytes, formatDateTime } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

const PAGE = 50
const OUTCOMES: Record<ArrivalRow['outcome'], { label: string, tone: Tone }> = {
  taken: { label: 'Diterima', tone: 'good' }, repeated: { label: 'Sudah pernah diterima', tone: 'neutral' }, refused: { label: 'Ditolak', tone: 'bad' },
}

type Props = { arrivals: ArrivalRow[], names: Map<string, string>, actor: Actor, newId: string }

export const ArrivalsPage = ({ arrivals, names, actor, newId }: Props) => (
  <Stack>
    <PageHead title="Kedatangan" lead="Setiap arsip yang datang, juga yang ditolak, dengan sebabnya." />
    <NationTabs current="/national/arrivals" />
    <Upload actor={actor} newId={newId} />
    {arrivals.length === 0 ? <EmptyState title="Belum ada arsip yang datang" /> : (
      <Table caption="Arsip, terbaru lebih dulu" bodyId="kedatangan" columns={['Arsip', 'Waktu', 'Kabupaten/kota', 'Hasil', 'Lewat', right('Ukuran')]}>
        {arrivals.slice(0, PAGE).map((one) => (
          <Row>
            <Cell label="Arsip" lead>{one.root ? <a href={`/national/batches/${one.root}`}>{one.name}</a> : one.name}</Cell>
            <Cell label="Waktu">{formatDateTime(one.arrivedAt)}</Cell>
            <Cell label="Kabupaten/kota">{one.regencyCode ? names.get(one.regencyCode) ?? one.regencyCode : '–'}</Cell>
            <Cell label="Hasil"><Badge tone={OUTCOMES[one.outcome].tone}>{OUTCOMES[one.outcome].label}</Badge>{one.problem && <p>{one.problem}</p>}</Cell>
            <Cell label="Lewat">{one.sender.startsWith('key:') ? 'Kunci pengiriman' : 'Formulir'}</Cell>
            <Cell label="Ukuran" align="right">{formatBytes(one.bytes)}</Cell>
          </Row>
        ))}
      </Table>
    )}
    <Pager bodyId="kedatangan" nextHref={arrivals.length > PAGE ? `/national/arrivals?before=${arrivals[PAGE - 1]!.id}` : undefined} />
  </Stack>
)
