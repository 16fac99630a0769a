import type { ListFilters } from '#app/filters/filters.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedChange, QueueFilter, QueuePlace, Tab } from '#app/programmes/queue.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { CENTRAL_NAMES, STATUSES, TAB_LABELS, TRAIL } from '#views/programmes/labels.ts'
import { queueQuery } from '#views/programmes/links.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { SelectField, Tick } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Part = { rows: ListedChange[], next?: QueuePlace, filter: QueueFilter, actor: Actor, now: string }
type Props = Part & { waiting: number, filters: ListFilters, places: PlaceChoices }

const decides = (actor: Actor) => can(actor, 'programme.check') || can(actor, 'programme.verify')

export const QueuePage = (props: Props) => {
  const { actor, filter, waiting } = props
  return (
    <Stack>
      <PageHead title="Usulan penerima" trail={TRAIL} lead="Perubahan penerima yang diusulkan, diperiksa, dan disahkan."
        actions={<>
          {can(actor, 'programme.prepare') && <LinkButton href="/programmes/batches" tone="primary">Siapkan pengesahan</LinkButton>}
          {can(actor, 'export.make') && <LinkButton href={exportHref('recipient-changes', queueQuery(filter))}>Ekspor</LinkButton>}
        </>} />
      <Tabs label="Keadaan usulan" items={tabsFor(actor).map((tab) => ({
        href: `/programmes/changes${queueQuery({ ...filter, tab })}`, label: TAB_LABELS[tab], current: tab === filter.tab, ...(tab === 'mine' && { count: waiting }),
      }))} />
      <Filters action="/programmes/changes" clearHref={filter.programme || filter.region ? `/programmes/changes?tab=${filter.tab}` : undefined} label="Saring usulan">
        <input type="hidden" name="tab" value={filter.tab} />
        <SelectField name="programme" label="Program" required value={filter.programme} blank="Semua program" options={Object.entries(CENTRAL_NAMES).map(([value, label]) => ({ value, label }))} />
        <PlaceFilter places={props.places} region={filter.region} />
      </Filters>
      <SavedFilters {...props.filters} />
      <QueueRows {...props} />
    </Stack>
  )
}

const tabsFor = (actor: Actor): Tab[] => [
  ...(decides(actor) || can(actor, 'programme.propose') ? ['mine' as const] : []), ...(can(actor, 'programme.propose') ? ['own' as const] : []),
  'submitted', 'checked', 'verified', 'batched', 'returned', 'done', 'closed',
]

// The part htmx adds to while one pages. What waits for a checker can be ticked and approved together, after a preview.
export const QueueRows = (props: Part) => {
  const { rows, filter, actor } = props
  if (rows.length === 0) return <EmptyState title={filter.tab === 'mine' ? 'Tidak ada usulan yang menunggu Anda' : 'Tidak ada usulan di sini'} />
  if (filter.tab !== 'mine' || !decides(actor)) return <Rows {...props} />
  return (
    <form action="/programmes/changes/approval" method="get" class="stack" hx-boost="false">
      <Rows {...props} ticked />
      <p><Button tone="secondary">Periksa lalu setujui yang dicentang</Button></p>
    </form>
  )
}

const Rows = ({ rows, next, filter, actor, now, ticked }: Part & { ticked?: boolean }) => (
  <>
    <Table caption={filter.tab === 'mine' ? 'Yang paling lama menunggu lebih dahulu' : 'Terbaru lebih dahulu'} bodyId="usulan"
      columns={[...(ticked ? [{ label: 'Centang', hide: true }] : []), 'Nama', 'Program', 'Usulan', 'Keadaan', 'Pengusul', 'Sejak']}>
      {rows.map((row) => (
        <Row>
          {ticked && <Cell label="Centang">{row.proposedBy !== actor.id && <Tick name="change" value={row.id} label={`Centang ${row.name}`} />}</Cell>}
          <Cell label="Nama" lead><a href={`/programmes/changes/${row.id}`}>{row.name}</a><br /><small class="hint">{row.village}</small></Cell>
          <Cell label="Program">{row.programmeName}</Cell>
          <Cell label="Usulan">{row.kindLabel}</Cell>
          <Cell label="Keadaan">
            <Badge tone={STATUSES[row.status].tone}>{row.sensitive && row.status === 'submitted' ? 'Menunggu Dinsos' : STATUSES[row.status].label}</Badge>
            {isLate(row, now) && <> <Badge tone="bad">Lewat batas</Badge></>}
          </Cell>
          <Cell label="Pengusul">{row.proposer}</Cell>
          <Cell label="Sejak"><time datetime={row.statusAt}>{formatAge(row.statusAt, now)}</time></Cell>
        </Row>
      ))}
    </Table>
    <Pager bodyId="usulan" nextHref={next && `/programmes/changes${queueQuery(filter, next)}`} />
  </>
)

const isLate = ({ dueOn, status }: ListedChange, now: string) => dueOn !== null && dueOn < now.slice(0, 10) && ['submitted', 'checked', 'verified', 'batched'].includes(status)
