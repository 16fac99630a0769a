import type { ReviewPage as Reading, ReviewRow, Show } from '#app/access/reviews.ts'
import type { Actor } from '#app/users/actor.ts'
import { ACCOUNT_COLUMNS, AccountCells } from '#views/access/account.tsx'
import { DECISIONS } from '#views/access/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton, PostButton } from '#views/ui/button.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = Reading & { show: Show, actor: Actor, mayReview: boolean, problem?: { message: string, fields: Record<string, string> }, chosen?: string[], note?: string }
const SHOWS: [Show, string][] = [['waiting', 'Belum ditinjau'], ['remarkable', 'Bercatatan'], ['all', 'Semua']]

export const ReviewPage = (props: Props) => {
  const { review, counts, names, show, mayReview, problem } = props
  const isOpen = mayReview && !review.closedAt
  return (
    <Stack>
      <PageHead title={`Peninjauan akses ${formatDateTime(review.openedAt)}`} trail={[{ href: '/access', label: 'Peninjauan akses' }]}
        lead={`Dibuka ${names.get(review.openedBy)}. Akun tampil seperti keadaannya saat itu. ${formatNumber(counts.all - counts.waiting)} dari ${formatNumber(counts.all)} sudah ditinjau.`}
        badge={review.closedAt ? <Badge tone="good">Ditutup</Badge> : <Badge tone="warn">{`${counts.waiting} belum`}</Badge>}
        actions={<LinkButton href={`/access/reviews/${review.id}/rows.csv`} download>Unduh CSV</LinkButton>} />
      {problem && <ProblemPanel problem={problem} />}
      {isOpen && counts.waiting - counts.own === 0 && <Closing id={review.id} own={counts.own} />}
      <Tabs label="Saring" items={SHOWS.map(([value, label]) => ({ href: `/access/reviews/${review.id}?show=${value}`, label, current: value === show }))} />
      {isOpen ? <Deciding {...props} /> : <Rows {...props} />}
    </Stack>
  )
}

const Closing = ({ id, own }: { id: string, own: number }) => (
  <Notice tone="good" title="Semua akun sudah ditinjau">
    {own > 0 && <p>Akun Anda sendiri belum ditinjau siapa pun. Minta admin lain meninjaunya; bila tidak ada, tutup saja dan hal itu tercatat.</p>}
    <PostButton action={`/access/reviews/${id}/closing`} tone="primary">Tutup peninjauan</PostButton>
  </Notice>
)

// One form over the page's rows: those ticked are decided together, by one of two buttons.
const Deciding = (props: Props) => !props.rows.some(({ decision, userId }) => decision === null && userId !== props.actor.id) ? <Rows {...props} /> : (
  <Form action={`/access/reviews/${props.review.id}/decisions`}>
    <Rows {...props} />
    <Card title="Keputusan untuk akun yang dicentang">
      <TextArea name="note" label="Catatan" rows={2} maxlength={300} value={props.note} hint="Wajib saat menangguhkan. Akun yang ditangguhkan langsung keluar dari semua perangkat." error={props.problem?.fields.note} />
      <ActionBar>
        <Button name="decision" value="kept">Tetap berhak</Button>
        <Button name="decision" value="suspended" tone="danger">Tangguhkan</Button>
      </ActionBar>
    </Card>
  </Form>
)

const Rows = (props: Props) => {
  const { rows, next, review, show } = props
  if (rows.length === 0) return <EmptyState title="Tidak ada akun di daftar ini" />
  return (
    <>
      <Table caption="Akun yang ditinjau" hideCaption columns={[...ACCOUNT_COLUMNS, 'Keputusan']}>
        {rows.map((row) => <Row><AccountCells seen={row.seen} linked={props.mayReview} /><Cell label="Keputusan"><div><Decision row={row} {...props} /></div></Cell></Row>)}
      </Table>
      {next !== undefined && <p><a href={`/access/reviews/${review.id}?show=${show}&after=${next}`}>Berikutnya</a></p>}
    </>
  )
}

const Decision = ({ row, names, actor, mayReview, review, chosen = [] }: Props & { row: ReviewRow }) => {
  if (row.decision) return <><Badge tone={DECISIONS[row.decision].tone}>{DECISIONS[row.decision].label}</Badge><br /><small class="hint">{formatDateTime(row.decidedAt)}, {names.get(row.decidedBy!)}</small>{row.note && <p>{row.note}</p>}</>
  if (row.userId === actor.id) return <span class="hint">Akun Anda: ditinjau admin lain</span>
  if (!mayReview || review.closedAt) return <Badge tone="warn">Belum ditinjau</Badge>
  return <label class="choice"><input type="checkbox" name="user" value={row.userId} checked={chosen.includes(row.userId)} /><span>Pilih<span class="unseen"> {row.seen.name}</span></span></label>
}
