import type { HomeView, Task, TaskKey } from '#app/home/home.ts'
import type { Warning } from '#app/operation/view.ts'
import type { Actor } from '#app/users/actor.ts'
import { Announcements } from '#views/announcements/card.tsx'
import { ChainState } from '#views/audit/audit.tsx'
import { actionWords } from '#app/audit/words.ts'
import { ProgressChart } from '#views/home/progress.tsx'
import { Warnings } from '#views/operation/warnings.tsx'
import { GivenTasks } from '#views/tasks/given.tsx'
import { CutoffLine } from '#views/periods/countdown.tsx'
import { STATUS } from '#views/ratification/labels.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'
import { Badge, type Tone } from '#views/ui/badge.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stats, Timeline } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const TASKS: Record<TaskKey, { label: string, href: string, tone?: Tone }> = {
  returned: { label: 'Dikembalikan, perlu diperbaiki', href: '/field?tab=returned', tone: 'bad' },
  new: { label: 'Tugas baru', href: '/field?tab=waiting', tone: 'info' },
  ready: { label: 'Siap dikunjungi (sudah musdes)', href: '/field?tab=waiting' },
  takeable: { label: 'Prelist desa belum diambil', href: '/prelist/available' },
  submitted: { label: 'Menunggu pemeriksaan', href: '/reviews', tone: 'info' },
  recheck: { label: 'Diperiksa lagi: dari Dinsos, atau nomornya baru', href: '/reviews', tone: 'bad' },
  checked: { label: 'Menunggu verifikasi', href: '/reviews', tone: 'info' },
  refused: { label: 'Dikembalikan Kemensos', href: '/reviews', tone: 'bad' },
  unpublished: { label: 'Prelist belum diterbitkan', href: '/prelist' },
  unassigned: { label: 'Prelist belum ditugaskan', href: '/prelist' },
  missing: { label: 'Kunjungan belum tiba dari HP lebih dari sehari', href: '/devices', tone: 'bad' },
  revisits: { label: 'Kunjungan ulang untuk Anda', href: '/backchecks/mine', tone: 'info' },
  proposals: { label: 'Usulan perubahan menunggu Anda', href: '/proposals', tone: 'info' },
  exclusions: { label: 'Tidak ditemukan, menunggu keputusan nonaktif', href: '/proposals/held', tone: 'warn' },
  numbers: { label: 'Menunggu KK/NIK dari Dukcapil', href: '/numbers', tone: 'warn' },
  held: { label: 'Kiriman ditahan, menunggu keputusan', href: '/deliveries', tone: 'warn' },
  reports: { label: 'Laporan warga menunggu dijawab', href: '/reports', tone: 'warn' },
  doubles: { label: 'Data ganda menunggu keputusan', href: '/duplicates', tone: 'warn' },
  batchable: { label: 'Siap masuk berkas pengesahan', href: '/batches' },
  ratifiable: { label: 'Berkas menunggu pengesahan', href: '/batches', tone: 'info' },
  dispatchable: { label: 'Berkas disahkan, belum dikirim', href: '/batches', tone: 'warn' },
  determinable: { label: 'Berkas menunggu penetapan', href: '/batches', tone: 'info' },
  invited: { label: 'Belum mengganti kata sandi sementara', href: '/users?status=invited', tone: 'warn' },
  accessReview: { label: 'Peninjauan akses sudah waktunya', href: '/access', tone: 'warn' },
  suspended: { label: 'Akun ditangguhkan', href: '/users?status=suspended' },
  active: { label: 'Akun aktif', href: '/users?status=active' },
}

export const HomePage = ({ home, warnings, actor, now }: { home: HomeView, warnings: Warning[], actor: Actor, now: string }) => (
  <>
    <PageHead title={`Selamat bekerja, ${actor.name}`} lead={[ROLE_LABELS[actor.role], actor.regionLabel].filter(Boolean).join(' · ')} />
    <Warnings warnings={warnings} linked />
    <Announcements {...home.announcements} />
    {home.cutoff && <CutoffLine {...home.cutoff} />}
    <Waiting tasks={home.tasks} now={now} />
    {home.given && home.given.count > 0 && <GivenTasks {...home.given} />}
    {home.returned.length > 0 && <Returned rows={home.returned} actor={actor} now={now} />}
    {home.batches.length > 0 && <Batches rows={home.batches} now={now} />}
    {home.progress.length > 0 && <ProgressChart rows={home.progress} />}
    {home.chain && <Card title="Jejak audit"><ChainState verification={home.chain.verification} /><p><a href="/audit">Buka jejak audit</a></p></Card>}
    {home.lines && (
      <Card title="Baris audit terbaru">
        <Timeline items={home.lines.map(({ at, action, actor: by, subject }) => ({
          at: formatDateTime(at), iso: at, title: actionWords(action), by: `${by === 'system' ? 'Sistem' : by} · ${subject}`,
        }))} />
      </Card>
    )}
    {home.signIns.length > 0 && (
      <Card title="Masuk terakhir">
        <Timeline items={home.signIns.map(({ at, userId, name, role }) => ({
          at: formatDateTime(at), iso: at, title: <a href={`/users/${userId}`}>{name}</a>, by: ROLE_LABELS[role],
        }))} />
      </Card>
    )}
  </>
)

const Waiting = ({ tasks, now }: { tasks: Task[], now: string }) => tasks.length === 0 ? null : (
  <section aria-label="Yang menunggu Anda">
    <Stats items={tasks.map(({ key, count, oldest }) => ({
      ...TASKS[key], tone: count > 0 ? TASKS[key].tone : 'good', value: formatNumber(count),
      note: count === 0 ? 'Tidak ada yang menunggu' : oldest ? `Terlama: ${formatAge(oldest, now)}` : undefined,
    }))} />
  </section>
)

type ReturnedProps = { rows: HomeView['returned'], actor: Actor, now: string }

const Returned = ({ rows, actor, now }: ReturnedProps) => (
  <Card title="Baru dikembalikan" tone="warn">
    <Timeline items={rows.map(({ id, headName, stage, at, note }) => ({
      at: formatAge(at, now), iso: at, tone: 'warn',
      title: <a href={placeOf(actor, id)}>{headName}</a>,
      by: stage === 'returned' ? 'kepada petugas' : 'kepada pemeriksa', note: note || undefined,
    }))} />
  </Card>
)

const placeOf = ({ role }: Actor, id: string) => role === 'enumerator' || role === 'village_operator' ? `/field/${id}` : `/households/${id}`

const Batches = ({ rows, now }: { rows: HomeView['batches'], now: string }) => (
  <Card title="Berkas pengesahan yang berjalan">
    <Table caption="Berkas pengesahan yang berjalan" hideCaption dense columns={['Berkas', 'Keadaan', { label: 'Rumah tangga', align: 'right' }, 'Disiapkan']}>
      {rows.map(({ id, title, status, itemCount, preparedAt }) => (
        <Row>
          <Cell label="Berkas" lead><a href={`/batches/${id}`}>{title}</a></Cell>
          <Cell label="Keadaan"><Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge></Cell>
          <Cell label="Rumah tangga" align="right">{formatNumber(itemCount)}</Cell>
          <Cell label="Disiapkan">{formatAge(preparedAt, now)}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)
