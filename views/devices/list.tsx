import type { LedgerPlace, LedgerRow, Totals } from '#app/devices/ledger.ts'
import type { LostCounts } from '#app/devices/lost-list.ts'
import { missingWords } from '#views/devices/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatAge, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: LedgerRow[], next: LedgerPlace | null, totals: Totals, lost: LostCounts, now: string }

export const DevicesPage = ({ rows, next, totals, lost, now }: Props) => (
  <>
    <PageHead title="HP petugas" lead="Setiap HP memberi nomor pada kunjungan yang dibuatnya. Nomor yang belum tiba masih ada di HP: jangan hapus aplikasinya, hubungi petugasnya." />
    <Stats items={[
      { label: 'Belum tiba', value: formatNumber(totals.missing), tone: totals.missing > 0 ? 'bad' : 'good',
        note: totals.missing > 0 ? `Kunjungan dari ${formatNumber(totals.phonesMissing)} HP` : 'Semua kunjungan sudah tiba' },
      { label: 'Foto menunggu', value: formatNumber(totals.waiting), tone: totals.waiting > 0 ? 'info' : 'neutral', note: 'Jawabannya sudah aman di server' },
      { label: 'Ditahan', value: formatNumber(totals.held), tone: totals.held > 0 ? 'warn' : 'neutral', note: 'Menunggu keputusan' },
      { label: 'HP terdaftar', value: formatNumber(totals.phones), note: totals.silent > 0 ? `${formatNumber(totals.silent)} tanpa kabar lebih dari 3 hari` : undefined },
    ]} />
    {lost.open + lost.back > 0 && (
      <Notice tone={lost.open > 0 ? 'bad' : 'good'} title={lost.open > 0 ? `${formatNumber(lost.open)} foto kunjungan hilang di server` : 'Semua foto yang hilang di server sudah kembali'}>
        <p>{lost.open > 0 && 'HP yang masih menyimpan salinannya mengirim ulang begitu terhubung. '}<a href="/devices/photos">Lihat foto satu per satu</a></p>
      </Notice>
    )}
    {rows.length === 0
      ? <EmptyState title="Belum ada HP yang terdaftar">HP terdaftar sendiri ketika petugas menyiapkannya untuk bekerja tanpa sinyal.</EmptyState>
      : (
        <>
          <Table caption="HP petugas, yang paling perlu dilihat lebih dahulu" bodyId="hp" columns={['Petugas', 'Yang belum beres', 'Sudah tiba', 'Kontak terakhir', 'Unduhan wilayah']}>
            {rows.map((row) => <DeviceLine row={row} now={now} />)}
          </Table>
          <Pager bodyId="hp" nextHref={next && `/devices?after=${encodeURIComponent(cursorOf(next))}`} />
        </>
      )}
  </>
)

const cursorOf = ({ missing, held, waiting, lastSeenAt, id, userId }: LedgerPlace) => [missing, held, waiting, lastSeenAt, id, userId].join('~')

const DeviceLine = ({ row, now }: { row: LedgerRow, now: string }) => (
  <Row tone={row.missing > 0 ? 'bad' : row.held > 0 ? 'warn' : undefined}>
    <Cell label="Petugas" lead><a href={`/devices/${row.id}/${row.userId}`}>{row.officerName}</a><br /><small class="hint">{row.label}</small></Cell>
    <Cell label="Yang belum beres"><Unsettled row={row} /></Cell>
    <Cell label="Sudah tiba">{row.made === 0 ? 'Belum ada kunjungan' : `${formatNumber(row.arrived)} dari ${formatNumber(row.made)}`}</Cell>
    <Cell label="Kontak terakhir"><time datetime={row.lastSeenAt}>{formatAge(row.lastSeenAt, now)}</time></Cell>
    <Cell label="Unduhan wilayah">{row.packAt ? <time datetime={row.packAt}>{formatAge(row.packAt, now)}</time> : 'Belum pernah'}</Cell>
  </Row>
)

const Unsettled = ({ row: { ranges, made, missing, held, waiting, revokedAt } }: { row: LedgerRow }) => (
  <div>
    {missing > 0 && <p>{missingWords(ranges, made)}</p>}
    <span class="badges">
      {held > 0 && <Badge tone="warn">{formatNumber(held)} ditahan</Badge>}
      {waiting > 0 && <Badge tone="info">{formatNumber(waiting)} menunggu foto</Badge>}
      {revokedAt && <Badge tone="bad">Akses dicabut</Badge>}
      {missing === 0 && held === 0 && waiting === 0 && !revokedAt && <Badge tone="good">Semua sudah tiba</Badge>}
    </span>
  </div>
)
