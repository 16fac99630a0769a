import type { Distribution, DesilCount, PlaceCounts } from '#app/dtsen/reports.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { Narrowing, ReportTabs, SnapshotChoice } from '#views/dtsen/frame.tsx'
import { query, snapshotName, WHO_SETS_IT } from '#views/dtsen/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatDate, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = {
  region: string, place: string, places: PlaceChoices, snapshot?: Snapshot, snapshots: Snapshot[], current: string[], distribution?: Distribution, mayImport: boolean
}

export const DistributionPage = ({ region, place, places, snapshot, snapshots, current, distribution, mayImport }: Props) => (
  <Stack>
    <PageHead title="Desil DTSEN" lead={WHO_SETS_IT}
      actions={mayImport ? <LinkButton href="/dtsen/snapshots" tone="primary">Potret dan impor</LinkButton> : undefined} />
    <ReportTabs current="/dtsen" region={region} />
    {snapshot && distribution
      ? (
        <>
          <Narrowing action="/dtsen" places={places} region={region}>
            <SnapshotChoice name="snapshot" label="Potret desil" snapshots={snapshots} chosen={snapshot.id} current={current} />
          </Narrowing>
          {!current.includes(snapshot.id) && <Notice tone="warn"><p>Potret ini bukan yang berlaku. Yang berlaku adalah yang tanggal datanya paling baru.</p></Notice>}
          <Source snapshot={snapshot} />
          <Card title={`Sebaran desil di ${place}`} actions={<LinkButton href={`/dtsen/distribution.csv?${query({ region, snapshot: snapshot.id })}`} download>Unduh CSV</LinkButton>}>
            {distribution.places.length === 0
              ? <p>Potret ini tidak memuat keluarga di {place}.</p>
              : <><Picture total={distribution.total} snapshot={snapshot} region={region} /><Places distribution={distribution} snapshot={snapshot} region={region} /></>}
          </Card>
        </>
      )
      : <NoSnapshot mayImport={mayImport} />}
  </Stack>
)

export const NoSnapshot = ({ mayImport }: { mayImport?: boolean }) => (
  <EmptyState title="Belum ada desil untuk wilayah ini" action={mayImport ? <LinkButton href="/dtsen/snapshots/new" tone="primary">Unggah potret desil</LinkButton> : undefined}>
    Desil tampil setelah Dinsos atau Pusdatin mengimpor snapshot DTSEN.
  </EmptyState>
)

const Source = ({ snapshot }: { snapshot: Snapshot }) => (
  <Facts items={[
    { label: 'Potret desil', value: snapshot.label }, { label: 'Tanggal data', value: formatDate(snapshot.effectiveOn) },
    { label: 'Sumber', value: snapshot.source }, { label: 'Keluarga', value: formatNumber(snapshot.rowCount) },
  ]} />
)

type Shown = { snapshot: Snapshot, region: string }
const rowsHref = ({ snapshot, region }: Shown, more: { desil?: number, kind?: string } = {}) => `/dtsen/rows?${query({ region, snapshot: snapshot.id, ...more })}`

const Picture = ({ total, ...shown }: Shown & { total: DesilCount[] }) => (
  <StackedBars title={`Keluarga menurut desil, ${snapshotName(shown.snapshot)}`} labelHeading="Desil" description="Desil 1 paling rendah kesejahteraannya, desil 10 paling tinggi."
    series={[{ key: 'found', label: 'Ada di registri', tone: 1 }, { key: 'unknown', label: 'Tidak ada di registri', tone: 3 }]}
    rows={total.map((values, i) => ({ label: `Desil ${i + 1}`, href: rowsHref(shown, { desil: i + 1 }), values }))} />
)

const Places = ({ distribution: { places }, snapshot, region }: Shown & { distribution: Distribution }) => (
  <Table caption={`Menurut ${region.length >= 8 ? 'desa/kelurahan' : 'wilayah di bawahnya'}`} dense
    columns={['Wilayah', ...Array.from({ length: 10 }, (_, i) => right(String(i + 1))), right('Jumlah'), right('Tidak di registri')]}>
    {places.map((place) => <PlaceRow place={place} snapshot={snapshot} region={region} />)}
  </Table>
)

const PlaceRow = ({ place, snapshot, region }: Shown & { place: PlaceCounts }) => {
  const told = place.code !== region || region.length === 13
  const at = { snapshot, region: place.code }
  return (
    <Row>
      <Cell label="Wilayah" lead>{told && region.length < 13 ? <a href={`/dtsen?${query({ region: place.code, snapshot: snapshot.id })}`}>{place.name}</a> : place.name}</Cell>
      {place.byDesil.map(({ found, unknown }, i) => (
        <Cell label={`Desil ${i + 1}`} align="right">{found + unknown > 0 && told ? <a href={rowsHref(at, { desil: i + 1 })}>{formatNumber(found + unknown)}</a> : formatNumber(found + unknown)}</Cell>
      ))}
      <Cell label="Jumlah" align="right"><strong>{formatNumber(place.found + place.unknown)}</strong></Cell>
      <Cell label="Tidak di registri" align="right">
        <span>
          {place.unknown > 0 && told ? <a href={rowsHref(at, { kind: 'unknown' })}>{formatNumber(place.unknown)}</a> : formatNumber(place.unknown)}
          <small class="hint"> {formatPercent(place.unknown, place.found + place.unknown)}</small>
        </span>
      </Cell>
    </Row>
  )
}
