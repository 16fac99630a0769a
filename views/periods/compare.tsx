import type { ComparisonView, PlaceChanges } from '#app/periods/comparisons.ts'
import type { DifferenceKind } from '#app/periods/comparing.ts'
import type { ListedPeriod } from '#app/periods/periods.ts'
import { Choosing } from '#views/periods/choosing.tsx'
import { TRAIL } from '#views/periods/labels.ts'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { view?: ComparisonView, choices: ListedPeriod[] }

export const ComparePage = ({ view, choices }: Props) => (
  <div class="stack">
    <PageHead title="Bandingkan dua periode" trail={[...TRAIL, ...(view ? view.place.path.map(({ code, name }) => ({ href: addressOf(view, { region: code }), label: name })) : [])]}
      lead={view ? `${view.from.name} dibandingkan dengan ${view.to.name} · ${view.place.name}` : 'Siapa yang masuk, keluar, pindah, dan berubah.'} />
    {view && <ComparisonState view={view} />}
    {choices.length > 1
      ? <Card title={view ? 'Bandingkan yang lain' : undefined}><Choosing periods={choices} from={view?.from.id} to={view?.to.id} /></Card>
      : !view && <EmptyState title="Belum ada yang bisa dibandingkan"><p>Perbandingan memerlukan dua periode yang sudah ditutup dan dipotret.</p></EmptyState>}
  </div>
)

type Address = { region?: string, kind?: DifferenceKind }
const queryOf = ({ from, to }: Pick<ComparisonView, 'from' | 'to'>, more: Address = {}) =>
  new URLSearchParams({ from: from.id, to: to.id, ...(more.region && { region: more.region }), ...(more.kind && { kind: more.kind }) })
const addressOf = (view: Pick<ComparisonView, 'from' | 'to'>, more: Address) => `/periods/compare?${queryOf(view, more)}`
export const rowsAddress = (view: Pick<ComparisonView, 'from' | 'to'>, region: string, kind: DifferenceKind) => `/periods/compare/rows?${queryOf(view, { region, kind })}`

// While it is counted the part asks for itself again; without script the link does.
export const ComparisonState = ({ view }: { view: ComparisonView }) => {
  const { comparison } = view
  if (comparison?.status === 'ready') return <div id="hasil" class="stack"><Result view={view} /></div>
  if (!comparison) {
    return (
      <div id="hasil">
        <Notice><p>Perbandingan ini belum pernah dihitung.</p>
          <PostButton action="/periods/comparisons" fields={{ from: view.from.id, to: view.to.id }}>Hitung perbandingan</PostButton>
        </Notice>
      </div>
    )
  }
  return (
    <div id="hasil" aria-live="polite" {...askingAgain(addressOf(view, { region: view.place.code }))}>
      <Notice tone={comparison.status === 'failed' ? 'bad' : 'info'} title={comparison.status === 'failed' ? 'Perbandingan terhenti, sistem mencoba lagi setiap jam' : 'Perbandingan sedang dihitung'}>
        <Progress label="Rumah tangga dibandingkan" value={comparison.done} max={comparison.total} />
        <p><a href={addressOf(view, {})}>Muat ulang</a> untuk melihat kemajuan. Hasilnya disimpan, jadi Anda boleh meninggalkan halaman ini.</p>
      </Notice>
    </div>
  )
}

const Result = ({ view }: { view: ComparisonView }) => {
  const { total, rows, place, reasons } = view
  const heading = LEVEL_LABELS[place.below.level] ?? 'Wilayah'
  return (
    <>
      <Stats items={[
        { label: view.from.name, value: formatNumber(total.before), note: 'rumah tangga' },
        { label: 'Masuk', value: formatNumber(total.entries), tone: total.entries ? 'good' : 'neutral' },
        { label: 'Keluar', value: formatNumber(total.exits), tone: total.exits ? 'warn' : 'neutral' },
        ...(total.movedIn + total.movedOut > 0 ? [{ label: 'Pindah desa', value: `+${formatNumber(total.movedIn)} / −${formatNumber(total.movedOut)}`, note: 'datang / pergi' }] : []),
        { label: view.to.name, value: formatNumber(total.after), note: 'rumah tangga' },
      ]} />
      <Card title={`Perubahan per ${heading.toLowerCase()}`} actions={<LinkButton small href={`/periods/compare/difference.csv?${queryOf(view, { region: place.code })}`} download>Unduh CSV</LinkButton>}>
        {rows.length === 0 ? <p>Tidak ada rumah tangga di wilayah ini dalam kedua periode.</p> : (
          <>
            <StackedBars bare title="Yang masuk, keluar, pindah, dan berubah" labelHeading={heading} series={SERIES} rows={rows.map((row) => ({
              label: row.name, href: placeLink(view, row), values: { entries: row.entries, exits: row.exits, moved: row.movedIn + row.movedOut, changed: row.members + row.head + row.address },
            }))} />
            <Places view={view} heading={heading} />
          </>
        )}
      </Card>
      {reasons.length > 0 && (
        <Card title="Alasan keluar">
          <Table caption="Alasan keluar" hideCaption dense columns={['Alasan', { label: 'Rumah tangga', align: 'right' }]}>
            {reasons.map(({ label, count }) => (
              <Row><Cell label="Alasan" lead>{label}</Cell><Cell label="Rumah tangga" align="right">{formatNumber(count)}</Cell></Row>
            ))}
          </Table>
        </Card>
      )}
    </>
  )
}

const SERIES = [
  { key: 'entries', label: 'Masuk', tone: 1 as const }, { key: 'exits', label: 'Keluar', tone: 3 as const },
  { key: 'moved', label: 'Pindah desa', tone: 4 as const }, { key: 'changed', label: 'Isian berubah', tone: 2 as const },
]

const placeLink = (view: ComparisonView, { code }: PlaceChanges) => view.place.below.level < 4 ? addressOf(view, { region: code }) : undefined

// Each number of a desa leads to the households behind it.
const COLUMNS: { label: string, key: 'entries' | 'exits' | 'movedIn' | 'movedOut' | 'members' | 'head' | 'address', kind: DifferenceKind }[] = [
  { label: 'Masuk', key: 'entries', kind: 'entry' }, { label: 'Keluar', key: 'exits', kind: 'exit' },
  { label: 'Pindah datang', key: 'movedIn', kind: 'moved_in' }, { label: 'Pindah pergi', key: 'movedOut', kind: 'moved_out' },
  { label: 'Anggota berubah', key: 'members', kind: 'changed' }, { label: 'Kepala berganti', key: 'head', kind: 'changed' }, { label: 'Alamat berubah', key: 'address', kind: 'changed' },
]

const Places = ({ view, heading }: { view: ComparisonView, heading: string }) => (
  <Table caption={`Angka per ${heading.toLowerCase()}`} dense columns={[heading, { label: 'Semula', align: 'right' }, ...COLUMNS.map(({ label }) => ({ label, align: 'right' as const })), { label: 'Menjadi', align: 'right' }]}>
    {view.rows.map((row) => (
      <Row>
        <Cell label={heading} lead>{placeLink(view, row) ? <a href={placeLink(view, row)}>{row.name}</a> : row.name}</Cell>
        <Cell label="Semula" align="right">{formatNumber(row.before)}</Cell>
        {COLUMNS.map(({ label, key, kind }) => (
          <Cell label={label} align="right">
            {row[key] > 0 && view.place.below.level === 4
              ? <a href={rowsAddress(view, row.code, kind)} aria-label={`${label} di ${row.name}: ${formatNumber(row[key])}`}>{formatNumber(row[key])}</a> : formatNumber(row[key])}
          </Cell>
        ))}
        <Cell label="Menjadi" align="right">{formatNumber(row.after)}</Cell>
      </Row>
    ))}
  </Table>
)
