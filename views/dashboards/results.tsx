import type { PlaceResults, Results } from '#app/dashboards/results.ts'
import { Frame, type FrameProps } from '#views/dashboards/frame.tsx'
import { fileHref, householdsHref, pageHref, rowsHref } from '#views/dashboards/links.ts'
import { blockTitle } from '#views/dashboards/words.ts'
import { OUTCOMES } from '#views/visits/labels.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { frame: FrameProps, total: Results, parts: PlaceResults[], rows: PlaceResults[] }
const CODES = Object.keys(OUTCOMES)
const MOST_BARS = 40
const allOf = ({ outcomes }: Results) => Object.values(outcomes).reduce((sum, n) => sum + n, 0)

export const ResultsPage = (props: Props) => (
  <Frame frame={props.frame} page="results">
    {allOf(props.total) === 0 ? <EmptyState title="Belum ada kunjungan pada rentang ini">Pilih waktu yang lain, atau tunggu kunjungan pertama masuk.</EmptyState> : (
      <>
        <Outcomes {...props} />
        <Completeness {...props} />
      </>
    )}
  </Frame>
)

const Outcomes = ({ frame: { where, place }, total, rows }: Props) => {
  const down = (code: string) => code === place.code ? householdsHref({ region: code }) : pageHref('results', { ...where, region: code })
  return (
    <Card title="Hasil verivali" actions={<LinkButton href={fileHref('outcomes', where)} download>Unduh CSV</LinkButton>}>
      <Stats items={CODES.filter((code) => total.outcomes[code]).map((code) => ({ label: `${code}. ${OUTCOMES[Number(code)]}`, value: formatNumber(total.outcomes[code]), note: formatPercent(total.outcomes[code] ?? 0, allOf(total)), href: householdsHref({ region: place.code, outcome: code }) }))} />
      <StackedBars bare title="Kunjungan menurut hasil" labelHeading="Wilayah" description={rows.length > MOST_BARS ? `${MOST_BARS} wilayah pertama; semuanya ada di tabel.` : undefined}
        series={CODES.map((code) => ({ key: code, label: OUTCOMES[Number(code)]!, tone: Number(code) as ChartTone }))} rows={rows.slice(0, MOST_BARS).map(({ code, name, outcomes }) => ({ label: name, href: down(code), values: outcomes }))} />
      <Table caption="Hasil menurut wilayah; daftar di balik angka memuat hasil dari semua waktu" dense columns={['Wilayah', ...CODES.map((code) => right(OUTCOMES[Number(code)]!)), right('Jumlah')]}>
        {rows.map((row) => (
          <Row>
            <Cell label="Wilayah" lead><a href={down(row.code)}>{row.name}</a></Cell>
            {CODES.map((code) => <Cell label={OUTCOMES[Number(code)]!} align="right">{row.outcomes[code] ? <a href={householdsHref({ region: row.code, outcome: code })} aria-label={`${row.name}, ${OUTCOMES[Number(code)]}: ${formatNumber(row.outcomes[code])}`}>{formatNumber(row.outcomes[code])}</a> : '0'}</Cell>)}
            <Cell label="Jumlah" align="right">{formatNumber(allOf(row))}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}

const Completeness = ({ frame: { where, place }, total, parts }: Props) => {
  const blocks = Object.entries(total.lacks).sort(([, one], [, other]) => other - one)
  return (
    <Card title="Kelengkapan isian" actions={<LinkButton href={fileHref('completeness', where)} download>Unduh CSV</LinkButton>}>
      <p>{`${formatNumber(total.whole)} dari ${formatNumber(total.finished)} kunjungan yang selesai dicacah terisi lengkap (${formatPercent(total.whole, total.finished)}).`}</p>
      {blocks.length > 0 && (
        <>
          <StackedBars bare title="Kunjungan selesai dicacah yang blok isiannya belum lengkap" labelHeading="Blok" series={[{ key: 'lack', label: 'Belum lengkap', tone: 4 }]} rows={blocks.map(([code, n]) => ({ label: blockTitle(code), values: { lack: n } }))} />
          <Table caption={`Blok yang belum lengkap${place.isVillage ? '; pilih angka untuk membuka daftarnya' : '; daftarnya ada di halaman desa'}`} dense columns={['Blok', right('Belum lengkap'), right('dari yang selesai')]}>
            {blocks.map(([code, n]) => (
              <Row>
                <Cell label="Blok" lead>{blockTitle(code)}</Cell>
                <Cell label="Belum lengkap" align="right">{place.isVillage ? <a href={rowsHref(where, { lack: code, region: place.code })} aria-label={`${blockTitle(code)}: ${formatNumber(n)}`}>{formatNumber(n)}</a> : formatNumber(n)}</Cell>
                <Cell label="dari yang selesai" align="right">{formatPercent(n, total.finished)}</Cell>
              </Row>
            ))}
          </Table>
        </>
      )}
      {parts.length > 0 && (
        <Table caption="Kelengkapan menurut wilayah" dense columns={['Wilayah', right('Selesai dicacah'), right('Lengkap'), right('Bagian'), right('Belum lengkap')]}>
          {parts.map((row) => (
            <Row>
              <Cell label="Wilayah" lead><a href={pageHref('results', { ...where, region: row.code })}>{row.name}</a></Cell>
              <Cell label="Selesai dicacah" align="right">{formatNumber(row.finished)}</Cell>
              <Cell label="Lengkap" align="right">{formatNumber(row.whole)}</Cell>
              <Cell label="Bagian" align="right">{formatPercent(row.whole, row.finished)}</Cell>
              <Cell label="Belum lengkap" align="right">{formatNumber(row.finished - row.whole)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  )
}
