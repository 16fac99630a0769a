import type { Forecast } from '#app/dashboards/forecast.ts'
import type { OfficerProgress } from '#app/dashboards/officers.ts'
import type { CurvePoint, Day, PlaceProgress } from '#app/dashboards/progress.ts'
import { DaysTable } from '#views/dashboards/days.tsx'
import { Frame, type FrameProps } from '#views/dashboards/frame.tsx'
import { fileHref, householdsHref, pageHref, type Where } from '#views/dashboards/links.ts'
import { OfficersTable } from '#views/dashboards/officers.tsx'
import { MOVE_LABELS } from '#views/dashboards/words.ts'
import { STEPS } from '#views/home/progress.tsx'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { Curve, DayColumns } from '#views/ui/curve.tsx'
import { formatDate, formatDecimal, formatNumber, formatPercent, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'
import { STAGES, type Stage } from '#app/households/stages.ts'

type Stages = Partial<Record<Stage, number>>
export type ProgressData = { stages: Stages, left: number, visited: number, days: Day[], parts: PlaceProgress[], forecast?: Forecast, curve: CurvePoint[], officers: OfficerProgress[] }
const MOST_BARS = 40

export const ProgressPage = ({ frame, data }: { frame: FrameProps, data: ProgressData }) => (
  <Frame frame={frame} page="">
    {workOf(data.stages) === 0
      ? <EmptyState title="Belum ada rumah tangga di wilayah ini">Setelah prelist diterbitkan, kemajuannya tampil di sini.</EmptyState>
      : <><Numbers data={data} /><Pace frame={frame} data={data} />{frame.place.isVillage ? <Officers frame={frame} data={data} /> : <Parts frame={frame} data={data} />}</>}
  </Frame>
)

const sumOf = (stages: Stages, names: Stage[]) => names.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0)
const workOf = (stages: Stages) => sumOf(stages, STAGES.filter((stage) => stage !== 'withdrawn'))
const stagesOf = (key: string) => STEPS.find((step) => step.key === key)!.stages
const SENT: Stage[] = ['submitted', 'returned', 'recheck', 'checked', 'verified', 'batched', 'ratified', 'dispatched', 'determined']

const Numbers = ({ data: { stages, left, visited, forecast } }: { data: ProgressData }) => {
  const [sent, work] = [sumOf(stages, SENT), workOf(stages)]
  return (
    <Stats items={[
      { label: 'Sudah dikunjungi', value: formatNumber(sent), note: `${formatPercent(sent, work)} dari ${formatNumber(work)} rumah tangga` },
      { label: 'Belum dikunjungi', value: formatNumber(left), note: stages.listed ? `ditambah ${formatNumber(stages.listed)} belum diterbitkan` : undefined, tone: left > 0 ? 'warn' : 'good' },
      { label: 'Kunjungan pada rentang ini', value: formatNumber(visited) },
      { label: 'Perkiraan selesai', value: left === 0 ? 'Selesai' : forecast ? formatShortDate(forecast.likely) : 'Belum bisa diperkirakan', note: forecast && rangeWords(forecast) },
    ]} />
  )
}

const rangeWords = ({ earliest, latest }: Forecast) => latest ? `antara ${formatShortDate(earliest)} dan ${formatShortDate(latest)}` : `paling cepat ${formatShortDate(earliest)}; paling lambat belum bisa dipastikan`

const Pace = ({ frame, data: { forecast, curve, days, left } }: { frame: FrameProps, data: ProgressData }) => {
  const { cutoffOn } = frame.range
  return (
    <Card title="Kunjungan per hari" actions={<LinkButton href={fileHref('days', frame.where)} download>Unduh CSV</LinkButton>}>
      <p>{left === 0 ? 'Semua rumah tangga yang diterbitkan sudah dikunjungi.' : forecast ? forecastWords(forecast, cutoffOn) : 'Tanggal selesai belum bisa diperkirakan: perlu sedikitnya 5 hari kerja dan 10 kunjungan.'}</p>
      <Curve title="Kunjungan terkumpul" description={cutoffOn ? `Garis target lurus dari awal periode sampai batas kirim ${formatDate(cutoffOn)}.` : 'Target hanya ada bila rentangnya sebuah periode penetapan.'}
        series={[{ key: 'made', label: 'Kunjungan', tone: 1 }, ...(cutoffOn ? [{ key: 'target', label: 'Target', tone: 4 as const, dashed: true }] : [])]}
        points={curve.map(({ day, made, target }) => ({ label: formatShortDate(day), values: { made, target } }))} />
      <DayColumns title="Kunjungan yang masuk tiap hari" series={[{ key: 'submitted', label: MOVE_LABELS.submitted, tone: 1 }, { key: 'resubmitted', label: MOVE_LABELS.resubmitted, tone: 3 }]}
        points={days.map(({ day, submitted, resubmitted }) => ({ label: formatShortDate(day), values: { submitted, resubmitted } }))} />
      <DaysTable days={days} />
    </Card>
  )
}

const forecastWords = ({ left, pace, days, likely, earliest, latest }: Forecast, cutoffOn?: string) =>
  `Sisa ${formatNumber(left)} kunjungan. Dengan laju ${formatDecimal(pace)} kunjungan per hari kerja (${days} hari kerja terakhir), selesai sekitar ${formatDate(likely)}, paling cepat ${formatDate(earliest)}, `
  + `${latest ? `paling lambat ${formatDate(latest)}` : 'paling lambat belum bisa dipastikan'}.`
  + (cutoffOn ? likely > cutoffOn ? ` Itu sesudah batas kirim ${formatDate(cutoffOn)}: tambah petugas atau bagi ulang tugas.` : latest && latest <= cutoffOn ? ' Itu sebelum batas kirim.' : ` Batas kirim ${formatDate(cutoffOn)} bisa terlewati.` : '')

const stepValues = (stages: Stages) => Object.fromEntries(STEPS.map(({ key, stages: names }) => [key, sumOf(stages, names)]))

const Parts = ({ frame: { where }, data: { parts } }: { frame: FrameProps, data: ProgressData }) => {
  const level = LEVEL_LABELS[parts[0]?.code.split('.').length ?? 0] ?? 'Wilayah'
  const down = (code: string) => pageHref('', { ...where, region: code })
  return (
    <Card title={`Kemajuan per ${level.toLowerCase()}`} actions={<LinkButton href={fileHref('progress', where)} download>Unduh CSV</LinkButton>}>
      <StackedBars bare title="Rumah tangga menurut tahap" labelHeading={level} series={STEPS} description={parts.length > MOST_BARS ? `${MOST_BARS} wilayah pertama; semuanya ada di tabel.` : undefined}
        rows={parts.slice(0, MOST_BARS).map(({ code, name, stages }) => ({ label: name, href: down(code), values: stepValues(stages) }))} />
      <Table caption={`Kemajuan per ${level.toLowerCase()}; pilih nama untuk melihat bagiannya`} dense
        columns={[level, right('Rumah tangga'), right('Sudah dikunjungi'), right('Kemajuan'), right('Pada rentang ini'), right('Di petugas'), right('Dikembalikan'), right('Menunggu pemeriksaan')]}>
        {parts.map(({ code, name, stages, visited }) => (
          <Row>
            <Cell label={level} lead><a href={down(code)}>{name}</a></Cell>
            <Cell label="Rumah tangga" align="right">{formatNumber(workOf(stages))}</Cell>
            <Cell label="Sudah dikunjungi" align="right">{formatNumber(sumOf(stages, SENT))}</Cell>
            <Cell label="Kemajuan" align="right">{formatPercent(sumOf(stages, SENT), workOf(stages))}</Cell>
            <Cell label="Pada rentang ini" align="right">{formatNumber(visited)}</Cell>
            <Cell label="Di petugas" align="right">{formatNumber(sumOf(stages, stagesOf('field')))}</Cell>
            <Cell label="Dikembalikan" align="right"><StageLink where={{ ...where, region: code }} name={name} stage="returned" count={stages.returned ?? 0} /></Cell>
            <Cell label="Menunggu pemeriksaan" align="right"><StageLink where={{ ...where, region: code }} name={name} stage="submitted" count={stages.submitted ?? 0} /></Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}

const StageLink = ({ where, name, stage, count }: { where: Where, name: string, stage: Stage, count: number }) =>
  count === 0 ? <>0</> : <a href={householdsHref({ region: where.region, stage })} aria-label={`${name}: ${formatNumber(count)}`}>{formatNumber(count)}</a>

const Officers = ({ frame, data: { officers, stages } }: { frame: FrameProps, data: ProgressData }) => (
  <>
    <Card title="Rumah tangga menurut tahap" actions={<LinkButton href={pageHref('stages', frame.where)}>Buka lama menunggu</LinkButton>}>
      <StackedBars bare title={frame.place.name} labelHeading="Desa" series={STEPS} rows={[{ label: frame.place.name, href: householdsHref({ region: frame.place.code }), values: stepValues(stages) }]} />
    </Card>
    <Card title="Kemajuan per petugas" actions={<LinkButton href={fileHref('officers', frame.where)} download>Unduh CSV</LinkButton>}>
      <OfficersTable frame={frame} officers={officers} />
    </Card>
  </>
)
