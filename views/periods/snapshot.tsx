import type { SnapshotCheck, SnapshotView } from '#app/periods/snapshots.ts'
import { SnapshotLine } from '#views/periods/period.tsx'
import { TRAIL } from '#views/periods/labels.ts'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type SnapshotProps = SnapshotView & { checkKey: string }

export const SnapshotPage = (props: SnapshotProps) => {
  const { period, snapshot, place } = props
  const base = `/periods/${period.id}/snapshot`
  const above = place.path.map(({ code, name }) => ({ href: code ? `${base}?region=${code}` : base, label: name }))
  return (
    <div class="stack">
      <PageHead title={`Potret data ${period.name}`} lead={place.name} trail={[...TRAIL, { href: `/periods/${period.id}`, label: period.name }, ...above]} />
      {!snapshot && <EmptyState title="Belum ada potret"><p>Data dipotret saat periode ini ditutup.</p></EmptyState>}
      <SnapshotLine period={period} snapshot={snapshot} />
      {snapshot?.status === 'ready' && <Ready {...props} />}
    </div>
  )
}

const Ready = (props: SnapshotProps) => {
  const { total, rows, place, period } = props
  const heading = LEVEL_LABELS[place.below.level] ?? 'Wilayah'
  return (
    <>
      <Stats items={[
        { label: 'Rumah tangga', value: formatNumber(total.households), note: 'aktif dan ditetapkan' },
        { label: 'Anggota', value: formatNumber(total.members) },
        { label: heading, value: formatNumber(rows.length) },
      ]} />
      <Fingerprint {...props} />
      <Card title={`Jumlah per ${heading.toLowerCase()}`}>
        {rows.length === 0 ? <p>Belum ada rumah tangga yang ditetapkan di wilayah ini.</p> : (
          <StackedBars bare title="Rumah tangga yang ditetapkan" labelHeading={heading} series={[{ key: 'households', label: 'Rumah tangga', tone: 1 }]}
            rows={rows.map(({ code, name, households }) => ({ label: name, values: { households }, ...(place.below.level < 4 && { href: `/periods/${period.id}/snapshot?region=${code}` }) }))} />
        )}
        <Table caption={`Rumah tangga dan anggota per ${heading.toLowerCase()}`} dense columns={[heading, { label: 'Rumah tangga', align: 'right' }, { label: 'Anggota', align: 'right' }]}>
          {rows.map(({ name, households, members }) => (
            <Row>
              <Cell label={heading} lead>{name}</Cell>
              <Cell label="Rumah tangga" align="right">{formatNumber(households)}</Cell>
              <Cell label="Anggota" align="right">{formatNumber(members)}</Cell>
            </Row>
          ))}
        </Table>
      </Card>
    </>
  )
}

const Fingerprint = ({ snapshot, checks, period, checkKey }: SnapshotProps) => (
  <Card title="Keaslian">
    <Facts items={[
      { label: 'Keadaan data per', value: formatDateTime(snapshot!.takenAt) },
      { label: 'Seluruh potret', value: `${formatNumber(snapshot!.householdCount)} rumah tangga, ${formatNumber(snapshot!.memberCount)} anggota` },
      { label: 'Sidik potret (SHA-256)', value: <code class="hash">{snapshot!.hash}</code>, wide: true },
    ]} />
    <p class="hint">Potret tidak bisa diubah. Bila satu huruf saja berbeda, sidiknya berbeda.</p>
    <Checks checks={checks} snapshot={snapshot!} period={period} />
    <PostButton action={`/periods/${period.id}/snapshot/check`} tone="secondary" fields={{ key: checkKey }}>Hitung ulang sidik</PostButton>
  </Card>
)

// Asks for itself again while one is being counted.
export const Checks = ({ checks, snapshot, period }: Pick<SnapshotProps, 'checks' | 'period'> & { snapshot: NonNullable<SnapshotView['snapshot']> }) => {
  const working = checks.some(({ finishedAt }) => finishedAt === null)
  return (
    <div id="pemeriksaan" aria-live="polite" {...(working && askingAgain(`/periods/${period.id}/snapshot`))}>
      {checks.length > 0 && (
        <ul>
          {checks.map((check) => <li><Result check={check} hash={snapshot.hash} total={snapshot.householdCount} /></li>)}
        </ul>
      )}
      {working && <noscript><p><a href={`/periods/${period.id}/snapshot`}>Muat ulang</a></p></noscript>}
    </div>
  )
}

const Result = ({ check, hash, total }: { check: SnapshotCheck, hash: string | null, total: number }) => check.finishedAt === null
  ? <Progress label="Menghitung ulang" value={check.done} max={total} />
  : (
    <>
      <Badge tone={check.hash === hash ? 'good' : 'bad'}>{check.hash === hash ? 'Utuh' : 'Berbeda'}</Badge>{' '}
      {check.hash === hash ? 'Sidik sama dengan saat dipotret.' : 'Isi potret tidak lagi sama dengan saat dipotret. Laporkan kepada admin sistem.'}{' '}
      <small>{check.by}, {formatDateTime(check.finishedAt)}</small>
    </>
  )
