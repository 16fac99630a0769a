import type { RunView, ShownItem } from '#app/bulk/runs.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { ACT_WORDS, backHref, RUN_STATUS } from '#views/bulk/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatNumber, formatTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { shown: RunView }

export const RunPage = ({ shown }: Props) => {
  const { title, back } = ACT_WORDS[shown.run.kind]
  return (
    <div class="stack" data-keys>
      <PageHead title={title} trail={[back, { href: '/bulk', label: 'Tindakan massal' }]} />
      <Asked shown={shown} />
      <RunState shown={shown} />
    </div>
  )
}

const Asked = ({ shown: { run, villages, officerName } }: Props) => {
  const items = [
    ...(villages.length > 0 ? [{ label: 'Desa/kelurahan', value: villages.join(', ') }] : []),
    ...(officerName ? [{ label: 'Petugas', value: officerName }] : []),
    ...(run.wanted.note ? [{ label: 'Alasan', value: run.wanted.note, wide: true }] : []),
  ]
  return items.length > 0 ? <Card><Facts items={items} /></Card> : null
}

const isWorking = ({ status }: RunView['run']) => status === 'gathering' || status === 'running' || status === 'undoing'

// While the server works the part asks for itself again; without script the link does.
export const RunState = ({ shown }: Props) => {
  const { run } = shown
  const { label, tone } = RUN_STATUS[run.status]
  return (
    <div id="keadaan" class="stack" {...(isWorking(run) && askingAgain(`/bulk/${run.id}`, 1))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {run.message && <Notice tone="bad"><p>{run.message}</p></Notice>}
      {isWorking(run) ? <Working run={run} /> : <Counts shown={shown} />}
      <Actions shown={shown} />
      <Rows shown={shown} />
      <Reasons title="Dilewati, tidak diubah" reasons={shown.skipped} />
      <Reasons title="Tidak bisa diurungkan" reasons={shown.kept} />
    </div>
  )
}

const Working = ({ run: { id, status, planned, done, skipped, undone, kept } }: { run: RunView['run'] }) => (
  <>
    {status === 'gathering' && <p>{`${formatNumber(planned + skipped)} baris terkumpul…`}</p>}
    {status === 'running' && <Progress label="Menjalankan" value={done} max={planned + done} />}
    {status === 'undoing' && <Progress label="Mengurungkan" value={undone + kept} max={done + undone + kept} />}
    <noscript><p><LinkButton href={`/bulk/${id}`}>Muat ulang</LinkButton></p></noscript>
  </>
)

const Counts = ({ shown: { run } }: Props) => {
  const { done: word } = ACT_WORDS[run.kind]
  const skipped = { label: 'Dilewati', value: formatNumber(run.skipped), tone: run.skipped ? 'warn' as const : 'neutral' as const }
  if (run.status === 'undone') {
    return <Stats items={[{ label: 'Diurungkan', value: formatNumber(run.undone), tone: 'good' }, { label: 'Tetap', value: formatNumber(run.kept), note: 'sudah ada yang meneruskan', tone: run.kept ? 'warn' : 'neutral' }]} />
  }
  if (run.status === 'done') return <Stats items={[{ label: `Sudah ${word}`, value: formatNumber(run.done), tone: 'good' }, skipped]} />
  return <Stats items={[{ label: `Akan ${word}`, value: formatNumber(run.planned), tone: 'info' }, skipped]} />
}

const Actions = ({ shown: { run, undoable } }: Props) => {
  const { verb } = ACT_WORDS[run.kind]
  const isPreview = run.status === 'previewed'
  return (
    <ActionBar>
      {isPreview && run.planned > 0 && <PostButton action={`/bulk/${run.id}/confirmation`} shortcut="s">{`${verb} ${formatNumber(run.planned)} baris`}</PostButton>}
      {undoable && <PostButton action={`/bulk/${run.id}/undo`} tone="secondary" shortcut="u">{`Urungkan (sampai ${formatTime(run.undoUntil)})`}</PostButton>}
      <LinkButton tone="quiet" href={backHref(run)}>{isPreview ? 'Batal, kembali ke daftar' : 'Kembali ke daftar'}</LinkButton>
    </ActionBar>
  )
}

const CAPTIONS: Partial<Record<RunView['run']['status'], string>> = { previewed: 'Yang akan berubah', done: 'Yang berubah', undone: 'Yang diurungkan' }

const Rows = ({ shown: { run, rows } }: Props) => {
  const caption = CAPTIONS[run.status]
  if (!caption || rows.length === 0) return null
  const whole = run.status === 'previewed' ? run.planned : run.status === 'undone' ? run.undone : run.done
  return (
    <Table caption={whole > rows.length ? `${caption}: ${rows.length} yang pertama dari ${formatNumber(whole)}` : caption}
      columns={['Kepala rumah tangga', 'Desa/kelurahan', run.status === 'undone' ? 'Tahap sekarang' : 'Tahap', ...(run.kind === 'revoke' ? ['Petugas'] : [])]}>
      {rows.map((row) => <ItemRow row={row} run={run} />)}
    </Table>
  )
}

const ItemRow = ({ row, run }: { row: ShownItem, run: RunView['run'] }) => (
  <Row>
    <Cell label="Kepala rumah tangga" lead>{row.headName}</Cell>
    <Cell label="Desa/kelurahan">{row.village}</Cell>
    <Cell label="Tahap">{run.status === 'undone' ? STAGE_WORDS[row.stage] : `${STAGE_WORDS[row.fromStage]} → ${STAGE_WORDS[ACT_WORDS[run.kind].to(row.fromStage)]}`}</Cell>
    {run.kind === 'revoke' && <Cell label="Petugas">{row.officerName ?? '–'}</Cell>}
  </Row>
)

const Reasons = ({ title, reasons }: { title: string, reasons: RunView['skipped'] }) => reasons.length === 0 ? null : (
  <Notice tone="warn" title={title}>
    <ul>
      {reasons.map(({ reason, count, names }) => (
        <li><strong>{formatNumber(count)}</strong> {reason}: {names.join(', ')}{count > names.length && ` dan ${formatNumber(count - names.length)} lainnya`}</li>
      ))}
    </ul>
  </Notice>
)
