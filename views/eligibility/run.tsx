import type { PlaceSums, Result, RowKind, Sums } from '#app/eligibility/results.ts'
import { PROGRAMME_LABELS, RUN_STATUS, ruleSummary, TRAIL } from '#views/eligibility/labels.ts'
import { heldHref } from '#views/proposals/links.ts'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { formatDate, formatNumber, formatRupiah } from '#views/ui/format.ts'
import { Card, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

const hrefOf = (id: string, region = '') => `/eligibility/runs/${id}${region && `?region=${region}`}`
export const rowsHref = (id: string, kind: RowKind, region: string, reasons = '') => `/eligibility/runs/${id}/rows?${new URLSearchParams({ kind, ...(region && { region }), ...(reasons && { reasons }) })}`

export const RunPage = ({ result }: { result: Result }) => {
  const { run, place } = result
  return (
    <Stack>
      <PageHead title={run.name} trail={[...TRAIL, ...place.path.map(({ code, name }) => ({ href: hrefOf(run.id, code), label: name }))]}
        badge={<Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge>}
        lead={`${PROGRAMME_LABELS[run.programme]}, ${place.name}, keadaan ${formatDate(run.rules.day)}. ${run.trial ? 'Simulasi' : 'Aturan yang berlaku'}: ${ruleSummary(run).join(', ')}.${run.trial || run.regionCode.length === 5 ? '' : ' Kabupaten/kota yang menetapkan aturannya sendiri dihitung menurut aturannya.'}`} />
      <RunState result={result} />
    </Stack>
  )
}

// While it is counted the part asks for itself again; without script the link does.
export const RunState = ({ result }: { result: Result }) => {
  const { run } = result
  if (run.status === 'ready') return <div id="hasil" class="stack"><Outcome result={result} /></div>
  const working = run.status === 'queued' || run.status === 'running'
  return (
    <div id="hasil" aria-live="polite" {...(working && askingAgain(hrefOf(run.id)))}>
      <Notice tone={run.status === 'failed' ? 'bad' : 'info'} title={RUN_STATUS[run.status].label}>
        <Progress label="Rumah tangga dihitung" value={run.done} max={run.total} />
        {working
          ? <><p><a href={hrefOf(run.id)}>Muat ulang</a> untuk melihat kemajuan. Anda boleh meninggalkan halaman ini.</p><PostButton action={`/eligibility/runs/${run.id}/cancellation`} tone="secondary">Hentikan</PostButton></>
          : <PostButton action={`/eligibility/runs/${run.id}/resumption`}>Lanjutkan</PostButton>}
      </Notice>
    </div>
  )
}

const difference = ({ costNow, costThen }: Sums) => `${costThen > costNow ? '+' : ''}${formatRupiah(costThen - costNow)}`

const Outcome = ({ result: { run, place, total, rows, exits } }: { result: Result }) => {
  const heading = LEVEL_LABELS[place.below.level] ?? 'Wilayah'
  return (
    <>
      <Stats items={[
        { label: 'Sekarang menerima', value: formatNumber(total.receiving) }, { label: 'Memenuhi aturan', value: formatNumber(total.eligible), note: `dari ${formatNumber(total.families)} keluarga` },
        { label: 'Masuk', value: formatNumber(total.entries), tone: total.entries ? 'good' : 'neutral', href: rowsHref(run.id, 'entry', place.code) },
        { label: 'Keluar', value: formatNumber(total.exits), tone: total.exits ? 'warn' : 'neutral', href: rowsHref(run.id, 'exit', place.code) },
        { label: 'Biaya setahun', value: formatRupiah(total.costThen), note: `${difference(total)} dari sekarang` },
      ]} />
      {total.held > 0 && (
        <Notice tone="warn" title={`${formatNumber(total.held)} ditahan: menunggu keputusan nonaktif atau dibatasi`}>
          <p>Rumah tangganya tidak ditemukan pada kunjungan terakhir, atau pemrosesan datanya dibatasi atas permohonan warga. Mereka tidak dihitung masuk dan tidak dihitung keluar sampai usulan nonaktifnya diputuskan atau pembatasannya diakhiri. <a href={heldHref(place.code)}>Lihat rumah tangganya</a></p>
        </Notice>
      )}
      {exits.length > 0 && (
        <Card title="Sebab keluar">
          <Table caption="Sebab keluar" hideCaption dense columns={['Sebab', right('Jumlah')]}>
            {exits.map(({ codes, reason, count }) => <Row><Cell label="Sebab" lead><a href={rowsHref(run.id, 'exit', place.code, codes)}>{reason}</a></Cell><Cell label="Jumlah" align="right">{formatNumber(count)}</Cell></Row>)}
          </Table>
        </Card>
      )}
      <Table caption={`Hasil per ${heading.toLowerCase()}`} dense columns={[heading, right('Menerima'), right('Memenuhi aturan'), right('Dalam kuota'), right('Masuk'), right('Keluar'), right('Biaya setahun'), right('Selisih')]}>
        {rows.map((row) => <PlaceRow row={row} heading={heading} id={run.id} atVillage={place.below.level === 4} />)}
      </Table>
      <p class="hint">Bila kuota terbatas, yang didahulukan desil lebih rendah, lalu anggota berkomponen lebih banyak, lalu nomor rumah tangga.</p>
    </>
  )
}

const PlaceRow = ({ row, heading, id, atVillage }: { row: PlaceSums, heading: string, id: string, atVillage: boolean }) => {
  const link = (kind: RowKind, label: string, count: number) => count > 0 && atVillage
    ? <a href={rowsHref(id, kind, row.code)} aria-label={`${label} di ${row.name}: ${formatNumber(count)}`}>{formatNumber(count)}</a> : formatNumber(count)
  return (
    <Row>
      <Cell label={heading} lead>{atVillage ? row.name : <a href={hrefOf(id, row.code)}>{row.name}</a>}</Cell>
      <Cell label="Menerima" align="right">{formatNumber(row.receiving)}</Cell>
      <Cell label="Memenuhi aturan" align="right">{formatNumber(row.eligible)}</Cell>
      <Cell label="Dalam kuota" align="right">{formatNumber(row.chosen)}</Cell>
      <Cell label="Masuk" align="right">{link('entry', 'Masuk', row.entries)}</Cell>
      <Cell label="Keluar" align="right">{link('exit', 'Keluar', row.exits)}</Cell>
      <Cell label="Biaya setahun" align="right">{formatRupiah(row.costThen)}</Cell>
      <Cell label="Selisih" align="right">{difference(row)}</Cell>
    </Row>
  )
}
