import type { OfficerProgress } from '#app/dashboards/officers.ts'
import type { Reason, Sent } from '#app/dashboards/returns.ts'
import { Frame, type FrameProps } from '#views/dashboards/frame.tsx'
import { fileHref, officerHref, pageHref, rowsHref, type Where } from '#views/dashboards/links.ts'
import { sentOf } from '#views/dashboards/officers.tsx'
import { questionWords } from '#views/dashboards/words.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { frame: FrameProps, total: Sent, reasons: Reason[], parts: ({ code: string, name: string } & Sent)[], officers: OfficerProgress[] }
const MOST_REASONS = 15

export const ReturnsPage = ({ frame, total, reasons, parts, officers }: Props) => (
  <Frame frame={frame} page="returns">
    <Stats items={[
      { label: 'Kiriman', value: formatNumber(total.sent), note: 'kunjungan masuk dan dikirim ulang' },
      { label: 'Dikembalikan ke petugas', value: formatNumber(total.returned), note: `${formatPercent(total.returned, total.sent)} dari kiriman`, tone: total.returned > 0 ? 'warn' : 'good' },
      { label: 'Dikembalikan Dinsos ke pemeriksa', value: formatNumber(total.rechecked) },
    ]} />
    <Reasons frame={frame} reasons={reasons} />
    {parts.length > 0 && <Rates title="Tingkat pengembalian menurut wilayah" heading="Wilayah" file={fileHref('returns', frame.where)} rows={parts.map((part) => ({ name: part.name, href: pageHref('returns', { ...frame.where, region: part.code }), sent: part.sent, returned: part.returned }))} />}
    {officers.length > 0 && <Rates title="Tingkat pengembalian per petugas" heading="Petugas" file={fileHref('officers', frame.where)} rows={ratesOf(officers, frame.where)} />}
  </Frame>
)

const ratesOf = (officers: OfficerProgress[], where: Where): RateRow[] => officers.filter((one) => sentOf(one) + one.moves.returned > 0)
  .map((one) => ({ name: one.name, href: officerHref(one.id, where), sent: sentOf(one), returned: one.moves.returned })).sort((one, other) => share(other) - share(one))

const share = ({ sent, returned }: { sent: number, returned: number }) => returned / Math.max(1, sent)

const Reasons = ({ frame: { where, place }, reasons }: Pick<Props, 'frame' | 'reasons'>) => {
  const all = reasons.reduce((sum, { count }) => sum + count, 0)
  return (
    <Card title="Isian yang paling sering dikembalikan" actions={reasons.length > 0 && <LinkButton href={fileHref('reasons', where)} download>Unduh CSV</LinkButton>}>
      {reasons.length === 0 ? <EmptyState title="Tidak ada catatan pengembalian pada rentang ini">Catatan pemeriksa pada sebuah isian dihitung di sini.</EmptyState> : (
        <>
          <StackedBars bare title="Catatan pemeriksa menurut isian" labelHeading="Isian" series={[{ key: 'count', label: 'Catatan', tone: 4 }]} description={reasons.length > MOST_REASONS ? `${MOST_REASONS} yang terbanyak; semuanya ada di CSV.` : undefined}
            rows={reasons.slice(0, MOST_REASONS).map(({ question, count }) => ({ label: questionWords(question).label, values: { count } }))} />
          <Table caption={`Catatan menurut isian${place.isVillage ? '; pilih angka untuk membaca catatannya' : '; catatannya dapat dibaca di halaman desa'}`} dense columns={['Isian', 'Blok', right('Catatan'), right('Bagian')]}>
            {reasons.slice(0, MOST_REASONS).map(({ question, count }) => {
              const { section, label } = questionWords(question)
              return (
                <Row>
                  <Cell label="Isian" lead>{label}</Cell>
                  <Cell label="Blok">{section}</Cell>
                  <Cell label="Catatan" align="right">{place.isVillage ? <a href={rowsHref(where, { question, region: place.code })} aria-label={`${label}: ${formatNumber(count)} catatan`}>{formatNumber(count)}</a> : formatNumber(count)}</Cell>
                  <Cell label="Bagian" align="right">{formatPercent(count, all)}</Cell>
                </Row>
              )
            })}
          </Table>
        </>
      )}
    </Card>
  )
}

type RateRow = { name: string, href: string, sent: number, returned: number }
const [MOST_BARS, MOST_ROWS] = [40, 100]

const RateLine = ({ heading, row }: { heading: string, row: RateRow }) => (
  <Row>
    <Cell label={heading} lead><a href={row.href}>{row.name}</a></Cell>
    <Cell label="Kiriman" align="right">{formatNumber(row.sent)}</Cell>
    <Cell label="Dikembalikan" align="right">{formatNumber(row.returned)}</Cell>
    <Cell label="Tingkat kembali" align="right">{formatPercent(row.returned, row.sent)}</Cell>
  </Row>
)

const Rates = ({ title, heading, file, rows }: { title: string, heading: string, file: string, rows: RateRow[] }) => (
  <Card title={title} actions={<LinkButton href={file} download>Unduh CSV</LinkButton>}>
    <StackedBars bare title="Kiriman dan yang dikembalikan" labelHeading={heading} description={rows.length > MOST_BARS ? `${MOST_BARS} baris pertama dari tabel di bawah.` : undefined} series={[{ key: 'kept', label: 'Tidak dikembalikan', tone: 1 }, { key: 'returned', label: 'Dikembalikan', tone: 4 }]}
      rows={rows.slice(0, MOST_BARS).map(({ name, href, sent, returned }) => ({ label: name, href, values: { kept: Math.max(0, sent - returned), returned } }))} />
    <Table caption={rows.length > MOST_ROWS ? `${title}: ${MOST_ROWS} dari ${formatNumber(rows.length)}, yang tertinggi dahulu; semuanya ada di CSV` : title} dense columns={[heading, right('Kiriman'), right('Dikembalikan'), right('Tingkat kembali')]}>
      {rows.slice(0, MOST_ROWS).map((row) => <RateLine heading={heading} row={row} />)}
    </Table>
  </Card>
)
