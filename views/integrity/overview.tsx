import type { IntegrityOverview, Kind, PlaceCounts } from '#app/integrity/overview.ts'
import { KIND_WORDS } from '#views/integrity/words.ts'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatAge, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { overview: IntegrityOverview, lastJudged: string | null, now: string }

const KINDS = Object.keys(KIND_WORDS) as Kind[]
export const listHref = (region: string, kind?: Kind) => `/integrity/households?${new URLSearchParams({ region, ...(kind && { gate: kind }) })}`
const placeHref = ({ code, isVillage }: Pick<PlaceCounts, 'code' | 'isVillage'>) => isVillage ? listHref(code) : `/integrity?region=${code}`

export const IntegrityPage = ({ overview, lastJudged, now }: Props) => (
  <Stack>
    <PageHead title={overview.name ? `Integritas data ${overview.name}` : 'Integritas data'}
      trail={overview.trail.length > 0 ? overview.trail.map(({ code, name }) => ({ href: `/integrity?region=${code}`, label: name })) : undefined}
      lead="Lima kriteria Permensos 3/2021 pasal 8 untuk setiap rumah tangga aktif. Yang belum lolos tidak bisa disahkan sebelum diperbaiki." />
    <Judged overview={overview} lastJudged={lastJudged} now={now} />
    {overview.rows.length === 0
      ? <EmptyState title="Belum ada rumah tangga yang dinilai di sini">Penilaian berjalan sendiri setelah data masuk.</EmptyState>
      : <><Totals overview={overview} /><Chart overview={overview} /><Numbers overview={overview} /></>}
  </Stack>
)

// The page of a run that is still under way looks again by itself.
const Judged = ({ overview: { following }, lastJudged, now }: Props) => following && following.finishedAt === null
  ? (
    <div {...askingAgain('/integrity/progress', 3)} id="kemajuan">
      <Card title="Semua data sedang dinilai"><Progress label="Rumah tangga dinilai" value={following.done} max={following.total} /><p class="hint">Berjalan di belakang layar. Angka di halaman ini bertambah selama penilaian berjalan.</p><noscript><p><LinkButton href="/integrity">Muat ulang</LinkButton></p></noscript></Card>
    </div>
  )
  : <p class="hint" id="kemajuan">Terakhir dinilai: {lastJudged ? <time datetime={lastJudged}>{formatAge(lastJudged, now)}</time> : 'belum pernah'}. {following && following.waiting > 0 ? `${formatNumber(following.waiting)} rumah tangga berubah dan segera dinilai lagi.` : 'Setiap perubahan dinilai lagi dalam beberapa detik.'}</p>

export const JudgedPart = Judged

const Totals = ({ overview: { total } }: Pick<Props, 'overview'>) => (
  <Stats items={[
    { label: 'Rumah tangga dinilai', value: formatNumber(total.judged) },
    { label: 'Lolos kelima kriteria', value: formatNumber(total.judged - total.failing), note: formatPercent(total.judged - total.failing, total.judged), tone: 'good' },
    { label: 'Belum lolos', value: formatNumber(total.failing), tone: total.failing > 0 ? 'bad' : 'good' },
    { label: 'Dengan peringatan', value: formatNumber(total.w), tone: total.w > 0 ? 'warn' : 'good' },
  ]} />
)

const levelOf = (rows: PlaceCounts[]) => LEVEL_LABELS[rows[0]!.code.split('.').length] ?? 'Wilayah'
const MOST_BARS = 40

const Chart = ({ overview: { rows } }: Pick<Props, 'overview'>) => {
  const shown = [...rows].sort((one, other) => other.failing - one.failing).slice(0, MOST_BARS)
  return (
    <Card>
      <StackedBars title={`Yang belum lolos menurut kriteria, per ${levelOf(rows).toLowerCase()}`} labelHeading={levelOf(rows)}
        description={`Satu rumah tangga bisa terhitung pada beberapa kriteria.${rows.length > MOST_BARS ? ` Hanya ${MOST_BARS} terbanyak yang digambar; semuanya ada di tabel.` : ''}`}
        series={KINDS.map((key) => ({ key, label: KIND_WORDS[key].short, tone: KIND_WORDS[key].tone }))}
        rows={shown.map((row) => ({ label: row.name, href: placeHref(row), values: Object.fromEntries(KINDS.map((kind) => [kind, row[kind]])) }))} />
    </Card>
  )
}

const Numbers = ({ overview: { rows, total, place } }: Pick<Props, 'overview'>) => (
  <Table caption={`Jumlah rumah tangga per ${levelOf(rows).toLowerCase()}; pilih angka untuk membuka daftar kerjanya`} dense
    columns={[levelOf(rows), ...KINDS.map((kind) => ({ label: KIND_WORDS[kind].short, align: 'right' as const })), { label: 'Belum lolos', align: 'right' }, { label: 'Dinilai', align: 'right' }]}
    footer={rows.length > 1 && place !== '' ? <NumberRow row={{ ...total, code: place, name: 'Jumlah' }} /> : undefined}>
    {rows.map((row) => <NumberRow row={row} href={placeHref(row)} />)}
  </Table>
)

const NumberRow = ({ row, href }: { row: PlaceCounts, href?: string }) => (
  <Row>
    <Cell label="Wilayah" lead>{href ? <a href={href}>{row.name}</a> : row.name}</Cell>
    {KINDS.map((kind) => (
      <Cell label={KIND_WORDS[kind].short} align="right">
        {row[kind] === 0 ? '0' : <a href={listHref(row.code, kind)} aria-label={`${formatNumber(row[kind])}, ${KIND_WORDS[kind].short}, ${row.name}`}>{formatNumber(row[kind])}</a>}
      </Cell>
    ))}
    <Cell label="Belum lolos" align="right">{row.failing === 0 ? <Badge tone="good">0</Badge> : <strong>{formatNumber(row.failing)}</strong>}</Cell>
    <Cell label="Dinilai" align="right">{formatNumber(row.judged)}</Cell>
  </Row>
)

