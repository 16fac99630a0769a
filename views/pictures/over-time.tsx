import type { Movement, Way } from '#app/pictures/movement.ts'
import type { PaymentPicture } from '#app/pictures/pictures.ts'
import { fileHref, PICTURED_LABELS, rowsHref, WAYS, type Asked } from '#views/pictures/links.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { Lines, StackedBars } from '#views/ui/chart.tsx'
import { formatNumber, formatPercent, formatRupiah } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

const SHOWN: Way[] = ['in', 'out', 'paused']

export const MovementCard = ({ asked, movement }: { asked: Asked, movement: Movement[] }) => (
  <Card title="Masuk dan keluar" actions={<LinkButton href={fileHref('movement', asked)} download>Unduh CSV</LinkButton>}>
    {movement.length === 0 ? <p>Belum ada periode program yang berjalan. Pilih per bulan untuk melihat perubahannya.</p> : (
      <>
        <Lines title={`Penerima yang masuk, keluar, dan ditahan per ${asked.by === 'month' ? 'bulan' : 'periode'}, ${PICTURED_LABELS[asked.programme].unit}`}
          series={[{ key: 'in', label: WAYS.in, tone: 1 }, { key: 'out', label: WAYS.out, tone: 4 }, { key: 'paused', label: WAYS.paused, tone: 3 }]}
          points={movement.map((row) => ({ label: row.name, values: { in: row.in, out: row.out, paused: row.paused } }))} />
        <Table caption="Masuk dan keluar; pilih angka untuk membuka daftarnya" dense columns={['Waktu', ...SHOWN.map((way) => right(WAYS[way])), right('Selisih')]}>
          {movement.map((row) => (
            <Row>
              <Cell label="Waktu" lead>{row.name}</Cell>
              {SHOWN.map((way) => <Cell label={WAYS[way]} align="right">{row[way] > 0 ? <a href={rowsHref(asked, row.key, way)} aria-label={`${WAYS[way]} ${row.name}: ${formatNumber(row[way])}`}>{formatNumber(row[way])}</a> : '0'}</Cell>)}
              <Cell label="Selisih" align="right">{`${row.in > row.out ? '+' : row.in < row.out ? '−' : ''}${formatNumber(Math.abs(row.in - row.out))}`}</Cell>
            </Row>
          ))}
        </Table>
      </>
    )}
  </Card>
)

export const PaymentsCard = ({ asked, payments }: { asked: Asked, payments: PaymentPicture[] }) => (
  <Card title="Penyaluran" actions={payments.length > 0 && <LinkButton href={fileHref('payments', asked)} download>Unduh CSV</LinkButton>}>
    {payments.length === 0 ? <p>Belum ada daftar pembayaran. <a href="/payments">Buka penyaluran</a></p> : (
      <>
        <StackedBars bare title="Hasil penyaluran per periode, penerima" labelHeading="Periode"
          series={[{ key: 'paid', label: 'Berhasil', tone: 1 }, { key: 'failed', label: 'Gagal', tone: 4 }, { key: 'excluded', label: 'Dikecualikan', tone: 6 }, { key: 'waiting', label: 'Belum ada hasil', tone: 3 }]}
          rows={payments.map(({ name, paid, failed, excluded, waiting }) => ({ label: name, values: { paid, failed, excluded, waiting } }))} />
        <Table caption="Penyaluran per periode" dense columns={['Periode', right('Berhasil'), right('dari yang ada hasil'), right('Gagal'), right('Dikecualikan'), right('Belum ada hasil'), right('Tersalur')]}>
          {payments.map(({ name, paid, failed, excluded, waiting, paidAmount }) => (
            <Row>
              <Cell label="Periode" lead>{name}</Cell>
              <Cell label="Berhasil" align="right">{formatNumber(paid)}</Cell>
              <Cell label="dari yang ada hasil" align="right">{formatPercent(paid, paid + failed)}</Cell>
              <Cell label="Gagal" align="right">{formatNumber(failed)}</Cell>
              <Cell label="Dikecualikan" align="right">{formatNumber(excluded)}</Cell>
              <Cell label="Belum ada hasil" align="right">{formatNumber(waiting)}</Cell>
              <Cell label="Tersalur" align="right">{formatRupiah(paidAmount)}</Cell>
            </Row>
          ))}
        </Table>
        <p><LinkButton small href="/payments">Buka penyaluran</LinkButton></p>
      </>
    )}
  </Card>
)
