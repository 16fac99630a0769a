import type { RoundView } from '#app/rounds/rounds.ts'
import { rowsHref } from '#views/eligibility/run.tsx'
import { ROUND_STATUS } from '#views/rounds/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatNumber, formatTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { shown: RoundView }

export const RoundPage = ({ shown }: Props) => (
  <div class="stack" data-keys>
    <PageHead title={`${shown.changeLabel} (${shown.programmeName})`} trail={[{ href: `/eligibility/runs/${shown.round.runId}`, label: shown.runName }, { href: '/rounds', label: 'Usulan bersama' }]} />
    <Card><Facts items={[
      { label: shown.round.rowKind === 'entry' ? 'Yang masuk di' : 'Yang keluar di', value: shown.placeName }, ...(shown.why ? [{ label: 'Sebab menurut perhitungan', value: shown.why }] : []), ...(shown.reason ? [{ label: 'Alasan', value: shown.reason }] : []),
      { label: 'Catatan untuk pemeriksa', value: shown.round.note, wide: true },
    ]} /></Card>
    <RoundState shown={shown} />
  </div>
)

// While the server works the part asks for itself again; without script the link does.
export const RoundState = ({ shown }: Props) => {
  const { round, working } = shown
  const { label, tone } = ROUND_STATUS[round.status]
  return (
    <div id="keadaan" class="stack" {...(working && askingAgain(`/rounds/${round.id}`, 1))}>
      <p aria-live="polite"><Badge tone={tone}>{label}</Badge></p>
      {round.message && <Notice tone="bad"><p>{round.message}</p></Notice>}
      {working ? <Working round={round} /> : <Counts round={round} />}
      {round.isFull && round.status === 'previewed' && <Notice tone="warn"><p>{`Paling banyak ${formatNumber(round.planned)} sekali usul. Setelah ini, usulkan sisanya dengan cara yang sama.`}</p></Notice>}
      <Actions shown={shown} />
      <Rows shown={shown} />
      <Reasons title="Dilewati, tidak diusulkan" reasons={shown.skipped} />
      <Reasons title="Tidak bisa ditarik kembali" reasons={shown.kept} />
    </div>
  )
}

const Working = ({ round: { id, status, planned, done, skipped, undone, kept } }: { round: RoundView['round'] }) => (
  <>
    {status === 'gathering' && <p>{`${formatNumber(planned + skipped)} baris diperiksa…`}</p>}
    {status === 'running' && <Progress label="Mengusulkan" value={done} max={planned + done} />}
    {status === 'undoing' && <Progress label="Menarik kembali" value={undone + kept} max={done + undone + kept} />}
    <p><a href={`/rounds/${id}`}>Muat ulang</a> untuk melihat kemajuan. Anda boleh meninggalkan halaman ini.</p>
  </>
)

const Counts = ({ round: { status, planned, done, skipped, undone, kept } }: { round: RoundView['round'] }) => {
  const passed = { label: 'Dilewati', value: formatNumber(skipped), tone: skipped ? 'warn' as const : 'neutral' as const }
  if (status === 'undone') return <Stats items={[{ label: 'Ditarik kembali', value: formatNumber(undone), tone: 'good' }, { label: 'Tetap', value: formatNumber(kept), note: 'sudah diperiksa', tone: kept ? 'warn' : 'neutral' }]} />
  if (status === 'done') return <Stats items={[{ label: 'Diusulkan', value: formatNumber(done), note: 'menunggu pemeriksaan kecamatan', tone: 'good' }, passed]} />
  return <Stats items={[{ label: 'Akan diusulkan', value: formatNumber(planned), tone: 'info' }, passed]} />
}

const Actions = ({ shown: { round, undoable } }: Props) => (
  <ActionBar>
    {round.status === 'previewed' && round.planned > 0 && <PostButton action={`/rounds/${round.id}/confirmation`} shortcut="s">{`Usulkan ${formatNumber(round.planned)} baris`}</PostButton>}
    {round.status === 'done' && <LinkButton href={`/programmes/changes?${new URLSearchParams({ tab: 'own', programme: round.programme })}`}>Lihat usulan saya</LinkButton>}
    {undoable && <PostButton action={`/rounds/${round.id}/undo`} tone="secondary" shortcut="u">{`Tarik kembali semua (sampai ${formatTime(round.undoUntil)})`}</PostButton>}
    <LinkButton tone="quiet" href={rowsHref(round.runId, round.rowKind, round.regionCode, round.reasons)}>{round.status === 'previewed' ? 'Batal, kembali ke daftar' : 'Kembali ke daftar'}</LinkButton>
  </ActionBar>
)

const CAPTIONS: Partial<Record<RoundView['round']['status'], string>> = { previewed: 'Yang akan diusulkan', done: 'Yang diusulkan', undone: 'Yang ditarik kembali' }

const Rows = ({ shown: { round, rows } }: Props) => {
  const caption = CAPTIONS[round.status]
  if (!caption || rows.length === 0) return null
  const whole = round.status === 'previewed' ? round.planned : round.status === 'undone' ? round.undone : round.done
  const told = rows.some(({ why }) => why)
  return (
    <Table caption={whole > rows.length ? `${caption}: ${rows.length} yang pertama dari ${formatNumber(whole)}` : caption} columns={['Nama', 'Desa/kelurahan', ...(told ? ['Sebab'] : [])]}>
      {rows.map(({ recipientId, householdId, familySeq, name, village, why }) => (
        <Row>
          <Cell label="Nama" lead><a href={recipientId ? `/programmes/${round.programme}/recipients/${recipientId}` : `/eligibility/families/${householdId}/${familySeq}`}>{name}</a></Cell>
          <Cell label="Desa/kelurahan">{village}</Cell>
          {told && <Cell label="Sebab">{why}</Cell>}
        </Row>
      ))}
    </Table>
  )
}

const Reasons = ({ title, reasons }: { title: string, reasons: RoundView['skipped'] }) => reasons.length === 0 ? null : (
  <Notice tone="warn" title={title}>
    <ul>
      {reasons.map(({ reason, count, names }) => (
        <li><strong>{formatNumber(count)}</strong>: {reason} ({names.join(', ')}{count > names.length && ` dan ${formatNumber(count - names.length)} lainnya`})</li>
      ))}
    </ul>
  </Notice>
)
