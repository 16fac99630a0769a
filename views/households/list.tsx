import type { Filter, ListedHousehold, Officer } from '#app/households/households.ts'
import type { ListFilters } from '#app/filters/filters.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { OUTCOMES } from '#app/questionnaire/2026/options.ts'
import { DESIL_LABELS } from '#views/households/labels.ts'
import { STAGE_WORDS, STAGES } from '#app/households/stages.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { outcomeLabel, PROGRAMME_LABELS, programmesOf, stageTone } from '#views/households/labels.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn.ts'
import { SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber, formatShortDate, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type PartProps = { households: ListedHousehold[], filter: Filter, next?: number, previous?: number, total?: number, appended?: boolean }
type ListProps = PartProps & { officers: Officer[] | null, places: PlaceChoices, filters: ListFilters, mayExport: boolean }

export const ListPage = (props: ListProps) => (
  <>
    <PageHead title="Rumah tangga" lead="Data induk di wilayah Anda. Membuka data lengkap satu rumah tangga tercatat dalam jejak audit." actions={props.mayExport && <Exports filter={props.filter} />} />
    <Narrowing filter={props.filter} officers={props.officers} places={props.places} />
    <SavedFilters {...props.filters} />
    <ListPart {...props} />
  </>
)

const Exports = ({ filter }: { filter: Filter }) => (
  <>
    <LinkButton href={exportHref('households', listQuery(filter))}>Ekspor rumah tangga</LinkButton>
    <LinkButton tone="quiet" href={exportHref('members', listQuery(filter))}>Ekspor anggota</LinkButton>
    <LinkButton tone="quiet" href={exportHref('bdt-households', listQuery(filter))}>Kolom SIKS-NG BDT</LinkButton>
  </>
)

const Narrowing = drawnOnce(({ filter, officers, places }: Pick<ListProps, 'filter' | 'officers' | 'places'>) => (
  <Filters action="/households" clearHref={listQuery(filter) ? '/households' : undefined} label="Cari dan saring rumah tangga">
    <TextField name="q" type="search" label="Nama, NIK, No. KK, atau alamat" value={filter.q} maxlength={100} autocomplete="off"
      hx-get="/households" hx-trigger="input changed delay:400ms, search" hx-target="#daftar" hx-swap="outerHTML"
      hx-include="closest form" hx-replace-url="true" hx-sync="this:replace" />
    <details class="by-hand more-filters" open={isNarrowed(filter)}>
      <summary>Saringan lain: tahap, hasil, petugas, program, desil, tanda, keadaan, titik, wilayah</summary>
      <div class="field-row">
        <SelectField name="stage" label="Tahap" required value={filter.stage} blank="Semua tahap"
          options={STAGES.map((value) => ({ value, label: STAGE_WORDS[value] }))} />
        <SelectField name="outcome" label="Hasil kunjungan" required value={filter.outcome} blank="Semua hasil"
          options={OUTCOMES.map(({ code, label }) => ({ value: code, label }))} />
        {officers && officers.length > 0 && <SelectField name="officer" label="Petugas" required value={filter.officer} blank="Semua petugas"
          options={officers.map(({ id, name }) => ({ value: id, label: name }))} />}
        {!officers && <p class="hint">Pilih kecamatan atau desa dahulu untuk dapat memilih petugasnya.</p>}
        <SelectField name="programme" label="Program" required value={filter.programme} blank="Semua program"
          options={Object.entries(PROGRAMME_LABELS).map(([value, label]) => ({ value, label }))} />
        <SelectField name="desil" label="Desil DTSEN" required value={filter.desil} blank="Semua desil"
          options={Object.entries(DESIL_LABELS).map(([value, label]) => ({ value, label }))} />
        <SelectField name="flags" label="Tanda" required value={filter.flags} blank="Semua" options={[{ value: 'yes', label: 'Hanya yang bertanda' }]} />
        <SelectField name="active" label="Keadaan" required value={filter.active} blank="Yang aktif" options={[{ value: 'no', label: 'Yang nonaktif' }, { value: 'all', label: 'Aktif dan nonaktif' }]} />
        <SelectField name="point" label="Titik di peta" required value={filter.point} blank="Dengan atau tanpa titik" options={[{ value: 'none', label: 'Tanpa titik' }]} />
        <PlaceFilter places={places} chosen={filter.region} />
      </div>
    </details>
  </Filters>
), 100)

const isNarrowed = ({ stage, outcome, officer, programme, flags, desil, active, point, region }: Filter) => Boolean(stage || outcome || officer || programme || flags || desil || active || point || region)

const PlaceFilter = ({ places, chosen }: { places: PlaceChoices, chosen: string }) => {
  if ('own' in places) {
    return <SelectField name="region" label="Wilayah" required value={chosen} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
  }
  return places.levels.length > 0 ? <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" /> : null
}

// The part htmx puts in place of itself while one types.
export const ListPart = ({ households, filter, next, previous, total, appended }: PartProps) => (
  <div id="daftar" class="stack">
    <Spelling filter={filter} found={households.length > 0} />
    {households.length === 0 && !previous
      ? <Nothing filter={filter} />
      : (
        <>
          <Table caption={caption(total, households.length)} bodyId="rumah-tangga" columns={[
            'Kepala rumah tangga', 'Alamat', { label: 'ART', align: 'right' }, 'Program', 'Desil', 'Tahap', 'Hasil kunjungan', 'Petugas',
          ]}>
            {households.map((household) => <HouseholdRow household={household} />)}
          </Table>
          <Pager bodyId="rumah-tangga" nextHref={next ? `/households${listQuery(filter, { after: next })}` : undefined}
            previousHref={previous && !appended ? `/households${listQuery(filter, { before: previous })}` : undefined} />
        </>
      )}
  </div>
)

const hasLetters = (q: string) => /\p{L}/u.test(q)

// What was typed may be a slip, or the name may be written in another way.
const Spelling = ({ filter, found }: { filter: Filter, found: boolean }) => {
  if (!found || !hasLetters(filter.q)) return null
  return filter.alike
    ? <p role="status">Termasuk nama dan alamat yang ejaannya mirip “{filter.q}”.</p>
    : <p><a href={`/households${listQuery({ ...filter, alike: 'yes' })}`}>Cari juga ejaan yang mirip</a> <small class="hint">misalnya Soekarno dan Sukarno, atau salah ketik satu huruf</small></p>
}

const caption = (total: number | undefined, shown: number) => {
  if (total === undefined) return shown < 50 ? 'Rumah tangga' : 'Rumah tangga (banyak; persempit dengan pencarian atau saringan)'
  return `${formatNumber(total)} rumah tangga`
}

const Nothing = ({ filter }: { filter: Filter }) => listQuery(filter)
  ? <EmptyState title="Tidak ada rumah tangga yang cocok" action={<LinkButton href="/households">Tampilkan semua</LinkButton>}>Periksa ejaan, tulis paling sedikit dua huruf, kurangi kata, atau longgarkan saringan. NIK dan Nomor KK harus 16 angka.</EmptyState>
  : <EmptyState title="Belum ada rumah tangga di wilayah Anda">Data muncul setelah prelist diimpor.</EmptyState>

const HouseholdRow = ({ household }: { household: ListedHousehold }) => (
  <Row tone={household.flagCount > 0 ? 'warn' : undefined}>
    <Cell label="Kepala rumah tangga" lead>
      <a href={`/households/${household.id}`}>{household.headName}</a><br /><small class="hint">{maskNik(household.headNik)}</small>
    </Cell>
    <Cell label="Alamat"><div>{household.address && <>{household.address}<br /></>}<small class="hint">{household.village}</small></div></Cell>
    <Cell label="ART" align="right">{household.memberCount}</Cell>
    <Cell label="Program">{programmesOf(household.programmes).join(', ') || '–'}</Cell>
    <Cell label="Desil">{household.desil ?? '–'}</Cell>
    <Cell label="Tahap">
      <span class="badges">
        <Badge tone={stageTone(household.stage)}>{STAGE_WORDS[household.stage]}</Badge>
        {household.flagCount > 0 && <Badge tone="warn">{household.flagCount} tanda</Badge>}
        {household.restricted === 1 && <Badge tone="warn">Pemrosesan dibatasi</Badge>}
        {household.heldBack === 1 && <Badge tone="warn">Menunggu keputusan nonaktif</Badge>}
        {household.inactiveSince && <Badge tone="bad">Nonaktif sejak {formatShortDate(household.inactiveSince)}</Badge>}
      </span>
    </Cell>
    <Cell label="Hasil kunjungan">{outcomeLabel(household.outcome) ?? '–'}</Cell>
    <Cell label="Petugas">{household.officerName ?? '–'}</Cell>
  </Row>
)

export function listQuery({ q, region, stage, outcome, officer, programme, flags, desil, active, point, alike }: Filter, { after, before }: { after?: number, before?: number } = {}) {
  const wanted = { q, region, stage, outcome, officer, programme, flags, desil, active, point, alike, after, before }
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value).map(([name, value]) => [name, String(value)])).toString()
  return query && `?${query}`
}
