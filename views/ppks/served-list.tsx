import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedService, ServiceFilter, ServicePlace } from '#app/ppks/list.ts'
import { exportHref } from '#views/exports/links.ts'
import { MODES, MODE_TONES, TRAIL } from '#views/ppks/words.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Checkbox, DateField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Word = { code: string, label: string }
type Props = { rows: ListedService[], next: ServicePlace | null, filter: ServiceFilter, place: PlaceChoices, kinds: Word[], categories: Word[], exportable: boolean }

const queryOf = (filter: ServiceFilter) => `?${new URLSearchParams(Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1])))}`
const options = (words: Word[]) => words.map(({ code, label }) => ({ value: code, label }))

export const ServicesPage = ({ rows, next, filter, place, kinds, categories, exportable }: Props) => (
  <>
    <PageHead title="Layanan PPKS" trail={TRAIL} lead="Layanan yang diberikan dan rujukan, yang terbaru lebih dahulu. Layanan dicatat dari halaman orangnya."
      actions={<><LinkButton href="/ppks">Jumlah per kategori</LinkButton>{exportable && <LinkButton href={exportHref('ppks-services', queryOf(filter))}>Ekspor</LinkButton>}</>} />
    <Filters action="/ppks/services" label="Saring layanan" clearHref={queryOf(filter) === '?' ? undefined : '/ppks/services'}>
      <SelectField name="mode" label="Cara" value={filter.mode} blank="Semua" options={Object.entries(MODES).map(([value, label]) => ({ value, label }))} />
      <SelectField name="kind" label="Jenis layanan" value={filter.kind} blank="Semua" options={options(kinds)} />
      <SelectField name="category" label="Kategori" value={filter.category} blank="Semua" options={options(categories)} />
      <DateField name="from" label="Dari tanggal" value={filter.from} />
      <DateField name="to" label="Sampai tanggal" value={filter.to} />
      <Checkbox name="open" value="yes" label="Rujukan tanpa kabar" checked={filter.open === 'yes'} />
      <PlaceFilter places={place} region={filter.region} />
    </Filters>
    {rows.length === 0 ? <EmptyState title="Tidak ada layanan di sini">Buka orangnya di <a href="/programmes/ppks">daftar PPKS</a> lalu catat layanannya.</EmptyState> : (
      <>
        <Table caption="Layanan PPKS" hideCaption bodyId="layanan" columns={['Nama', 'Tanggal', 'Kategori', 'Layanan', 'Oleh / dirujuk ke', 'Hasil']}>
          {rows.map((row) => <ServiceRow row={row} />)}
        </Table>
        <Pager bodyId="layanan" nextHref={next && `/ppks/services${queryOf(filter)}&after=${next.servedOn}~${next.id}`} />
      </>
    )}
  </>
)

const ServiceRow = ({ row: { id, name, nik, village, servedOn, category, mode, kindLabel, who, result, recipientId } }: { row: ListedService }) => (
  <Row>
    <Cell label="Nama" lead><div><a href={`/programmes/ppks/recipients/${recipientId}`}>{name}</a><br /><small class="hint">{maskNik(nik)}, {village}</small></div></Cell>
    <Cell label="Tanggal"><a href={`/ppks/services/${id}`}>{formatDate(servedOn)}</a></Cell>
    <Cell label="Kategori">{category}</Cell>
    <Cell label="Layanan"><div><Badge tone={MODE_TONES[mode]}>{MODES[mode]}</Badge> {kindLabel}</div></Cell>
    <Cell label="Oleh / dirujuk ke">{who}</Cell>
    <Cell label="Hasil">{result || (mode === 'referred' ? 'menunggu kabar' : '–')}</Cell>
  </Row>
)
