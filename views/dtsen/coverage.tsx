import type { MissingHousehold } from '#app/dtsen/rows.ts'
import type { PlaceCoverage } from '#app/dtsen/reports.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { NoSnapshot } from '#views/dtsen/distribution.tsx'
import { Narrowing, ReportTabs } from '#views/dtsen/frame.tsx'
import { exportHref } from '#views/exports/links.ts'
import { query } from '#views/dtsen/words.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Place = { region: string, place: string, places: PlaceChoices }
type CoverageProps = Place & { counts: PlaceCoverage[], snapshot?: Snapshot }

export const CoveragePage = ({ region, place, places, counts, snapshot }: CoverageProps) => {
  const sum = (which: 'families' | 'withDesil') => counts.reduce((total, one) => total + one[which], 0)
  const [families, withDesil] = [sum('families'), sum('withDesil')]
  const unknown = `/dtsen/rows?${query({ region, snapshot: snapshot?.id, kind: 'unknown' })}`
  return (
    <Stack>
      <PageHead title="Cakupan desil" trail={[{ href: '/dtsen', label: 'Desil DTSEN' }]} lead="Keluarga di registri yang mempunyai desil dalam potret desil yang berlaku, dan yang belum." />
      <ReportTabs current="/dtsen/coverage" region={region} />
      <Narrowing action="/dtsen/coverage" places={places} region={region} />
      {families === 0 && !snapshot ? <NoSnapshot /> : (
        <>
          <Stats items={[
            { label: 'Keluarga di registri', value: formatNumber(families) },
            { label: 'Punya desil', value: formatNumber(withDesil), note: formatPercent(withDesil, families), tone: 'good' },
            { label: 'Tanpa desil', value: formatNumber(families - withDesil), note: 'lihat daftarnya', href: `/dtsen/missing?${query({ region })}`, tone: families > withDesil ? 'warn' : 'neutral' },
            { label: 'Di DTSEN, tidak di registri', value: <a href={unknown}>Lihat daftar</a>, note: 'mungkin perlu diusulkan' },
          ]} />
          <Card title={`Cakupan di ${place}`} actions={<LinkButton href={`/dtsen/coverage.csv?${query({ region })}`} download>Unduh CSV</LinkButton>}>
            <StackedBars title="Keluarga dengan dan tanpa desil" labelHeading="Wilayah"
              series={[{ key: 'withDesil', label: 'Punya desil', tone: 1 }, { key: 'missing', label: 'Tanpa desil', tone: 3 }]}
              rows={counts.map(({ code, name, families: all, withDesil: known }) => ({
                label: name, href: region.length < 8 ? `/dtsen/coverage?${query({ region: code })}` : `/dtsen/missing?${query({ region: code })}`, values: { withDesil: known, missing: all - known },
              }))} />
          </Card>
        </>
      )}
    </Stack>
  )
}

type MissingProps = Place & { rows: MissingHousehold[], next?: { region: string, number: number }, mayExport: boolean }

export const MissingPage = ({ region, place, places, rows, next, mayExport }: MissingProps) => (
  <Stack>
    <PageHead title="Keluarga tanpa desil" trail={[{ href: '/dtsen', label: 'Desil DTSEN' }, { href: `/dtsen/coverage?${query({ region })}`, label: 'Cakupan' }]}
      lead={`Rumah tangga di ${place} yang punya keluarga tanpa desil. Yang lazim: No. KK berbeda dengan DTSEN, atau keluarganya memang belum masuk DTSEN.`}
      actions={mayExport ? <LinkButton href={exportHref('dtsen-missing', `?${query({ region })}`)}>Ekspor</LinkButton> : undefined} />
    <Narrowing action="/dtsen/missing" places={places} region={region} />
    {rows.length === 0
      ? <EmptyState title="Tidak ada keluarga tanpa desil">Semua keluarga di {place} ada dalam potret desil yang berlaku, atau belum ada potret.</EmptyState>
      : (
        <Table caption="Rumah tangga dengan keluarga tanpa desil" bodyId="tanpa-desil" columns={['Kepala rumah tangga', 'Alamat', { label: 'Keluarga', align: 'right' }, { label: 'Tanpa desil', align: 'right' }]}>
          {rows.map(({ id, headName, address, village, families, withDesil }) => (
            <Row>
              <Cell label="Kepala rumah tangga" lead><a href={`/households/${id}`}>{headName}</a></Cell>
              <Cell label="Alamat"><div>{address && <>{address}<br /></>}<small class="hint">{village}</small></div></Cell>
              <Cell label="Keluarga" align="right">{families}</Cell>
              <Cell label="Tanpa desil" align="right">{families - withDesil}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager bodyId="tanpa-desil" nextHref={next && `/dtsen/missing?${query({ region, after: `${next.region}_${next.number}` })}`} />
  </Stack>
)
