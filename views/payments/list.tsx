import type { PaymentList, PlaceTotals, Totals } from '#app/payments/lists.ts'
import { heldHref } from '#views/proposals/links.ts'
import { exportHref } from '#views/exports/links.ts'
import { paidName, PAYMENTS_TRAIL } from '#views/payments/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatDate, formatNumber, formatPercent, formatRupiah } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain } from '#views/ui/progress.tsx'
import { StoppedNotice } from '#views/ui/stopped.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

export type ListProps = {
  list: PaymentList & { regionName: string, period: { name: string, startsOn: string, endsOn: string } }, places: PlaceTotals[], total: Totals, stopped: boolean, mayPay: boolean, mayExport: boolean, newId: string
}

export const listName = ({ programme, period }: ListProps['list']) => `Daftar salur ${paidName(programme)} ${period.name}`

export const ListPage = (props: ListProps) => (
  <Stack>
    <PageHead title={listName(props.list)} trail={[PAYMENTS_TRAIL]} lead={`${props.list.regionName} · untuk ${formatDate(props.list.period.startsOn)} sampai ${formatDate(props.list.period.endsOn)}`} />
    <ListState {...props} />
  </Stack>
)

export const ListState = ({ list, places, total, stopped, mayPay, mayExport, newId }: ListProps) => {
  const making = list.status === 'making' && !stopped
  const asking = { id: newId, period: list.periodId, region: list.regionCode, programme: list.programme }
  const here = `/payments/lists/${list.id}`
  return (
    <div id="keadaan" class="stack" {...(making && askingAgain(here))}>
      <p aria-live="polite"><Badge tone={stopped ? 'bad' : making ? 'info' : 'good'}>{stopped ? 'Terhenti' : making ? `Sedang disusun: ${formatNumber(list.lineCount)} penerima` : 'Siap'}</Badge></p>
      {stopped && (
        <StoppedNotice title="Penyusunan daftar ini terhenti karena kesalahan pada server">
          {mayPay && <PostButton action="/payments/lists" fields={asking}>Susun lagi</PostButton>}
        </StoppedNotice>
      )}
      {making && <noscript><p><LinkButton href={here}>Muat ulang</LinkButton></p></noscript>}
      {list.withoutAmount > 0 && (
        <Notice tone="warn"><p>{formatNumber(list.withoutAmount)} penerima tidak masuk daftar karena nominalnya tidak dapat dihitung (pengaturan nominal kosong, tidak terhubung ke registri, atau tidak ada komponen yang dihitung), atau karena baru mulai menerima sesudah periode ini, atau karena keluarganya sudah ada dalam daftar salur bulan yang sama, misalnya di kabupaten asalnya.</p></Notice>
      )}
      {list.heldCount > 0 && (
        <Notice tone="warn" title={`${formatNumber(list.heldCount)} penerima ditahan: menunggu keputusan nonaktif`}>
          <p>Rumah tangganya tidak ditemukan pada kunjungan terakhir, jadi tidak masuk daftar ini. <a href={heldHref(list.regionCode)}>Lihat rumah tangganya</a>. Sesudah usulan nonaktifnya ditolak, tekan "Tambahkan penerima baru".</p>
        </Notice>
      )}
      <Sums total={total} here={here} />
      <ActionBar>
        <LinkButton href={`${here}/lines`}>Lihat penerima</LinkButton>
        {mayPay && list.status === 'ready' && <LinkButton href={`${here}/results/new`} tone="primary">Unggah hasil salur</LinkButton>}
        {mayExport && <LinkButton href={exportHref('payments', `?payments=${list.id}`)}>Ekspor penerima</LinkButton>}
        {mayExport && <LinkButton href={exportHref('payments-places', `?payments=${list.id}`)}>Ekspor per desa</LinkButton>}
        {mayPay && list.status === 'ready' && <PostButton action="/payments/lists" tone="secondary" fields={asking}>Perbarui daftar</PostButton>}
      </ActionBar>
      <Places list={list} places={places} here={here} />
    </div>
  )
}

const Sums = ({ total: { waiting, paid, failed, excluded }, here }: { total: Totals, here: string }) => (
  <Stats items={[
    { label: 'Untuk disalurkan', value: formatNumber(waiting.lines + paid.lines + failed.lines), note: `${formatRupiah(waiting.amount + paid.amount + failed.amount)}, tanpa yang dikecualikan` },
    { label: 'Berhasil salur', value: formatNumber(paid.lines), note: `${formatRupiah(paid.amount)} · ${formatPercent(paid.lines, paid.lines + failed.lines)} dari yang sudah ada hasilnya`, tone: 'good', href: `${here}/lines?kind=paid` },
    { label: 'Gagal', value: formatNumber(failed.lines), note: formatRupiah(failed.amount), tone: failed.lines ? 'bad' : 'neutral', href: `${here}/lines?kind=failed` },
    { label: 'Menunggu hasil', value: formatNumber(waiting.lines), note: formatRupiah(waiting.amount), tone: waiting.lines ? 'info' : 'neutral', href: `${here}/lines?kind=waiting` },
    { label: 'Dikecualikan', value: formatNumber(excluded.lines), note: formatRupiah(excluded.amount), href: `${here}/lines?kind=excluded` },
  ]} />
)

const sum = ({ waiting, paid, failed }: Totals) => waiting.lines + paid.lines + failed.lines

const Places = ({ list, places, here }: Pick<ListProps, 'list' | 'places'> & { here: string }) => places.length === 0
  ? <EmptyState title={list.status === 'making' ? 'Daftar belum selesai disusun' : 'Tidak ada penerima'}>{list.status === 'ready' && 'Belum ada penerima aktif di wilayah Anda pada saat daftar ini disusun.'}</EmptyState>
  : (
    <Table caption="Hasil salur per desa/kelurahan" columns={['Desa/kelurahan', right('Penerima'), right('Berhasil'), right('Gagal'), right('Menunggu'), right('Nominal'), right('Tersalur'), 'Cetak']}>
      {places.map(({ code, name, totals }) => (
        <Row>
          <Cell label="Desa/kelurahan" lead><a href={`${here}/lines?region=${code}`}>{name}</a></Cell>
          <Cell label="Penerima" align="right">{formatNumber(sum(totals))}</Cell>
          <Cell label="Berhasil" align="right">{formatNumber(totals.paid.lines)} ({formatPercent(totals.paid.lines, totals.paid.lines + totals.failed.lines)})</Cell>
          <Cell label="Gagal" align="right">{formatNumber(totals.failed.lines)}</Cell>
          <Cell label="Menunggu" align="right">{formatNumber(totals.waiting.lines)}</Cell>
          <Cell label="Nominal" align="right">{formatRupiah(totals.waiting.amount + totals.paid.amount + totals.failed.amount)}</Cell>
          <Cell label="Tersalur" align="right">{formatRupiah(totals.paid.amount)}</Cell>
          <Cell label="Cetak" actions><a href={`${here}/print?village=${code}`} aria-label={`Cetak daftar ${name}`}>Cetak</a></Cell>
        </Row>
      ))}
    </Table>
  )
