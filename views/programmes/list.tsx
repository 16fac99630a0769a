import type { ListFilters } from '#app/filters/filters.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Filter, ListedRecipient, PhaseCounts, Place } from '#app/programmes/list.ts'
import type { Period } from '#app/programmes/periods.ts'
import type { Programme } from '#app/programmes/programme.ts'
import type { Word } from '#app/programmes/settings.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { NAMES, PHASES, TRAIL } from '#views/programmes/labels.ts'
import { recipientsExportQuery, recipientsQuery, startHref } from '#views/programmes/links.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber, formatShortDate, maskKk, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Part = { programme: Programme, rows: ListedRecipient[], next?: Place, filter: Filter, categories: Word[] }
type Props = Part & { counts: PhaseCounts, places: PlaceChoices, periods: Period[], filters: ListFilters, actor: Actor }

// A local programme confirms whole lists on its own pages.
const isProposedSingly = ({ changes }: Programme) => Object.keys(changes).length > 0
const categoryLabel = (programme: Programme) => isProposedSingly(programme) ? 'Kategori' : 'Program'

export const RecipientList = (props: Props) => {
  const { programme, filter, actor, counts } = props
  return (
    <Stack>
      <PageHead title={`Penerima ${programme.name}`} trail={TRAIL} lead={`${Object.entries(PHASES).map(([phase, { label }]) => `${label} ${formatNumber(counts[phase as keyof PhaseCounts])}`).join(' · ')}. Urut desa, lalu nama.`}
        actions={<>
          {can(actor, 'programme.propose') && isProposedSingly(programme) && <LinkButton href={startHref(programme.code, {})} tone="primary">Usulkan penerima baru</LinkButton>}
          {programme.pages?.map(({ href, label }) => <LinkButton href={href}>{label}</LinkButton>)}
          {can(actor, 'export.make') && <LinkButton href={exportHref('recipients', recipientsExportQuery(filter))}>Ekspor</LinkButton>}
          <LinkButton href={`/programmes/${programme.code}/print${recipientsQuery(filter)}`}>Cetak</LinkButton>
        </>} />
      <Narrowing {...props} />
      <SavedFilters {...props.filters} />
      <RecipientRows {...props} />
    </Stack>
  )
}

const Narrowing = ({ programme, filter, places, periods, categories }: Props) => (
  <Filters action={`/programmes/${programme.code}`} clearHref={recipientsQuery(filter) ? `/programmes/${programme.code}` : undefined} label="Saring penerima">
    <TextField name="q" type="search" label="Cari" required value={filter.q} maxlength={100} autocomplete="off" hint={`Nama, NIK, Nomor KK, atau ${programme.number}.`} />
    <SelectField name="state" label="Keadaan" required value={filter.state} blank="Semua keadaan" options={Object.entries(programme.states).map(([value, { label }]) => ({ value, label }))} />
    <SelectField name="phase" label="Tahap" required value={filter.phase} blank="Semua tahap" options={Object.entries(PHASES).map(([value, { label }]) => ({ value, label }))} />
    {categories.length === 0 && filter.variant && <HiddenField name="variant" value={filter.variant} />}
    {categories.length > 0 && <SelectField name="variant" label="Kategori" required value={filter.variant} blank="Semua kategori" options={categories.map(({ code, label }) => ({ value: code, label }))} />}
    {periods.length > 0 && <SelectField name="period" label="Menerima dalam periode" required value={filter.period} blank="Kapan saja" options={periods.map(({ id, name }) => ({ value: id, label: name }))} />}
    <PlaceFilter places={places} region={filter.region} />
  </Filters>
)

// The part htmx adds to while one pages.
export const RecipientRows = ({ programme, rows, next, filter }: Part) => rows.length === 0
  ? recipientsQuery(filter)
    ? <EmptyState title="Tidak ada penerima yang cocok">Periksa ejaan atau hapus saringan.</EmptyState>
    : <EmptyState title={`Belum ada penerima ${NAMES[programme.code]}`}>{isProposedSingly(programme) ? 'Penerima masuk melalui usulan yang disahkan atau impor daftar.' : 'Keluarga diusulkan dan ditetapkan pada halaman programnya: pilih “Program dan usulan”.'}</EmptyState>
  : (
    <>
      <Table caption="Penerima" bodyId="penerima" columns={['Nama', ...(programme.variants ? [categoryLabel(programme)] : []), programme.unit === 'family' ? 'Nomor KK' : 'NIK', programme.number, 'Alamat', 'Keadaan', 'Sejak']}>
        {rows.map((row) => (
          <Row>
            <Cell label="Nama" lead><a href={`/programmes/${programme.code}/recipients/${row.id}`}>{row.name}</a>{row.householdId === null && <><br /><small class="hint">Tidak ditemukan di registri</small></>}</Cell>
            {programme.variants && <Cell label={categoryLabel(programme)}>{row.category}</Cell>}
            <Cell label={programme.unit === 'family' ? 'Nomor KK' : 'NIK'}>{programme.unit === 'family' ? maskKk(row.kkNumber) : maskNik(row.nik)}</Cell>
            <Cell label={programme.number}>{row.number ?? '–'}</Cell>
            <Cell label="Alamat">{row.address}<br /><small class="hint">{row.village}</small></Cell>
            <Cell label="Keadaan"><Badge tone={PHASES[row.phase].tone}>{programme.states[row.state]?.label ?? row.state}</Badge></Cell>
            <Cell label="Sejak"><time datetime={row.stateAt}>{formatShortDate(row.stateAt)}</time></Cell>
          </Row>
        ))}
      </Table>
      <Pager bodyId="penerima" nextHref={next && `/programmes/${programme.code}${recipientsQuery(filter, next)}`} />
    </>
  )
