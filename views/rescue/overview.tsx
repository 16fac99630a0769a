import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Regency, RescuePlace, RescueReading } from '#app/rescue/overview.ts'
import { exportHref } from '#views/exports/links.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { countdown, hoursLeft } from '#views/rescue/countdown.ts'
import { REASON_LABELS, REASONS } from '#views/rescue/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { reading: RescueReading, region: string, choices: PlaceChoices, now: string, mayExport: boolean, seesPeriods: boolean }
type Listed = Extract<RescueReading, { kind: 'list' }>

export const RescuePage = (props: Props) => (
  <div class="stack">
    <PageHead title="Daftar penyelamatan" lead="Rumah tangga yang akan tertinggal atau dikeluarkan pada batas waktu berikutnya, dan apa yang masih bisa diperbaiki."
      actions={props.reading.kind === 'list' && props.mayExport && <LinkButton href={exportHref('rescue', props.region && `?region=${props.region}`)}>Ekspor daftar</LinkButton>} />
    {hasChoice(props.choices) && (
      <Filters action="/rescue" clearHref={props.region ? '/rescue' : undefined} label="Pilih wilayah"><PlaceField choices={props.choices} chosen={props.region} /></Filters>
    )}
    <Reading {...props} />
  </div>
)

const Reading = (props: Props) => {
  const { reading, seesPeriods } = props
  if (reading.kind === 'regencies') return <Regencies regencies={reading.regencies} now={props.now} seesPeriods={seesPeriods} />
  if (reading.kind === 'none') return <NoPeriod where={reading.regency} seesPeriods={seesPeriods} />
  return <List {...props} reading={reading} />
}

const NoPeriod = ({ where, seesPeriods }: { where: string, seesPeriods: boolean }) => (
  <EmptyState title={`Belum ada periode penetapan untuk ${where}`} action={seesPeriods && <LinkButton href="/periods">Buka daftar periode</LinkButton>}>
    Daftar ini dihitung mundur dari batas waktu sebuah periode. {seesPeriods ? 'Lihat periode yang sudah dibuka.' : 'Periode dibuka oleh Kemensos.'}
  </EmptyState>
)

const isPressing = (cutoffOn: string, now: string) => hoursLeft(cutoffOn, now) < 72

const List = ({ reading, now }: Props & { reading: Listed }) => {
  const { list, villages, last } = reading
  const [open, saved] = [sum(villages, 'open'), sum(villages, 'saved')]
  return (
    <>
      <Notice tone={isPressing(list.cutoffOn, now) ? 'bad' : 'warn'} title={countdown(list.cutoffOn, now)}>
        <p>{list.periodName}: batas waktu {formatDate(list.cutoffOn)} pukul 24.00 WIB. Yang belum dikirim ke Kemensos sampai saat itu pindah ke periode berikutnya.</p>
      </Notice>
      {list.status === 'building' && <Building reading={reading} />}
      <Stats items={[
        { label: 'Masih terancam', value: formatNumber(open), tone: open ? 'bad' : 'good', note: 'rumah tangga' },
        { label: 'Sudah diselamatkan', value: formatNumber(saved), tone: saved ? 'good' : 'neutral', note: formatPercent(saved, open + saved) },
        ...(last ? [{ label: `Tertinggal pada ${last.periodName}`, value: formatNumber(last.openCount), note: `${formatNumber(last.savedCount)} diselamatkan` }] : []),
      ]} />
      {villages.length > 0 ? <><Picture reading={reading} /><Reasons villages={villages} /><Villages villages={villages} /></>
        : list.status === 'live' && <EmptyState title="Tidak ada yang terancam">Semua rumah tangga di wilayah ini siap untuk periode berikutnya.</EmptyState>}
    </>
  )
}

const Building = ({ reading: { list } }: { reading: Listed }) => (
  <Card title="Daftar sedang disiapkan">
    <Progress label="Rumah tangga yang sudah dilihat" value={list.checkedCount} max={list.totalCount} />
    <p><LinkButton href="/rescue">Muat ulang</LinkButton></p>
  </Card>
)

const sum = (villages: RescuePlace[], key: 'open' | 'saved') => villages.reduce((total, village) => total + village[key], 0)

const SERIES: { key: string, label: string, tone: ChartTone }[] = [{ key: 'saved', label: 'Diselamatkan', tone: 1 }, { key: 'open', label: 'Masih terancam', tone: 4 }]
const MOST_BARS = 20

// The desa with most to save; the table below holds every one.
const Picture = ({ reading: { villages, regionName } }: { reading: Listed }) => (
  <Card title={`Keadaan per desa/kelurahan, ${regionName}`}>
    <StackedBars title="Rumah tangga yang diselamatkan dan yang masih terancam" labelHeading="Desa/kelurahan" series={SERIES}
      description={villages.length > MOST_BARS ? `${MOST_BARS} desa/kelurahan yang paling banyak terancam.` : undefined}
      rows={villages.slice(0, MOST_BARS).map(({ code, name, open, saved }) => ({ label: name, href: `/rescue/${code}`, values: { open, saved } }))} />
  </Card>
)

const Reasons = ({ villages }: { villages: RescuePlace[] }) => (
  <Card title="Alasannya">
    <Table caption="Alasan yang masih terbuka" hideCaption dense columns={['Alasan', right('Terbuka')]}>
      {REASONS.map((reason) => [reason, villages.reduce((total, { reasons }) => total + (reasons[reason] ?? 0), 0)] as const).filter(([, open]) => open > 0).map(([reason, open]) => (
        <Row><Cell label="Alasan" lead>{REASON_LABELS[reason]}</Cell><Cell label="Terbuka" align="right">{formatNumber(open)}</Cell></Row>
      ))}
    </Table>
    <p class="hint">Satu rumah tangga bisa punya beberapa alasan.</p>
  </Card>
)

const Villages = ({ villages }: { villages: RescuePlace[] }) => (
  <Card title="Daftar per desa/kelurahan">
    <Table caption="Desa/kelurahan, yang paling banyak terancam di atas" hideCaption columns={['Desa/kelurahan', right('Masih terancam'), right('Diselamatkan'), 'Alasan terbanyak', { label: 'Cetak', hide: true }]}>
      {villages.map(({ code, name, open, saved, reasons }) => (
        <Row>
          <Cell label="Desa/kelurahan" lead><a href={`/rescue/${code}`}>{name}</a></Cell>
          <Cell label="Masih terancam" align="right">{open > 0 ? <Badge tone="bad">{formatNumber(open)}</Badge> : <Badge tone="good">0</Badge>}</Cell>
          <Cell label="Diselamatkan" align="right">{formatNumber(saved)}</Cell>
          <Cell label="Alasan terbanyak">{mostOf(reasons)}</Cell>
          <Cell label="Cetak" actions>{open > 0 && <LinkButton small tone="quiet" href={`/rescue/${code}/print`}>Cetak<span class="unseen"> {name}</span></LinkButton>}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

function mostOf(reasons: RescuePlace['reasons']): string {
  const [most] = REASONS.filter((reason) => reasons[reason]).sort((a, b) => reasons[b]! - reasons[a]!)
  return most ? `${REASON_LABELS[most]} (${formatNumber(reasons[most])})` : '–'
}

const Regencies = ({ regencies, now, seesPeriods }: { regencies: Regency[], now: string, seesPeriods: boolean }) => regencies.length === 0
  ? <NoPeriod where="wilayah Anda" seesPeriods={seesPeriods} />
  : (
    <Table caption="Kabupaten/kota, yang paling banyak terancam di atas" columns={['Kabupaten/kota', 'Periode', 'Batas waktu', 'Sisa waktu', right('Masih terancam'), right('Diselamatkan')]}>
      {regencies.map(({ regencyCode, name, periodName, cutoffOn, openCount, savedCount }) => (
        <Row>
          <Cell label="Kabupaten/kota" lead><a href={`/rescue?region=${regencyCode}`}>{name}</a></Cell>
          <Cell label="Periode">{periodName}</Cell>
          <Cell label="Batas waktu">{formatDate(cutoffOn)}</Cell>
          <Cell label="Sisa waktu">{countdown(cutoffOn, now)}</Cell>
          <Cell label="Masih terancam" align="right">{formatNumber(openCount)}</Cell>
          <Cell label="Diselamatkan" align="right">{formatNumber(savedCount)}</Cell>
        </Row>
      ))}
    </Table>
  )
