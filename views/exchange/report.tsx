import type { Outcome, Report, Run, ShownItem } from '#app/exchange/runs.ts'
import { EXCHANGE_TRAIL, OUTCOMES, RUN_STATUS, VIA } from '#views/exchange/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { PageHead, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const ReportPage = (report: Report) => (
  <div class="stack">
    <PageHead title={report.run.fileName} trail={EXCHANGE_TRAIL}
      lead={`${VIA[report.run.via]} · ${formatBytes(report.run.bytes)} · diterima ${formatDateTime(report.run.takenAt)}`} />
    <ReportState {...report} />
  </div>
)

const addressOf = ({ run, chosen }: Report, after?: number) => {
  const query = new URLSearchParams({ ...(chosen && { outcome: chosen }), ...(after && { after: String(after) }) }).toString()
  return `/exchange/runs/${run.id}${query && `?${query}`}`
}

// While the server works the part asks for itself again; without script the link does.
export const ReportState = (report: Report) => {
  const { run, items, chosen, next } = report
  const working = run.status === 'taking'
  return (
    <div id="keadaan" class="stack" {...(working && askingAgain(addressOf(report)))}>
      <p aria-live="polite"><Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge></p>
      {run.message && <Notice tone="bad"><p>{run.message}</p></Notice>}
      {working && <Progress label="Menerima kunjungan" value={run.done} max={run.total} />}
      {working && <noscript><p><LinkButton href={addressOf(report)}>Muat ulang</LinkButton></p></noscript>}
      {run.status === 'taken' && <Verdict run={run} />}
      <Counts run={run} />
      {items.length > 0 && <Items items={items} chosen={chosen} />}
      {chosen && <p><a href={`/exchange/runs/${run.id}`}>Tampilkan semua kunjungan</a></p>}
      <Pager nextHref={next ? addressOf(report, next) : undefined} bodyId="kunjungan" />
    </div>
  )
}

// What is to be done now, in a sentence.
const Verdict = ({ run: { total, heldCount, refusedCount } }: { run: Run }) => {
  if (total === 0) return <Notice tone="warn"><p>Berkas ini kosong: tidak ada kunjungan di dalamnya.</p></Notice>
  if (refusedCount > 0) return <Notice tone="bad"><p>{formatNumber(refusedCount)} kunjungan ditolak dan tidak disimpan. Simpan berkasnya sampai yang ditolak beres.</p></Notice>
  if (heldCount > 0) return <Notice tone="warn"><p>Semua isi berkas sudah tersimpan. {formatNumber(heldCount)} kunjungan menunggu keputusan orang.</p></Notice>
  return <Notice tone="good"><p>Semua isi berkas sudah tersimpan di server. Berkasnya boleh dihapus.</p></Notice>
}

const countsOf = (run: Run): Record<Outcome, number> =>
  ({ new: run.newCount, updated: run.updatedCount, same: run.sameCount, held: run.heldCount, refused: run.refusedCount })

const Counts = ({ run }: { run: Run }) => {
  const counts = countsOf(run)
  return (
    <Stats items={(Object.keys(OUTCOMES) as Outcome[]).map((outcome) => {
      const { label, tone, note } = OUTCOMES[outcome]
      const count = counts[outcome]
      return { label, note, value: formatNumber(count), tone: count ? tone : 'neutral', href: count ? `/exchange/runs/${run.id}?outcome=${outcome}` : undefined }
    })} />
  )
}

const Items = ({ items, chosen }: { items: ShownItem[], chosen?: Outcome }) => (
  <Table caption={chosen ? `Kunjungan di berkas ini: ${OUTCOMES[chosen].label.toLowerCase()}` : 'Kunjungan di berkas ini'} bodyId="kunjungan"
    columns={['Kunjungan', 'Hasil', 'Petugas', 'Keterangan']}>
    {items.map(({ position, outcome, message, householdId, headName, officer, caseId }) => (
      <Row tone={outcome === 'refused' ? 'bad' : outcome === 'held' ? 'warn' : undefined}>
        <Cell label="Kunjungan" lead>{position}. {householdId ? <a href={`/households/${householdId}`}>{headName}</a> : '(tidak dikenal)'}</Cell>
        <Cell label="Hasil"><Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge></Cell>
        <Cell label="Petugas">{officer ?? '–'}</Cell>
        <Cell label="Keterangan">{message || OUTCOMES[outcome].note}{caseId && <> <a href={`/deliveries/${caseId}/case`}>Putuskan</a></>}</Cell>
      </Row>
    ))}
  </Table>
)
