import type { MovedRow, Stretch, Way } from '#app/pictures/movement.ts'
import { PICTURED_LABELS, pictureHref, rowsHref, WAYS, type Asked } from '#views/pictures/links.ts'
import { formatDate } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: MovedRow[], next?: number, asked: Asked, stretch: Stretch, way: Way, place: string }

export const MovedPage = ({ rows, next, asked, stretch, way, place }: Props) => (
  <Stack>
    <PageHead title={`${PICTURED_LABELS[asked.programme].name}, ${WAYS[way].toLowerCase()} ${stretch.name}`} trail={[{ href: pictureHref(asked), label: 'Gambar program' }]} lead={place} />
    {rows.length === 0 ? <EmptyState title="Tidak ada penerima di sini">Penerima yang sejak itu pindah ke luar wilayah Anda tidak ditampilkan.</EmptyState> : (
      <>
        <Table caption="Penerima menurut waktunya" bodyId="berpindah" columns={['Penerima', 'Desa/kelurahan', 'Tanggal', 'Catatan']}>
          {rows.map(({ recipientId, name, number, village, at, note }) => (
            <Row>
              <Cell label="Penerima" lead><div><a href={`/programmes/${asked.programme}/recipients/${recipientId}`}>{name}</a>{number && <><br /><small class="hint">{number}</small></>}</div></Cell>
              <Cell label="Desa/kelurahan">{village}</Cell>
              <Cell label="Tanggal">{formatDate(at)}</Cell>
              <Cell label="Catatan">{note || '–'}</Cell>
            </Row>
          ))}
        </Table>
        <Pager bodyId="berpindah" nextHref={next === undefined ? undefined : rowsHref(asked, stretch.key, way, next)} />
      </>
    )}
  </Stack>
)
