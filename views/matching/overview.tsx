import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import type { MatchedPlace, OutcomeCounts } from '#app/matching/overview.ts'
import type { ListedRun } from '#app/matching/runs.ts'
import { METHOD_LABELS, OUTCOME_LABELS, RUN_STATUS } from '#views/matching/labels.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = {
  places: MatchedPlace[], total: OutcomeCounts, region: string, choices: PlaceChoices, runs: ListedRun[], next?: number, mayRun: boolean, now: string
}

export const OverviewPage = (props: Props) => (
  <div class="stack">
    <PageHead title="Pemadanan Dukcapil" lead="NIK dan nama anggota dibandingkan dengan data kependudukan. Yang belum padan perlu diperbaiki sebelum batas waktu pengesahan."
      actions={props.mayRun && <LinkButton href="/matching/new" tone="primary">Mulai pemadanan</LinkButton>} />
    {hasChoice(props.choices) && (
      <Filters action="/matching" clearHref={props.region ? '/matching' : undefined} label="Pilih wilayah"><PlaceField choices={props.choices} chosen={props.region} /></Filters>
    )}
    {props.places.length === 0 ? <Nothing mayRun={props.mayRun} /> : <><Outcomes {...props} /><Places {...props} /></>}
    <Runs {...props} />
  </div>
)

const Nothing = ({ mayRun }: { mayRun: boolean }) => (
  <EmptyState title="Belum ada hasil pemadanan di wilayah ini" action={mayRun && <LinkButton href="/matching/new">Mulai pemadanan</LinkButton>}>
    {mayRun ? 'Pilih wilayah dan siapa yang dipadankan.' : 'Pemadanan dijalankan oleh Dinsos kabupaten/kota.'}
  </EmptyState>
)

export const peopleHref = (outcome: Outcome, region: string) => `/matching/people?${new URLSearchParams({ outcome, ...(region && { region }) })}`

const Outcomes = ({ total, region }: Props) => (
  <section aria-label="Hasil pemadanan">
    <Stats items={(Object.keys(OUTCOME_LABELS) as Outcome[]).map((outcome) => ({
      label: OUTCOME_LABELS[outcome].label, href: peopleHref(outcome, region), value: formatNumber(total[outcome] ?? 0),
      tone: total[outcome] ? OUTCOME_LABELS[outcome].tone : 'neutral',
    }))} />
  </section>
)

// Eight outcomes in six groups the eye can tell apart; the table under the picture has the same.
const SERIES: { key: string, label: string, tone: ChartTone, outcomes: Outcome[] }[] = [
  { key: 'good', label: 'Padan', tone: 1, outcomes: ['padan'] },
  { key: 'card', label: 'Nomor KK berbeda', tone: 2, outcomes: ['kk_berbeda'] },
  { key: 'name', label: 'Nama tidak padan', tone: 3, outcomes: ['tidak_padan_nama'] },
  { key: 'nik', label: 'NIK tidak ditemukan atau ganda', tone: 4, outcomes: ['nik_tidak_ditemukan', 'ganda'] },
  { key: 'dead', label: 'Tercatat meninggal', tone: 5, outcomes: ['meninggal'] },
  { key: 'later', label: 'Ditanyakan lagi', tone: 6, outcomes: ['belum_online', 'gangguan'] },
]

const Places = ({ places }: Props) => {
  const level = LEVEL_LABELS[places[0]!.code.split('.').length] ?? 'Wilayah'
  return (
    <Card title={`Hasil per ${level.toLowerCase()}`}>
      <StackedBars title="Jumlah anggota menurut hasil pemadanan" labelHeading={level} series={SERIES} rows={places.map(({ code, name, counts }) => ({
        label: name, href: code.length < 13 ? `/matching?region=${code}` : peopleHref('tidak_padan_nama', code),
        values: Object.fromEntries(SERIES.map(({ key, outcomes }) => [key, outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0)])),
      }))} />
    </Card>
  )
}

const Runs = ({ runs, next, region, now }: Props) => runs.length === 0 ? null : (
  <Card title="Putaran pemadanan">
    <Table caption="Putaran pemadanan, yang terbaru di atas" hideCaption columns={['Putaran', 'Keadaan', 'Wilayah', 'Cara', 'Dimulai', right('Ditanyakan'), right('Dijawab')]}>
      {runs.map((run) => (
        <Row>
          <Cell label="Putaran" lead><a href={`/matching/${run.id}`}>Putaran {run.number}</a></Cell>
          <Cell label="Keadaan"><Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge></Cell>
          <Cell label="Wilayah">{run.regionName}</Cell>
          <Cell label="Cara">{METHOD_LABELS[run.method]}</Cell>
          <Cell label="Dimulai"><span><time datetime={run.startedAt} title={formatDateTime(run.startedAt)}>{formatAge(run.startedAt, now)}</time> oleh {run.startedBy}</span></Cell>
          <Cell label="Ditanyakan" align="right">{formatNumber(run.questionCount)}</Cell>
          <Cell label="Dijawab" align="right">{formatNumber(run.answeredCount)}</Cell>
        </Row>
      ))}
    </Table>
    <Pager nextHref={next === undefined ? undefined : `/matching?${new URLSearchParams({ ...(region && { region }), before: String(next) })}`} />
  </Card>
)
