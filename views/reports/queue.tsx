import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedReport, QueueFilter, QueuePlace, Show } from '#app/reports/queue.ts'
import { exportHref } from '#views/exports/links.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { KINDS, LEVELS, STATES, SUSPICIONS } from '#views/reports/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Counts = Record<Exclude<Show, 'done'>, number>
type Props = { rows: ListedReport[], next: QueuePlace | null, filter: QueueFilter, counts: Counts, place: PlaceChoices, today: string, exportable: boolean }

const TABS: { show: Show, label: string }[] = [
  { show: 'mine', label: 'Giliran Anda' }, { show: 'overdue', label: 'Lewat batas' }, { show: 'open', label: 'Semua yang terbuka' },
  { show: 'suspect', label: 'Dicurigai berulang' }, { show: 'done', label: 'Selesai' },
]

export const QueuePage = ({ rows, next, filter, counts, place, today, exportable }: Props) => (
  <>
    <PageHead title="Laporan warga" lead="Usul dan sanggah, yang batas waktunya paling dekat lebih dahulu. Yang tidak dijawab sampai batasnya naik sendiri ke atas."
      actions={<><LinkButton href="/reports/times">Waktu jawab per desa</LinkButton>{exportable && <LinkButton href={exportHref('reports', hrefOf(filter).replace(/^[^?]*/, ''))}>Ekspor</LinkButton>}</>} />
    <Tabs label="Keadaan laporan" items={TABS.map(({ show, label }) => ({
      href: hrefOf({ ...filter, show }), label, current: filter.show === show, ...(show !== 'done' && { count: counts[show] }),
    }))} />
    <Filters action="/reports" clearHref={filter.kind || filter.region ? `/reports?show=${filter.show}` : undefined} label="Saring laporan">
      <HiddenField name="show" value={filter.show} />
      <SelectField name="kind" label="Jenis" value={filter.kind} blank="Usul dan sanggah" options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))} />
      <PlaceFilter place={place} chosen={filter.region} />
    </Filters>
    {rows.length === 0
      ? <EmptyState title={filter.show === 'mine' ? 'Tidak ada laporan yang menunggu Anda' : 'Tidak ada laporan di sini'}>Warga mengirim laporan lewat halaman <a href="/lapor">usul dan sanggah</a>.</EmptyState>
      : (
        <>
          <Table caption="Laporan warga" hideCaption bodyId="laporan" columns={['Laporan', 'Desa', 'Keadaan', 'Giliran', 'Batas waktu']}>
            {rows.map((row) => <ReportRow row={row} today={today} />)}
          </Table>
          <Pager bodyId="laporan" nextHref={next && `${hrefOf(filter)}&after=${next.dueOn}~${next.number}`} />
        </>
      )}
  </>
)

const hrefOf = ({ show, kind, region }: QueueFilter) => `/reports?${new URLSearchParams({ show, ...(kind && { kind }), ...(region && { region }) })}`

const PlaceFilter = ({ place, chosen }: { place: PlaceChoices, chosen: string }) => 'own' in place
  ? <SelectField name="region" label="Wilayah" value={chosen} blank="Semua wilayah saya" options={place.own.map(({ code, name }) => ({ value: code, label: name }))} />
  : place.levels.length > 0 ? <RegionPicker levels={place.levels} within={place.within} blank="Semua" /> : null

const ReportRow = ({ row, today }: { row: ListedReport, today: string }) => (
  <Row tone={row.overdue ? 'bad' : undefined}>
    <Cell label="Laporan" lead>
      <div><a href={`/reports/${row.id}`}>{KINDS[row.kind]}: {row.subjectName}</a><br /><small class="hint">nomor {row.number}, masuk {formatDate(row.createdAt)}</small></div>
    </Cell>
    <Cell label="Desa">{row.village}</Cell>
    <Cell label="Keadaan">
      <div class="badges">
        <Badge tone={row.outcome === 'refused' ? 'neutral' : STATES[row.status].tone}>{row.status === 'answered' ? row.outcome === 'accepted' ? 'Diterima' : 'Tidak diterima' : STATES[row.status].short}</Badge>
        {row.suspicion && <Badge tone="warn">{SUSPICIONS[row.suspicion].short}</Badge>}
      </div>
    </Cell>
    <Cell label="Giliran">{LEVELS[row.level]}</Cell>
    <Cell label="Batas waktu"><div>{row.overdue && <><Badge tone="bad">Lewat batas</Badge> </>}<time datetime={row.dueOn}>{row.dueOn === today ? 'Hari ini' : formatDate(row.dueOn)}</time></div></Cell>
  </Row>
)
