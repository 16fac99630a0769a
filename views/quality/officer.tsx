import type { Discrepancies } from '#app/backchecks/results.ts'
import type { Corrections, Durations, Flagged, FlagPlace, OfficerView } from '#app/quality/officer-page.ts'
import type { Answering } from '#app/quality/flag-answers.ts'
import type { Problem } from '#app/problems.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { DurationsCard } from '#views/quality/durations.tsx'
import { FlagsCard } from '#views/quality/flags.tsx'
import { officerHref } from '#views/quality/links.ts'
import { FEW_VISITS, LEVEL_WORDS, minutesOf } from '#views/quality/words.ts'
import { taskHref } from '#views/tasks/links.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatDateTime, formatDecimal, formatDuration, formatMonth, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack, Stats, Timeline } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Place = OfficerView['places'][number]
type Props = {
  view: OfficerView, place?: Place, durations?: Durations, flags: { rows: Flagged[], next?: FlagPlace }, flag?: string, corrections: Corrections, revisits?: Discrepancies, givesTasks: boolean
  newKey: () => string, refused?: { problem: Problem, typed: Partial<Answering> }
}

export const OfficerPage = ({ view, place, durations, flags, flag, corrections, revisits, givesTasks, newKey, refused }: Props) => {
  const { officer, isOwn, places } = view
  const answerable = place && (
    <FlagsCard officerId={officer.id} desa={places.length > 1 ? place.regionCode : undefined} flags={flags} flag={flag} isOwn={isOwn} answers={view.answers} newKey={newKey} kinds={view.kinds}
      refusal={refused && { message: refused.problem.message, fields: refused.problem.fields, typed: refused.typed }} />
  )
  return (
    <Stack>
      <PageHead title={isOwn ? 'Kunjungan saya' : officer.name} trail={isOwn ? [{ href: '/field', label: 'Tugas lapangan' }] : [{ href: '/officers', label: 'Petugas' }]}
        lead={isOwn ? 'Yang dilihat pemeriksa tentang kunjungan Anda, dan tempat Anda menjelaskannya. Halaman ini perlu sinyal.' : place?.desa ?? undefined}
        actions={givesTasks && <LinkButton href={taskHref({ title: `Dampingi ${officer.name}`, about: `officer:${officer.id}` })}>Buat tugas</LinkButton>}
        badge={place && !isOwn ? <Badge tone={LEVEL_WORDS[place.level].tone}>{LEVEL_WORDS[place.level].label}</Badge> : undefined} />
      {refused && <Notice tone="bad" title="Penjelasan belum tersimpan"><p>{Object.values(refused.problem.fields)[0] ?? refused.problem.message}</p></Notice>}
      {places.length > 1 && <Tabs label="Desa" items={places.map(({ regionCode, desa }) => ({ href: officerHref(officer.id, { desa: regionCode }), label: desa ?? regionCode, current: regionCode === place?.regionCode }))} />}
      {place ? <Figures place={place} isOwn={isOwn} /> : <EmptyState title="Belum ada kunjungan yang dinilai">{isOwn ? 'Angka tampil beberapa detik setelah kunjungan pertama Anda sampai di server.' : 'Angka tampil beberapa detik setelah kunjungan pertama tiba.'}</EmptyState>}
      {isOwn && answerable}
      {place && durations && <DurationsCard durations={durations} zone={zoneOf(place.regionCode)} desa={place.desa ?? place.regionCode} isOwn={isOwn} fileHref={`/officers/${officer.id}/durations.csv?desa=${place.regionCode}`} />}
      {!isOwn && answerable}
      {revisits && revisits.revisited > 0 && <Revisits revisits={revisits} />}
      {place && <Months view={view} place={place} />}
      {place && <CorrectionsCard corrections={corrections} isOwn={isOwn} />}
    </Stack>
  )
}

const Revisits = ({ revisits: { revisited, firm, share, latest } }: { revisits: Discrepancies }) => (
  <Card title="Kunjungan ulang oleh petugas lain">
    <p>{formatNumber(firm)} dari {formatNumber(revisited)} kunjungan yang diulang berbeda pada hal yang tidak mungkin berubah
      ({formatPercent(firm, revisited)}; dengan keyakinan 95% antara {formatPercent(share.low, 1)} dan {formatPercent(share.high, 1)}).</p>
    <ul>{latest.map(({ id, at, headName, firm: differing, undecided }) => (
      <li><a href={`/backchecks/visits/${id}`}>{headName}</a>, {formatDateTime(at)}: {differing > 0 ? `${differing} beda pokok` : 'tidak ada beda pokok'}{undecided > 0 && `, ${undecided} belum diputuskan`}</li>
    ))}</ul>
  </Card>
)

const Figures = ({ place, isOwn }: { place: Place, isOwn: boolean }) => (
  <Card title={isOwn ? 'Ringkasan' : 'Penilaian'} tone={place.level === 'look' && !isOwn ? 'warn' : undefined}>
    {place.level === 'unknown' ? <p>{FEW_VISITS}</p> : place.reasons.length === 0 ? <p>Tidak ada yang menonjol dibanding petugas lain di tempat yang sama.</p> : (
      <>
        {isOwn && <p>Hal-hal ini berbeda dari petugas lain di tempat Anda, jadi pemeriksa melihatnya lebih teliti. Bila ada sebabnya, jelaskan pada tandanya.</p>}
        {place.reasons.map(({ sentence }) => <p>{sentence}</p>)}
      </>
    )}
    <Stats items={[
      { label: 'Kunjungan', value: formatNumber(place.visits), note: `${formatNumber(place.finished)} selesai dicacah` },
      { label: 'Lama di tengah', value: formatDuration(place.medianMs), note: place.bandMs === null ? 'Belum ada pembanding' : `Petugas lain ${formatDuration(place.bandMs)}` },
      { label: 'Tanda per kunjungan', value: formatDecimal(place.flagCount / Math.max(place.visits, 1)) },
      { label: 'Dikembalikan', value: formatPercent(place.returned, place.visits), note: `${formatNumber(place.returned)} kunjungan` },
      { label: 'Tidak ditemukan', value: formatPercent(place.notFound, place.visits), note: `${formatNumber(place.notFound)} kunjungan` },
    ]} />
  </Card>
)

const Months = ({ view, place }: { view: OfficerView, place: Place }) => {
  const months = view.months.filter(({ regionCode }) => regionCode === place.regionCode)
  return months.length === 0 ? null : (
    <Card title="Kunjungan dari waktu ke waktu">
      <StackedBars bare title="Kunjungan per bulan menurut hasilnya" labelHeading="Bulan"
        series={[{ key: 'finished', label: 'Selesai dicacah', tone: 1 }, { key: 'notFound', label: 'Tidak ditemukan', tone: 4 }, { key: 'other', label: 'Hasil lain', tone: 6 }]}
        rows={months.map(({ month, visits, finished, notFound }) => ({ label: formatMonth(month), values: { finished, notFound, other: visits - finished - notFound } }))} />
      <Table caption="Per bulan" hideCaption dense columns={['Bulan', right('Kunjungan'), right('Selesai'), right('Menit di tengah'), right('Tanda'), right('Dikembalikan'), 'Penilaian']}>
        {months.map((row) => (
          <Row>
            <Cell label="Bulan" lead>{formatMonth(row.month)}</Cell>
            <Cell label="Kunjungan" align="right">{formatNumber(row.visits)}</Cell>
            <Cell label="Selesai" align="right">{formatNumber(row.finished)}</Cell>
            <Cell label="Menit di tengah" align="right">{minutesOf(row.medianMs)}</Cell>
            <Cell label="Tanda" align="right">{formatNumber(row.flagCount)}</Cell>
            <Cell label="Dikembalikan" align="right">{formatNumber(row.returned)}</Cell>
            <Cell label="Penilaian">{LEVEL_WORDS[row.level].label}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}

const CorrectionsCard = ({ corrections: { returns, questions }, isOwn }: { corrections: Corrections, isOwn: boolean }) => (
  <Card title="Dikembalikan dan dibetulkan">
    {returns.length === 0 ? <p>{isOwn ? 'Belum ada kunjungan Anda yang dikembalikan.' : 'Belum ada kunjungannya yang dikembalikan.'}</p> : (
      <>
        {questions.length > 0 && (
          <Table caption="Isian yang paling sering dicatat pemeriksa" dense columns={['Isian', right('Catatan'), 'Catatan terbaru']}>
            {questions.map(({ question, times, latest }) => (
              <Row>
                <Cell label="Isian" lead>{question}</Cell>
                <Cell label="Catatan" align="right">{formatNumber(times)}</Cell>
                <Cell label="Catatan terbaru">{latest}</Cell>
              </Row>
            ))}
          </Table>
        )}
        <Timeline items={returns.map((one) => ({
          at: formatDateTime(one.at), iso: one.at, tone: 'warn' as const, title: <a href={isOwn ? `/field/${one.householdId}` : `/households/${one.householdId}`}>{one.headName}</a>,
          by: `${one.level === 1 ? 'pemeriksa pertama' : 'Dinsos'}${one.by ? `, ${one.by}` : ''}`, note: one.note || undefined,
        }))} />
      </>
    )}
  </Card>
)
