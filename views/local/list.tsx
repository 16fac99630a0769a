import type { ListedLocal, LocalFilter, LocalPlace } from '#app/local/programmes.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { exportHref } from '#views/exports/links.ts'
import { query, spanOf, standingOf } from '#views/local/words.ts'
import { NAMES } from '#views/programmes/labels.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber, formatRupiah } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedLocal[], next?: LocalPlace, filter: LocalFilter, places: PlaceChoices, mayManage: boolean, mayExport: boolean }

const KINDS = [{ value: 'blt', label: NAMES.blt }, { value: 'apbd', label: NAMES.apbd }]

export const LocalListPage = ({ rows, next, filter, places, mayManage, mayExport }: Props) => (
  <Stack>
    <PageHead title="Bantuan desa & kabupaten" lead="BLT Dana Desa dan bantuan APBD: siapa yang dipilih musyawarah, siapa yang sudah dibayar. Penerimanya ikut tampil pada rumah tangga dan pemeriksaan silang."
      actions={<>
        {mayManage && <LinkButton href="/local/new" tone="primary">Buat program</LinkButton>}
        {mayExport && <LinkButton href={exportHref('local-programmes', query({ ...filter }))}>Ekspor</LinkButton>}
        {mayExport && <LinkButton href={exportHref('local-recipients', query({ region: filter.region }))}>Ekspor penerima</LinkButton>}
      </>} />
    <Filters action="/local" label="Saring program" clearHref={query({ ...filter }) ? '/local' : undefined}>
      <SelectField name="kind" label="Jenis" required value={filter.kind} blank="Semua jenis" options={KINDS} />
      {hasPlaces(places) && <PlaceFilter places={places} region={filter.region} />}
    </Filters>
    {rows.length === 0
      ? <EmptyState title="Belum ada program di sini">{mayManage ? 'Buat program bila desa atau kabupaten menyalurkan bantuan dari anggarannya sendiri.' : 'Program dibuat operator desa atau Dinsos.'}</EmptyState>
      : (
        <Table caption="Terbaru lebih dahulu" bodyId="program" columns={['Program', 'Pemilik', 'Masa', right('Sebulan'), right('Menunggu'), right('Penerima'), right('Sudah dibayar')]}>
          {rows.map((row) => (
            <Row>
              <Cell label="Program" lead><a href={`/local/${row.id}${query({ region: filter.region })}`}>{row.name}</a><br /><small class="hint">{NAMES[row.programme]}</small></Cell>
              <Cell label="Pemilik">{row.owner}</Cell>
              <Cell label="Masa"><div>{spanOf(row)} <Badge tone={standingOf(row).tone}>{standingOf(row).label}</Badge></div></Cell>
              <Cell label="Sebulan" align="right">{formatRupiah(row.amount)}</Cell>
              <Cell label="Menunggu" align="right">{formatNumber((row.states.proposed ?? 0) + (row.states.agreed ?? 0))}</Cell>
              <Cell label="Penerima" align="right">{formatNumber((row.states.active ?? 0) + (row.states.finished ?? 0))}</Cell>
              <Cell label="Sudah dibayar" align="right">{formatRupiah(row.amountPaid)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager bodyId="program" nextHref={next && `/local${query({ ...filter, after: `${next.startsOn}~${next.id}` })}`} />
  </Stack>
)
