import type { OperationView, Warning } from '#app/operation/view.ts'
import { BackupCard } from '#views/operation/backup.tsx'
import { ClockCard, type Trouble } from '#views/operation/clock.tsx'
import { DiskBar } from '#views/operation/disk.tsx'
import { FOLLOWERS, JOBS, RESTART } from '#views/operation/labels.ts'
import { NationCard, type NationCardProps } from '#views/operation/nation.tsx'
import { PhotoStoreCard } from '#views/operation/photo-store.tsx'
import { Warnings } from '#views/operation/warnings.tsx'
import { Badge, type Tone } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatAge, formatBytes, formatDateTime, formatDuration, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { askingAgain } from '#views/ui/progress.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { view: OperationView, warnings: Warning[], nation?: Omit<NationCardProps, 'now'> }
type PageProps = Props & { typed?: string, problem?: Trouble }

export const OperationPage = ({ typed, problem, ...props }: PageProps) => (
  <>
    <PageHead title="Operasi" lead="Keadaan server ini: ruang, cadangan, dan semua yang bekerja sendiri di belakang. Halaman ini memperbarui dirinya; tanpa skrip, muat ulang."
      actions={<LinkButton href="/operation">Muat ulang</LinkButton>} />
    {props.view.doubt && <ClockCard now={props.view.now} typed={typed} problem={problem} />}
    <OperationState {...props} />
  </>
)

// Asks for itself anew; what somebody has just opened or typed lies outside of it.
export const OperationState = ({ view, warnings, nation }: Props) => (
  <div id="keadaan" {...askingAgain('/operation', 10)}>
    <Stack>
      <Warnings warnings={warnings} />
      <Card title="Ruang disk"><DiskBar disk={view.disk} database={view.bytes.database + view.bytes.log} photos={Math.max(0, view.photos.bytes - (view.photoStore?.counts.freedBytes ?? 0))} /></Card>
      <BackupCard backup={view.backup} now={view.now} />
      {nation && <NationCard {...nation} now={view.now} />}
      {view.photoStore && <PhotoStoreCard store={view.photoStore} now={view.now} />}
      <Followers view={view} />
      <Jobs view={view} />
      <ServerFacts view={view} />
    </Stack>
  </div>
)

const stateOf = ({ stuck, run, behind }: OperationView['followers'][number]): [Tone, string] =>
  stuck ? ['bad', 'Macet'] : !run ? ['neutral', 'Belum jalan'] : run.failure ? ['warn', 'Gagal, dicoba lagi'] : behind > 0 ? ['info', 'Mengejar'] : ['good', 'Lancar']

const Followers = ({ view: { followers, now } }: { view: OperationView }) => (
  <Card title="Pekerjaan yang mengikuti perubahan">
    <Table caption="Pekerjaan yang mengikuti perubahan" hideCaption dense columns={['Pekerjaan', 'Keadaan', right('Tertinggal'), 'Terakhir jalan', 'Berikutnya']}>
      {followers.map((one) => {
        const [tone, words] = stateOf(one)
        return (
          <Row tone={one.stuck ? 'bad' : undefined}>
            <Cell label="Pekerjaan" lead>{FOLLOWERS[one.name].label}</Cell>
            <Cell label="Keadaan"><Badge tone={tone}>{words}</Badge></Cell>
            <Cell label="Tertinggal" align="right">{formatNumber(one.behind)}</Cell>
            <Cell label="Terakhir jalan">{one.run ? formatAge(one.run.ranAt, now) : 'Belum pernah'}</Cell>
            <Cell label="Berikutnya">{one.run?.failure ? <div><Failed failure={one.run.failure} harm={FOLLOWERS[one.name].next} /></div> : one.stuck ? `${FOLLOWERS[one.name].next} ${RESTART}` : 'Berjalan sendiri'}</Cell>
          </Row>
        )
      })}
    </Table>
  </Card>
)

const Failed = ({ failure, harm }: { failure: string, harm?: string }) => <>Galat <code>{failure}</code>. {harm} Dicoba lagi sendiri. {RESTART}</>

const Jobs = ({ view: { jobs, now } }: { view: OperationView }) => (
  <Card title="Pekerjaan menurut jam">
    <Table caption="Pekerjaan menurut jam" hideCaption dense columns={['Pekerjaan', 'Hasil terakhir']}>
      {jobs.map(({ name, run }) => (
        <Row tone={run?.failure ? 'warn' : undefined}>
          <Cell label="Pekerjaan" lead>{JOBS[name]}</Cell>
          <Cell label="Hasil terakhir">
            <div>
              {!run ? <Badge>Belum pernah</Badge> : <>{run.failure ? <Badge tone="bad">Gagal</Badge> : <Badge tone="good">Selesai</Badge>} {formatAge(run.ranAt, now)}, {lasting(run.tookMs)}</>}
              {run?.failure && <p><Failed failure={run.failure} /></p>}
            </div>
          </Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const lasting = (ms: number) => ms < 1000 ? 'kurang dari sedetik' : formatDuration(ms)

const ServerFacts = ({ view }: { view: OperationView }) => (
  <Card title="Server">
    <Facts items={[
      { label: 'Enkripsi data tersimpan', value: view.lockedBy ? `Menyala, kunci ${view.lockedBy}` : <><Badge tone="warn">Mati</Badge> Data tersimpan tanpa enkripsi. Lihat panduan, bagian kunci.</> },
      { label: 'Versi', value: `${view.version}${view.builtAt ? `, dibangun ${formatDateTime(view.builtAt)}` : ''}` },
      { label: 'Node.js', value: view.node },
      { label: 'Menyala sejak', value: `${formatDateTime(view.startedAt)} (${formatDuration(Date.parse(view.now) - Date.parse(view.startedAt))})` },
      { label: 'Basis data', value: `${formatBytes(view.bytes.database)}, catatan tulis ${formatBytes(view.bytes.log)}` },
      { label: 'Foto dan berkas', value: `${formatNumber(view.photos.count)} (${formatBytes(view.photos.bytes)})` },
      { label: 'Skema basis data', value: `${view.migrations.name.replace('.sql', '')}, ${formatNumber(view.migrations.count)} migrasi, terakhir ${formatDateTime(view.migrations.appliedAt)}` },
    ]} />
  </Card>
)
