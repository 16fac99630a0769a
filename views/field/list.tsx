import type { Tab, Task, TaskList } from '#app/field/store.ts'
import { STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { WaitingBadge } from '#views/field/waiting.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { list: TaskList, tab: Tab, words: string }

const EMPTY: Record<Tab, [string, string]> = {
  returned: ['Tidak ada yang dikembalikan', 'Bila pemeriksa mengembalikan kunjungan, catatannya tampil di sini.'],
  waiting: ['Tidak ada tugas yang menunggu', 'Ambil tugas dari prelist desa Anda.'],
  sent: ['Belum ada kunjungan terkirim', 'Kunjungan yang sudah diterima server tampil di sini.'],
}

export const TaskListPage = (props: Props) => (
  <>
    <PageHead title="Tugas lapangan" lead={<>Rumah tangga yang menjadi tugas Anda. <a href="/officers/mine">Tanda kunjungan saya</a> (perlu sinyal)</>}
      actions={<><LinkButton href="/prelist/available">Ambil tugas dari prelist</LinkButton><LinkButton href="/field/device">HP ini</LinkButton></>} />
    <Tabs label="Keadaan tugas" items={[
      { href: '/field?tab=returned', label: 'Dikembalikan', current: props.tab === 'returned', count: props.list.counts.returned },
      { href: '/field?tab=waiting', label: 'Belum dikirim', current: props.tab === 'waiting', count: props.list.counts.waiting },
      { href: '/field?tab=sent', label: 'Sudah dikirim', current: props.tab === 'sent', count: props.list.counts.sent },
    ]} />
    <Filters action="/field" label="Cari tugas" clearHref={props.words ? `/field?tab=${props.tab}` : undefined}>
      <HiddenField name="tab" value={props.tab} />
      <TextField name="q" label="Cari nama atau alamat" type="search" value={props.words} />
    </Filters>
    <TaskRows {...props} />
  </>
)

export const TaskRows = ({ list, tab, words }: Props) => list.tasks.length === 0
  ? <EmptyState title={words ? 'Tidak ada yang cocok' : EMPTY[tab][0]}><p>{words ? 'Coba kata lain.' : EMPTY[tab][1]}</p></EmptyState>
  : (
    <>
      <Table caption="Daftar tugas" hideCaption bodyId="tugas" columns={['Kepala rumah tangga', 'Alamat', 'ART', 'Keadaan', { label: 'Tindakan', hide: true }]}>
        {list.tasks.map((task) => <TaskRow task={task} />)}
      </Table>
      <Pager bodyId="tugas" nextHref={list.next === undefined ? undefined : `/field?tab=${tab}&q=${encodeURIComponent(words)}&after=${list.next}`} />
    </>
  )

const TaskRow = ({ task }: { task: Task }) => (
  <Row>
    <Cell label="Kepala rumah tangga" lead><a href={`/field/${task.id}`}>{task.headName}</a></Cell>
    <Cell label="Alamat">{[task.slsName, task.address].filter(Boolean).join(', ')}</Cell>
    <Cell label="ART">{task.memberCount}</Cell>
    <Cell label="Keadaan">
      {task.waiting ? <WaitingBadge waiting={task.waiting} /> : task.stage === 'returned'
        ? <Badge tone="warn">{task.remarkCount > 0 ? `Dikembalikan, ${task.remarkCount} catatan` : 'Dikembalikan'}</Badge>
        : <Badge tone={task.draftId ? 'info' : 'neutral'}>{task.draftId ? 'Sedang diisi' : STAGE_WORDS[task.stage as Stage]}</Badge>}
    </Cell>
    <Cell label="Tindakan" actions><LinkButton href={`/field/${task.id}`} small>Buka</LinkButton></Cell>
  </Row>
)
