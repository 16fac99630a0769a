import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedPsks, PsksFilter, PsksPlace } from '#app/psks/list.ts'
import { exportHref } from '#views/exports/links.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedPsks[], next: PsksPlace | null, filter: PsksFilter, place: PlaceChoices, kinds: { code: string, label: string }[], mayManage: boolean, exportable: boolean }

const SHOWS = [{ value: 'active', label: 'Aktif' }, { value: 'ended', label: 'Berakhir' }, { value: 'all', label: 'Semua' }]
const queryOf = (filter: PsksFilter) => `?${new URLSearchParams(Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1])))}`

export const PsksList = ({ rows, next, filter, place, kinds, mayManage, exportable }: Props) => (
  <>
    <PageHead title="PSKS" lead="Potensi dan sumber kesejahteraan sosial: orang dan lembaga yang melayani di wilayah ini. Rujukan PPKS memilih lembaganya dari sini."
      actions={<>
        {mayManage && <LinkButton href="/psks/new" tone="primary">Tambah PSKS</LinkButton>}
        <LinkButton href={`/psks/print${queryOf(filter)}`}>Cetak</LinkButton>
        {exportable && <LinkButton href={exportHref('psks', queryOf(filter))}>Ekspor</LinkButton>}
      </>} />
    <Filters action="/psks" label="Saring PSKS" clearHref={filter.q || filter.region || filter.kind || filter.show !== 'active' ? '/psks' : undefined}>
      <TextField name="q" label="Nama" type="search" value={filter.q} maxlength={100} />
      <SelectField name="kind" label="Jenis" value={filter.kind} blank="Semua jenis" options={kinds.map(({ code, label }) => ({ value: code, label }))} />
      <SelectField name="show" label="Keadaan" value={filter.show} blank="" options={SHOWS} required />
      <PlaceFilter places={place} region={filter.region} />
    </Filters>
    {rows.length === 0 ? <EmptyState title="Tidak ada PSKS di sini">{mayManage ? 'Longgarkan saringan, atau tambahkan PSKS yang belum tercatat.' : 'Longgarkan saringan. PSKS dicatat oleh kecamatan dan Dinsos.'}</EmptyState> : (
      <>
        <Table caption="Daftar PSKS" hideCaption bodyId="psks" columns={['Nama', 'Jenis', 'Wilayah', 'Narahubung', 'Aktif']}>
          {rows.map((row) => <PsksRow row={row} />)}
        </Table>
        <Pager bodyId="psks" nextHref={next && `/psks${queryOf(filter)}&${new URLSearchParams({ after: `${next.id}~${next.name}` })}`} />
      </>
    )}
  </>
)

const PsksRow = ({ row: { id, name, kindLabel, place, contactName, phone, activeFrom, activeTo, active } }: { row: ListedPsks }) => (
  <Row>
    <Cell label="Nama" lead><a href={`/psks/${id}`}>{name}</a></Cell>
    <Cell label="Jenis">{kindLabel}</Cell>
    <Cell label="Wilayah">{place}</Cell>
    <Cell label="Narahubung">{[contactName, phone].filter(Boolean).join(', ') || '–'}</Cell>
    <Cell label="Aktif"><div><Badge tone={active ? 'good' : 'neutral'}>{active ? 'Aktif' : 'Berakhir'}</Badge> {active ? `sejak ${formatDate(activeFrom)}` : formatDate(activeTo)}</div></Cell>
  </Row>
)
