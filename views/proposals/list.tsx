import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Filter, ListedProposal, Place, Tab } from '#app/proposals/list.ts'
import type { ReasonName } from '#app/proposals/reasons.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { ListFilters } from '#app/filters/filters.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { KINDS, STATUSES, TAB_LABELS } from '#views/proposals/labels.ts'
import { listQuery } from '#views/proposals/links.ts'

type Part = { rows: ListedProposal[], next?: Place, filter: Filter, actor: Actor, waiting: number, now?: string }
type Props = Part & { filters: ListFilters, places: PlaceChoices, reasons: (Pick<ReasonName, 'code'> & { label: string })[] }

export const ProposalList = (props: Props) => (
  <Stack>
    <PageHead title="Usulan perubahan" lead="Usulan baru, perbaikan, dan nonaktif. Data induk baru berubah sesudah usulan diperiksa, disahkan, dan ditetapkan."
      actions={<>
        {can(props.actor, 'proposal.submit') && <LinkButton href="/proposals/new" tone="primary">Ajukan usulan</LinkButton>}
        <LinkButton href="/proposals/held">Menunggu keputusan nonaktif</LinkButton>
        {can(props.actor, 'export.make') && <LinkButton href={exportHref('proposals', listQuery(props.filter))}>Ekspor</LinkButton>}
      </>} />
    <Tabs label="Keadaan usulan" items={tabsFor(props.actor).map((tab) => ({
      href: `/proposals${listQuery({ ...props.filter, tab })}`, label: TAB_LABELS[tab], current: tab === props.filter.tab, ...(tab === 'mine' && { count: props.waiting }),
    }))} />
    <Narrowing {...props} />
    <SavedFilters {...props.filters} />
    <ProposalRows {...props} />
  </Stack>
)

const tabsFor = (actor: Actor): Tab[] => {
  if (actor.role === 'ministry_officer') return ['mine', 'done']
  const mine: Tab[] = ['proposal.submit', 'proposal.check', 'proposal.verify', 'proposal.accept'].some((verb) => can(actor, verb as 'proposal.submit')) ? ['mine'] : []
  return [...mine, ...(can(actor, 'proposal.submit') ? ['own' as const] : []), 'prepared', 'submitted', 'released', 'checked', 'ratification', 'returned', 'done', 'closed']
}

const Narrowing = ({ filter, places, reasons }: Props) => (
  <Filters action="/proposals" clearHref={filter.kind || filter.reason || filter.region ? `/proposals?tab=${filter.tab}` : undefined} label="Saring usulan">
    <input type="hidden" name="tab" value={filter.tab} />
    <SelectField name="kind" label="Jenis" required value={filter.kind} blank="Semua jenis" options={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))} />
    <SelectField name="reason" label="Alasan" required value={filter.reason} blank="Semua alasan" options={reasons.map(({ code, label }) => ({ value: code, label }))} />
    {'own' in places
      ? <SelectField name="region" label="Wilayah" required value={filter.region} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
      : places.levels.length > 0 && (
        <details class="by-hand more-filters" open={Boolean(filter.region)}>
          <summary>Saring wilayah</summary>
          <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" />
        </details>
      )}
  </Filters>
)

// The part htmx adds to while one pages.
export const ProposalRows = ({ rows, next, filter, now = new Date().toISOString() }: Part) => rows.length === 0
  ? <EmptyState title={filter.tab === 'mine' ? 'Tidak ada usulan yang menunggu Anda' : 'Tidak ada usulan di sini'} />
  : (
    <>
      <Table caption={filter.tab === 'mine' ? 'Yang paling lama menunggu lebih dahulu' : 'Terbaru lebih dahulu'} bodyId="usulan"
        columns={['Rumah tangga', 'Usulan', 'Alasan', 'Keadaan', 'Pengusul', 'Sejak']}>
        {rows.map((row) => (
          <Row>
            <Cell label="Rumah tangga" lead><a href={`/proposals/${row.id}`}>{row.headName}</a><br /><small class="hint">{row.village}</small></Cell>
            <Cell label="Usulan">{row.target ? `${KINDS[row.kind].label} ke ${row.target}` : KINDS[row.kind].label}</Cell>
            <Cell label="Alasan">{row.reason}</Cell>
            <Cell label="Keadaan"><Badge tone={STATUSES[row.status].tone}>{STATUSES[row.status].label}</Badge></Cell>
            <Cell label="Pengusul">{row.proposer ?? 'Sistem'}</Cell>
            <Cell label="Sejak"><time datetime={row.statusAt}>{formatAge(row.statusAt, now)}</time></Cell>
          </Row>
        ))}
      </Table>
      <Pager bodyId="usulan" nextHref={next && `/proposals${listQuery(filter, next)}`} />
    </>
  )
