import type { Musdes } from '#app/musdes/musdes.ts'
import type { Entry } from '#app/musdes/results.ts'
import type { MeetingRow, Progress as Counted, RowFilter } from '#app/musdes/rows.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { RowFacts, RowForm } from '#views/musdes/row.tsx'
import type { Trouble } from '#views/musdes/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Progress } from '#views/ui/progress.tsx'

type Props = {
  meeting: Musdes, rows: MeetingRow[], next?: number, filter: RowFilter, progress: Counted, actor: Actor, typed?: Entry[], problem?: Trouble
}

export const ResultsPage = (props: Props) => {
  const { meeting, rows, next, filter, progress, problem } = props
  const records = can(props.actor, 'musdes.record')
  const address = (changes: Partial<RowFilter>) => `/musdes/${meeting.id}/results?${queryOf({ ...filter, after: 0, ...changes })}`
  return (
    <div class="stack">
      <PageHead title="Hasil musdes" trail={[{ href: '/musdes', label: 'Musdes/muskel' }, { href: `/musdes/${meeting.id}`, label: meeting.minutesNumber }]}
        actions={records && <LinkButton href={`/musdes/${meeting.id}/proposals/new`}>Usulan baru</LinkButton>} />
      <Progress label="Baris yang sudah dibahas" value={progress.done} max={progress.total} note={`${formatNumber(progress.done)} dari ${formatNumber(progress.total)} baris`} />
      {problem && <ProblemPanel problem={problem} labels={labelsOf(rows)} />}
      <Tabs label="Baris yang ditampilkan" items={[
        { href: address({ show: 'open' }), label: 'Belum dibahas', current: filter.show === 'open', count: progress.open },
        { href: address({ show: 'done' }), label: 'Sudah dibahas', current: filter.show === 'done', count: progress.done },
        { href: address({ show: 'all' }), label: 'Semua', current: filter.show === 'all', count: progress.total },
      ]} />
      <Filters action={`/musdes/${meeting.id}/results`} clearHref={filter.q ? address({ q: '' }) : undefined}>
        <HiddenField name="show" value={filter.show} />
        <TextField name="q" type="search" label="Cari nama atau alamat" value={filter.q} />
      </Filters>
      {rows.length === 0 ? <Nothing {...props} /> : <Rows {...props} records={records} action={address({ after: filter.after })} />}
      <Pager nextHref={next ? address({ after: next }) : undefined} previousHref={filter.after ? address({}) : undefined} />
    </div>
  )
}

const Nothing = ({ meeting, filter, progress }: Props) => (
  <EmptyState title={filter.q ? 'Tidak ada baris yang cocok' : filter.show === 'open' && progress.total > 0 ? 'Semua baris sudah dibahas' : 'Belum ada baris'}>
    {progress.total === 0 && <p>Prelist desa ini belum diterbitkan Dinsos.</p>}
    {progress.total > 0 && progress.open === 0 && !filter.q && filter.show === 'open' && <p><a href={`/musdes/${meeting.id}/minutes`}>Cetak berita acaranya</a>, mintakan tanda tangan, lalu <a href={`/musdes/${meeting.id}`}>unggah</a>.</p>}
  </EmptyState>
)

const Rows = ({ rows, typed = [], problem, records, action }: Props & { records: boolean, action: string }) => {
  if (!records) return <>{rows.map((row) => <RowFacts row={row} />)}</>
  return (
    <Form action={action}>
      <p class="hint">Ketik angka pilihan (1, 2, 3), lalu tekan Tab untuk ke isian berikutnya. Baris yang dikosongkan tidak disimpan.</p>
      {rows.map((row) => row.isOpen
        ? <RowForm row={row} typed={typed.find(({ id }) => id === row.household.id)} errors={problem?.fields ?? {}} />
        : <RowFacts row={row} />)}
      {rows.some(({ isOpen }) => isOpen) && <ActionBar><Button>Simpan semua yang diisi</Button></ActionBar>}
    </Form>
  )
}

const KEY_LABELS: Record<string, string> = {
  musdesHouseholdStatus: 'Hasil', notFoundReason: 'Alasan', duplicateOf: 'ID prelist yang sama', isWellOff: 'Mampu', anyMemberWorking: 'Ada yang bekerja',
  headEmploymentStatus: 'Kedudukan', anyMemberDisabled: 'Disabilitas',
}

const labelsOf = (rows: MeetingRow[]) => Object.fromEntries(rows.flatMap(({ household }) =>
  Object.entries(KEY_LABELS).map(([key, label]) => [`rows.${household.id}.${key}`, `${household.headName}, ${label}`])))

const queryOf = ({ show, q, after }: RowFilter) => new URLSearchParams({ show, ...(q && { q }), ...(after && { after: String(after) }) })
