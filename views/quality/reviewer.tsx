import type { ReviewerDay } from '#app/quality/reviewer-days.ts'
import type { ReviewerView } from '#app/quality/reviewers.ts'
import { perMinute } from '#views/quality/reviewers.tsx'
import { FEW_DECISIONS, LEVEL_WORDS } from '#views/quality/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Lines } from '#views/ui/chart.tsx'
import { formatDate, formatDateTime, formatDuration, formatNumber, formatPercent, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats, Timeline } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Kept = NonNullable<ReviewerView['kept']>

export const ReviewerPage = ({ view }: { view: ReviewerView }) => {
  const { reviewer, isOwn, seesOthers, places, kept } = view
  return (
    <Stack>
      <PageHead title={isOwn ? 'Hasil periksa saya' : reviewer.name} trail={seesOthers ? [{ href: '/reviewers', label: 'Pemeriksa' }] : [{ href: '/reviews', label: 'Pemeriksaan' }]}
        lead={`${isOwn ? 'Bagaimana Anda memutuskan, dibandingkan dengan pemeriksa lain pada tahap yang sama.' : places.join(', ')}`}
        badge={kept && !isOwn ? <Badge tone={LEVEL_WORDS[kept.level].tone}>{LEVEL_WORDS[kept.level].label}</Badge> : undefined} />
      {kept ? <><Figures kept={kept} view={view} /><Days view={view} /><Overturned view={view} /></>
        : <EmptyState title="Belum ada keputusan">Angka tampil beberapa detik setelah keputusan pertama.</EmptyState>}
    </Stack>
  )
}

const Figures = ({ kept, view: { others, isOwn } }: { kept: Kept, view: ReviewerView }) => {
  const { figures } = kept
  const beside = (say: (all: ReviewerDay) => string) => others ? `Pemeriksa lain ${say(others)}` : 'Belum ada pembanding'
  return (
    <Card title={isOwn ? 'Ringkasan' : 'Penilaian'} tone={kept.level === 'look' && !isOwn ? 'warn' : undefined}>
      {kept.level === 'unknown' ? <p>{FEW_DECISIONS}</p> : kept.reasons.length === 0 ? <p>Tidak ada yang menonjol dibanding pemeriksa lain.</p> : kept.reasons.map(({ sentence }) => <p>{sentence}</p>)}
      <Stats items={[
        { label: 'Keputusan', value: formatNumber(kept.decided), note: `${formatNumber(figures.bulk)} disetujui bersama` },
        { label: 'Disetujui', value: formatPercent(figures.approved, kept.decided), note: beside((all) => formatPercent(all.approved, all.approved + all.returned)) },
        { label: 'Per menit saat bekerja', value: perMinute(figures), note: beside(perMinute) },
        { label: 'Tanpa membuka foto', value: formatPercent(figures.unopened, figures.watched), note: beside((all) => formatPercent(all.unopened, all.watched)) },
        { label: 'Dikembalikan tahap berikutnya', value: formatPercent(figures.overturned, figures.followed), note: beside((all) => formatPercent(all.overturned, all.followed)) },
        { label: 'Beruntun, tiap kurang dari 10 detik', value: formatNumber(figures.streak) },
      ]} />
      <p class="hint">Per menit dihitung selama bekerja: jeda lebih dari 30 menit memulai sesi baru. Yang disetujui bersama tidak ikut dihitung kecepatannya. Dibukanya foto dicatat sejak fitur ini ada.</p>
    </Card>
  )
}

const SHOWN = 31

const Days = ({ view: { days, reviewer } }: { view: ReviewerView }) => days.length === 0 ? null : (
  <Card title="Dari hari ke hari" actions={<LinkButton href={`/reviewers/${reviewer.id}/days.csv`} download>Unduh CSV</LinkButton>}>
    <Lines title="Keputusan per hari kerja" series={[{ key: 'approved', label: 'Disetujui', tone: 1 }, { key: 'returned', label: 'Dikembalikan', tone: 4 }, { key: 'unopened', label: 'Tanpa membuka foto', tone: 3 }]}
      points={days.map(({ day, approved, returned, unopened }) => ({ label: formatShortDate(day), values: { approved, returned, unopened } }))} />
    <Table caption={`${Math.min(SHOWN, days.length)} hari kerja terakhir`} dense columns={['Hari', right('Disetujui'), right('Dikembalikan'), right('Bersama'), right('Tanpa buka foto'), right('Sesi'), right('Lama bekerja'), right('Per menit'), right('Beruntun')]}>
      {days.slice(-SHOWN).reverse().map((one) => (
        <Row tone={one.unopened > 0 ? 'warn' : undefined}>
          <Cell label="Hari" lead>{formatDate(one.day)}</Cell>
          <Cell label="Disetujui" align="right">{formatNumber(one.approved)}</Cell>
          <Cell label="Dikembalikan" align="right">{formatNumber(one.returned)}</Cell>
          <Cell label="Bersama" align="right">{formatNumber(one.bulk)}</Cell>
          <Cell label="Tanpa buka foto" align="right">{formatNumber(one.unopened)}</Cell>
          <Cell label="Sesi" align="right">{formatNumber(one.sessions)}</Cell>
          <Cell label="Lama bekerja" align="right">{formatDuration(one.sessionMs)}</Cell>
          <Cell label="Per menit" align="right">{perMinute(one)}</Cell>
          <Cell label="Beruntun" align="right">{formatNumber(one.streak)}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Overturned = ({ view: { overturned, isOwn } }: { view: ReviewerView }) => overturned.length === 0 ? null : (
  <Card title={isOwn ? 'Anda setujui, lalu dikembalikan tahap berikutnya' : 'Disetujui di sini, dikembalikan tahap berikutnya'}>
    <Timeline items={overturned.map((one) => ({
      at: formatDateTime(one.returnedAt), iso: one.returnedAt, tone: 'warn' as const, title: <a href={`/households/${one.householdId}`}>{one.headName}</a>,
      by: `disetujui ${formatDateTime(one.approvedAt)}`, note: one.note || undefined,
    }))} />
  </Card>
)
