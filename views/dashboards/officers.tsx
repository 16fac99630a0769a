import type { OfficerProgress, OfficersOnPage } from '#app/dashboards/officers.ts'
import type { Day } from '#app/dashboards/progress.ts'
import { STAGE_WORDS, STAGES, type Stage } from '#app/households/stages.ts'
import { DaysTable } from '#views/dashboards/days.tsx'
import { Frame, type FrameProps } from '#views/dashboards/frame.tsx'
import { fileHref, householdsHref, officerHref, pageHref } from '#views/dashboards/links.ts'
import { MOVE_LABELS } from '#views/dashboards/words.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { DayColumns } from '#views/ui/curve.tsx'
import { formatNumber, formatPercent, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

const IN_HAND: Stage[] = ['assigned', 'downloaded', 'deliberated']
const handOf = ({ stages }: OfficerProgress) => IN_HAND.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0)
export const sentOf = ({ moves }: OfficerProgress) => moves.submitted + moves.resubmitted
const MOST_BARS = 40

export const OfficersPage = ({ frame, officers, upTo, total, next, isListed }: OfficersOnPage & { frame: FrameProps, isListed: boolean }) => (
  <Frame frame={frame} page="officers">
    {!isListed ? <EmptyState title="Pilih kabupaten/kota dahulu">Petugas ditampilkan per kabupaten/kota, kecamatan, atau desa.</EmptyState> : (
      <Card title="Petugas" actions={officers.length > 0 && <LinkButton href={fileHref('officers', frame.where)} download>Unduh CSV</LinkButton>}>
        {officers.length > 0 && <StackedBars bare title="Tugas di tangan dan kunjungan pada rentang ini" labelHeading="Petugas" description={officers.length > MOST_BARS ? `${MOST_BARS} petugas pertama dari tabel di bawah.` : undefined}
          series={[{ key: 'submitted', label: MOVE_LABELS.submitted, tone: 1 }, { key: 'hand', label: 'Masih di tangan', tone: 6 }, { key: 'returned', label: 'Dikembalikan, belum diperbaiki', tone: 4 }]}
          rows={officers.slice(0, MOST_BARS).map((officer) => ({ label: officer.name, href: officerHref(officer.id, frame.where), values: { submitted: Math.max(0, officer.moves.submitted), hand: handOf(officer), returned: officer.stages.returned ?? 0 } }))} />}
        <OfficersTable frame={frame} officers={officers} />
        {total > officers.length && <Pager nextHref={next && pageHref('officers', frame.where, { after: next })} bodyId={BODY} note={`Sampai petugas ke-${formatNumber(upTo)} dari ${formatNumber(total)}`} />}
      </Card>
    )}
  </Frame>
)

const BODY = 'petugas'

export const OfficersTable = ({ frame, officers }: { frame: FrameProps, officers: OfficerProgress[] }) => officers.length === 0
  ? <p>Belum ada petugas yang memegang tugas di sini.</p>
  : (
    <Table caption="Petugas; pilih nama untuk melihat harinya, pilih angka untuk membuka daftarnya" dense bodyId={BODY}
      columns={['Petugas', right('Di tangan'), right('Belum diperbaiki'), right('Menunggu pemeriksaan'), right('Kunjungan masuk'), right('Kiriman'), right('Dikembalikan'), right('Tingkat kembali')]}>
      {officers.map((officer) => <OfficerRow officer={officer} href={officerHref(officer.id, frame.where)} region={frame.place.code} />)}
    </Table>
  )

// The list shows one stage at a time; of several, the officer's page has them apart.
const InHand = ({ officer, region }: { officer: OfficerProgress, region: string }) => {
  const [stage, ...more] = IN_HAND.filter((one) => officer.stages[one])
  return stage && more.length === 0 ? <Standing officer={officer} stage={stage} region={region} /> : <>{formatNumber(handOf(officer))}</>
}

const Standing = ({ officer: { id, name, stages }, stage, region }: { officer: OfficerProgress, stage: Stage, region: string }) => {
  const count = stages[stage] ?? 0
  return count === 0 ? <>0</> : <a href={householdsHref({ region, stage, officer: id })} aria-label={`${name}, ${STAGE_WORDS[stage]}: ${formatNumber(count)}`}>{formatNumber(count)}</a>
}

const OfficerRow = ({ officer, href, region }: { officer: OfficerProgress, href: string, region: string }) => (
  <Row>
    <Cell label="Petugas" lead><a href={href}>{officer.name}</a></Cell>
    <Cell label="Di tangan" align="right"><InHand officer={officer} region={region} /></Cell>
    <Cell label="Belum diperbaiki" align="right"><Standing officer={officer} stage="returned" region={region} /></Cell>
    <Cell label="Menunggu pemeriksaan" align="right"><Standing officer={officer} stage="submitted" region={region} /></Cell>
    <Cell label="Kunjungan masuk" align="right">{formatNumber(officer.moves.submitted)}</Cell>
    <Cell label="Kiriman" align="right">{formatNumber(sentOf(officer))}</Cell>
    <Cell label="Dikembalikan" align="right">{formatNumber(officer.moves.returned)}</Cell>
    <Cell label="Tingkat kembali" align="right">{formatPercent(officer.moves.returned, sentOf(officer))}</Cell>
  </Row>
)

const NOWHERE = { region: '', period: '', from: '', to: '' }
type OfficerProps = { frame: FrameProps, officer: OfficerProgress, days: Day[], villages: { code: string, name: string }[] }

export const OfficerPage = ({ frame, officer, days, villages }: OfficerProps) => (
  <Frame frame={frame} page="officers" title={officer.name} action={officerHref(officer.id, NOWHERE)} trail={[{ href: pageHref('officers', frame.where), label: 'Petugas' }]}>
    <Stats items={[
      { label: 'Di tangan', value: formatNumber(handOf(officer)), note: villages.length > 0 ? villages.map(({ name }) => name).join(', ') : undefined },
      { label: 'Kunjungan masuk', value: formatNumber(officer.moves.submitted), note: 'pada rentang ini' },
      { label: 'Dikembalikan ke petugas', value: formatNumber(officer.moves.returned), note: `${formatPercent(officer.moves.returned, sentOf(officer))} dari ${formatNumber(sentOf(officer))} kiriman` },
    ]} />
    <Card title="Kunjungan per hari" actions={<LinkButton href={fileHref('days', frame.where, { officer: officer.id })} download>Unduh CSV</LinkButton>}>
      <DayColumns title="Kunjungan yang masuk tiap hari" series={[{ key: 'submitted', label: MOVE_LABELS.submitted, tone: 1 }, { key: 'resubmitted', label: MOVE_LABELS.resubmitted, tone: 3 }]}
        points={days.map(({ day, submitted, resubmitted }) => ({ label: formatShortDate(day), values: { submitted, resubmitted } }))} />
      <DaysTable days={days} />
    </Card>
    <Card title="Rumah tangga menurut tahap">
      <Table caption="Tahap sekarang; pilih angka untuk membuka daftarnya" dense columns={['Tahap', right('Rumah tangga')]}>
        {STAGES.filter((stage) => officer.stages[stage]).map((stage) => (
          <Row><Cell label="Tahap" lead>{STAGE_WORDS[stage]}</Cell><Cell label="Rumah tangga" align="right"><Standing officer={officer} stage={stage} region={frame.place.code} /></Cell></Row>
        ))}
      </Table>
    </Card>
  </Frame>
)
