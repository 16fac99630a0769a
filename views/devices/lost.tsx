import type { LostCounts, LostPlace, LostRow } from '#app/devices/lost-list.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: LostRow[], next: LostPlace | null, counts: LostCounts, seesHouseholds: boolean, now: string }

export const LostPhotosPage = ({ rows, next, counts, seesHouseholds, now }: Props) => (
  <>
    <PageHead title="Foto hilang di server" trail={[{ href: '/devices', label: 'HP petugas' }]}
      lead="Foto kunjungan yang berkasnya hilang atau rusak di server. HP yang masih menyimpan salinannya mengirim ulang sendiri begitu terhubung." />
    <Stats items={[
      { label: 'Masih kurang', value: formatNumber(counts.open), tone: counts.open > 0 ? 'bad' : 'good', note: counts.open > 0 ? undefined : 'Tidak ada foto yang kurang' },
      { label: 'Sudah diminta', value: formatNumber(counts.asked), tone: counts.asked > 0 ? 'info' : 'neutral', note: counts.waiting > 0 ? `${formatNumber(counts.waiting)} menunggu HP terhubung` : undefined },
      { label: 'Sudah kembali', value: formatNumber(counts.back), tone: counts.back > 0 ? 'good' : 'neutral' },
      { label: 'Tanpa salinan di HP', value: formatNumber(counts.gone), tone: counts.gone > 0 ? 'bad' : 'neutral', note: counts.gone > 0 ? 'Tanyakan kepada petugasnya' : undefined },
    ]} />
    {counts.gone > 0 && (
      <Notice tone="warn" title="Sebagian foto tidak ada lagi di HP">
        <p>Cari dahulu di cadangan yang lebih lama (restore --missing --at …, oleh admin sistem). Bila tidak ada, tanyakan kepada petugas yang disebut: foto itu harus diambil lagi di rumahnya.</p>
      </Notice>
    )}
    {rows.length === 0
      ? <EmptyState title="Tidak ada foto yang hilang">Setiap pencadangan memeriksa semua berkas; yang hilang muncul di sini paling lama satu jam sesudahnya.</EmptyState>
      : (
        <>
          <Table caption="Foto yang hilang di server, yang perlu ditanyakan lebih dahulu" bodyId="foto" columns={['Petugas', 'Foto', 'Keadaan', 'Ditemukan hilang', ...(seesHouseholds ? ['Rumah tangga'] : [])]}>
            {rows.map((row) => <LostLine row={row} seesHouseholds={seesHouseholds} now={now} />)}
          </Table>
          <Pager bodyId="foto" nextHref={next && `/devices/photos?after=${encodeURIComponent([next.rank, next.foundAt, next.sha256].join('~'))}`} />
        </>
      )}
  </>
)

const LABELS = new Map<string, string>(PHOTO_KINDS.map(({ code, label }) => [code, label]))

const LostLine = ({ row, seesHouseholds, now }: { row: LostRow, seesHouseholds: boolean, now: string }) => (
  <Row tone={row.rank === 0 ? 'bad' : undefined}>
    <Cell label="Petugas" lead>
      <div>
        {row.deviceId && row.label !== null ? <a href={`/devices/${row.deviceId}/${row.userId}`}>{row.officerName}</a> : row.officerName}
        <br /><small class="hint">{row.label === null ? 'Tanpa HP terdaftar' : `${row.label}, terhubung ${formatAge(row.lastSeenAt!, now)}`}</small>
      </div>
    </Cell>
    <Cell label="Foto"><div>{LABELS.get(row.kind) ?? row.kind}{row.sequence !== null && <><br /><small class="hint">kunjungan nomor {row.sequence}</small></>}</div></Cell>
    <Cell label="Keadaan"><State row={row} /></Cell>
    <Cell label="Ditemukan hilang"><time datetime={row.foundAt}>{formatDateTime(row.foundAt)}</time></Cell>
    {seesHouseholds && <Cell label="Rumah tangga">{row.householdId ? <a href={`/households/${row.householdId}`}>{row.headName}</a> : 'Tidak dikenal'}</Cell>}
  </Row>
)

const State = ({ row: { backAt, backFrom, goneAt, deviceId, askedAt, officerName } }: { row: LostRow }) => {
  if (backAt) return <div><Badge tone="good">Sudah kembali</Badge> <small class="hint">{backFrom === 'phone' ? 'dikirim HP' : 'utuh lagi di server'}, {formatDateTime(backAt)}</small></div>
  if (goneAt) return <div><Badge tone="bad">Tidak ada lagi di HP</Badge> <small class="hint">Tanyakan kepada {officerName}</small></div>
  if (!deviceId) return <div><Badge tone="bad">Tidak pernah ada di HP</Badge> <small class="hint">Diisi di halaman daring. Tanyakan kepada {officerName}</small></div>
  if (askedAt) return <div><Badge tone="info">Sudah diminta</Badge> <small class="hint">{formatDateTime(askedAt)}</small></div>
  return <Badge tone="warn">Menunggu HP terhubung</Badge>
}
