import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedTask, Show, TaskFilter, TaskPlace } from '#app/tasks/list.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { STATUS, SUBJECTS } from '#views/tasks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { tasks: ListedTask[], next?: TaskPlace, filter: TaskFilter, mine: number, place: PlaceChoices, mayGive: boolean }

const TABS: { show: Show, label: string, giver?: true }[] = [
  { show: 'mine', label: 'Tugas saya' }, { show: 'made', label: 'Saya buat', giver: true }, { show: 'place', label: 'Di wilayah saya', giver: true }, { show: 'done', label: 'Selesai' },
]
const hrefOf = ({ show, region }: TaskFilter, after?: TaskPlace) =>
  `/tasks?${new URLSearchParams({ show, ...(region && { region }), ...(after && { after: `${after.dueOn}~${after.number}` }) })}`

export const TasksPage = ({ tasks, next, filter, mine, place, mayGive }: Props) => (
  <>
    <PageHead title="Tugas" lead="Yang paling dekat batas waktunya lebih dahulu." actions={mayGive && <LinkButton href="/tasks/new" tone="primary">Buat tugas</LinkButton>} />
    <Tabs label="Tugas" items={TABS.filter(({ giver }) => mayGive || !giver).map(({ show, label }) => ({ href: hrefOf({ ...filter, show }), label, current: show === filter.show, ...(show === 'mine' && { count: mine }) }))} />
    {filter.show !== 'mine' && hasChoice(place) && (
      <Filters action="/tasks" clearHref={filter.region ? hrefOf({ ...filter, region: '' }) : undefined} label="Saring tugas">
        <HiddenField name="show" value={filter.show} />
        <PlaceField choices={place} chosen={filter.region} />
      </Filters>
    )}
    {tasks.length === 0
      ? <EmptyState title={filter.show === 'mine' ? 'Tidak ada tugas untuk Anda' : 'Tidak ada tugas di sini'}>{mayGive ? 'Tugas dibuat di sini, atau dengan tombol "Buat tugas" di halaman kunjungan ulang dan pemantauan.' : 'Tugas dari koordinator atau Dinsos tampil di sini.'}</EmptyState>
      : (
        <>
          <Table caption="Tugas" hideCaption bodyId="tugas" columns={['Tugas', 'Tentang', 'Untuk', 'Wilayah', 'Selesai paling lambat', 'Keadaan']}>
            {tasks.map(({ id, title, subject, assignee, place: where, dueOn, status, overdue }) => (
              <Row tone={overdue ? 'bad' : undefined}>
                <Cell label="Tugas" lead><a href={`/tasks/${id}`}>{title}</a></Cell>
                <Cell label="Tentang">{subject ? SUBJECTS[subject] : '–'}</Cell>
                <Cell label="Untuk">{assignee}</Cell>
                <Cell label="Wilayah">{where}</Cell>
                <Cell label="Selesai paling lambat"><div>{formatDate(dueOn)}{overdue && <> <Badge tone="bad">Lewat batas</Badge></>}</div></Cell>
                <Cell label="Keadaan"><Badge tone={STATUS[status].tone}>{STATUS[status].words}</Badge></Cell>
              </Row>
            ))}
          </Table>
          <Pager bodyId="tugas" nextHref={next && hrefOf(filter, next)} />
        </>
      )}
  </>
)
