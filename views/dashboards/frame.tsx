import type { Standing } from '#app/dashboards/counts.ts'
import type { Place } from '#app/dashboards/places.ts'
import type { Range } from '#app/dashboards/ranges.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { pageHref, type DashboardPage, type Where } from '#views/dashboards/links.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { PrintButton } from '#views/ui/button.tsx'
import { DateField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatPercent } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { askingAgain } from '#views/ui/progress.tsx'
import type { Child } from '#views/ui/types.ts'

export type FrameProps = { where: Where, place: Place, range: Range, standing: Standing, choices: PlaceChoices }

const PAGES: { page: DashboardPage, label: string }[] = [
  { page: '', label: 'Kemajuan' }, { page: 'stages', label: 'Tahap' }, { page: 'results', label: 'Hasil dan kelengkapan' }, { page: 'returns', label: 'Pengembalian' }, { page: 'officers', label: 'Petugas' },
]

// What all pages share: where, which days, as of when, and the way to the others. action: this very page, chosen anew.
type Props = { frame: FrameProps, page: DashboardPage, title?: string, action?: string, trail?: { href: string, label: string }[], children?: Child }

export const Frame = ({ frame, page, title, action = `/dashboards${page && `/${page}`}`, trail = [], children }: Props) => {
  const { where, place, range, standing } = frame
  const above = place.above.map(({ code, name }) => ({ href: pageHref(page, { ...where, region: code }), label: name }))
  return (
    <Stack>
      <PageHead title={title ?? `Dasbor ${place.name}`} trail={[...above, ...trail]} actions={<PrintButton />}
        lead={<>{`${formatDate(range.from)} sampai ${formatDate(range.to)} (${range.name}). `}{standing.round > 0 && <>Angka per <time datetime={standing.at}>{formatDateTime(standing.at, zoneOf(place.codes[0] ?? ''))}</time>.</>}</>} />
      <Tabs label="Dasbor" items={PAGES.map((one) => ({ href: pageHref(one.page, where), label: one.label, current: one.page === page }))} />
      <RangeForm frame={frame} action={action} />
      {standing.round === 0 ? <Counting standing={standing} here={pageHref(page, where)} /> : children}
    </Stack>
  )
}

const RangeForm = ({ frame: { where, range, choices }, action }: { frame: FrameProps, action: string }) => (
  <Filters action={action} label="Pilih wilayah dan waktu" clearHref={Object.values(where).some(Boolean) ? action : undefined}>
    {hasChoice(choices) && <PlaceField choices={choices} chosen={where.region} />}
    <SelectField name="period" label="Waktu" required blank="" value={range.value} options={range.choices} hint="Tanggal di bawah dipakai bila memilih tanggal sendiri." />
    <DateField name="from" label="Dari tanggal" value={range.from} />
    <DateField name="to" label="Sampai tanggal" value={range.to} />
  </Filters>
)

// Only before the first count of an installation is done.
const Counting = ({ standing: { done, total }, here }: { standing: Standing, here: string }) => (
  <div {...askingAgain(here, 5)} hx-select="main > *" hx-target="main" hx-swap="innerHTML">
    <EmptyState title="Angka sedang dihitung untuk pertama kali" action={<a class="button secondary" href={here}>Muat ulang</a>}>
      {`Sudah ${formatPercent(done, Math.max(done, total, 1))}. Halaman ini terisi sendiri setelah selesai.`}
    </EmptyState>
  </div>
)
