import type { Remark, SeenAccount } from '#app/access/accounts.ts'
import type { Overview } from '#app/access/reviews.ts'
import { ACCOUNT_COLUMNS, AccountCells } from '#views/access/account.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = Overview & { now: string, newId: string, mayReview: boolean }

export const AccessPage = ({ accounts, last, open, dueAt, isDue, past, names, newId, mayReview }: Props) => (
  <Stack>
    <PageHead title="Peninjauan akses" lead="Setiap 90 hari admin memeriksa siapa masih berhak masuk, dengan peran apa, dan mencatat keputusannya." />
    <Due last={last?.closedAt ?? undefined} open={open?.id} dueAt={dueAt} isDue={isDue} newId={newId} mayReview={mayReview} />
    <Stats items={[
      { label: 'Akun yang bisa masuk', value: formatNumber(accounts.length) },
      counted(accounts, 'clashing', 'Peran dirangkap'), counted(accounts, 'no_factor', 'Belum verifikasi dua langkah'), counted(accounts, 'unused', 'Tak dipakai lebih dari 90 hari'), counted(accounts, 'never', 'Belum pernah masuk'),
    ]} />
    <Remarkable accounts={accounts.filter(({ remarks }) => remarks.some((remark) => remark !== 'powerful' && remark !== 'same_name'))} linked={mayReview} />
    <Past past={past} names={names} />
  </Stack>
)

const counted = (accounts: SeenAccount[], remark: Remark, label: string) => {
  const count = accounts.filter(({ remarks }) => remarks.includes(remark)).length
  return { label, value: formatNumber(count), tone: count > 0 ? 'warn' as const : 'good' as const }
}

type DueProps = { last?: string, open?: string, dueAt: string, isDue: boolean, newId: string, mayReview: boolean }

const Due = ({ last, open, dueAt, isDue, newId, mayReview }: DueProps) => open ? (
  <Notice tone="warn" title="Peninjauan sedang berjalan"><p><a href={`/access/reviews/${open}`}>{mayReview ? 'Lanjutkan peninjauan' : 'Lihat peninjauan'}</a></p></Notice>
) : (
  <Notice tone={isDue ? 'warn' : 'good'} title={isDue ? 'Peninjauan sudah waktunya' : `Peninjauan berikutnya ${formatDate(dueAt)}`}>
    <p>{last ? `Terakhir ditutup ${formatDate(last)}.` : 'Belum pernah ditinjau.'}</p>
    {mayReview && <Form action="/access/reviews" guard={false}><HiddenField name="id" value={newId} /><Button tone={isDue ? 'primary' : 'secondary'}>Mulai peninjauan</Button></Form>}
  </Notice>
)

const SHOWN = 20

const Remarkable = ({ accounts, linked }: { accounts: SeenAccount[], linked: boolean }) => (
  <Card title="Yang perlu diperhatikan">
    {accounts.length === 0 ? <EmptyState title="Tidak ada yang mencolok">Semua akun dipakai, dan tidak ada peran yang dirangkap.</EmptyState> : (
      <Table caption="Akun yang perlu diperhatikan" hideCaption columns={ACCOUNT_COLUMNS}>
        {accounts.slice(0, SHOWN).map((seen) => <Row><AccountCells seen={seen} linked={linked} /></Row>)}
      </Table>
    )}
    {accounts.length > SHOWN && <p class="hint">Dan {formatNumber(accounts.length - SHOWN)} lainnya; semuanya ada di dalam peninjauan.</p>}
  </Card>
)

const Past = ({ past, names }: Pick<Props, 'past' | 'names'>) => past.length === 0 ? null : (
  <Card title="Peninjauan sebelumnya">
    <Table caption="Peninjauan sebelumnya" hideCaption columns={['Dibuka', 'Keadaan', right('Akun'), right('Ditangguhkan'), { label: 'Berkas', hide: true }]}>
      {past.map(({ id, openedAt, openedBy, closedAt, closedBy, counts }) => (
        <Row>
          <Cell label="Dibuka" lead><a href={`/access/reviews/${id}?show=all`}>{formatDateTime(openedAt)}</a><br /><small class="hint">{names.get(openedBy)}</small></Cell>
          <Cell label="Keadaan">{closedAt ? <div>Ditutup {formatDateTime(closedAt)}<br /><small class="hint">{names.get(closedBy!)}</small></div> : <Badge tone="warn">{`${counts.waiting} belum ditinjau`}</Badge>}</Cell>
          <Cell label="Akun" align="right">{formatNumber(counts.all)}</Cell>
          <Cell label="Ditangguhkan" align="right">{formatNumber(counts.suspended)}</Cell>
          <Cell label="Berkas" actions><LinkButton href={`/access/reviews/${id}/rows.csv`} small download>CSV</LinkButton></Cell>
        </Row>
      ))}
    </Table>
  </Card>
)
