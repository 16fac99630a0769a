import type { Batch } from '#app/ratification/batches.ts'
import type { BatchProposal, ProposalSummary } from '#app/ratification/proposal-summary.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { KINDS } from '#views/proposals/labels.ts'
import { Failures } from '#views/ratification/items.tsx'
import { DECISIONS } from '#views/ratification/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const COLUMNS = [['Jumlah', 'count'], ['Belum lolos', 'failing'], ['Ditetapkan', 'accepted'], ['Dikembalikan', 'returned']] as const

// On the batch's page: the usulan beside the visits, per desa and kind.
export const ProposalsCard = ({ batch, proposals }: { batch: Batch, proposals: ProposalSummary[] }) => proposals.length === 0 ? null : (
  <Card title="Usulan perubahan dalam berkas ini" actions={<LinkButton href={`/batches/${batch.id}/proposals`} small>Lihat usulan</LinkButton>}>
    <Table caption="Usulan per desa/kelurahan dan jenis" hideCaption dense columns={['Desa/kelurahan', 'Jenis', ...COLUMNS.map(([label]) => ({ label, align: 'right' as const }))]}>
      {proposals.map((row) => (
        <Row>
          <Cell label="Desa/kelurahan" lead>{row.name}</Cell>
          <Cell label="Jenis">{KINDS[row.kind].label}</Cell>
          {COLUMNS.map(([label, key]) => <Cell label={label} align="right">{formatNumber(row[key])}</Cell>)}
        </Row>
      ))}
    </Table>
  </Card>
)

type Show = 'all' | 'failing' | 'pending'
type Props = { batch: Batch, items: BatchProposal[], show: Show, actor: Actor }
const PAGE = 50

export const BatchProposals = (props: Props) => {
  const { batch, items, show, actor } = props
  const base = `/batches/${batch.id}/proposals`
  const shown = items.slice(0, PAGE)
  return (
    <>
      <PageHead title="Usulan dalam berkas" lead={batch.title} trail={[{ href: '/batches', label: 'Pengesahan' }, { href: `/batches/${batch.id}`, label: batch.title }]} />
      <Tabs label="Saringan" items={[
        { href: base, label: 'Semua', current: show === 'all' },
        { href: `${base}?show=failing`, label: 'Belum lolos kriteria', current: show === 'failing' },
        { href: `${base}?show=pending`, label: 'Belum diputuskan', current: show === 'pending' },
      ]} />
      {shown.length === 0
        ? <EmptyState title="Tidak ada usulan di sini" />
        : batch.status === 'dispatched' && can(actor, 'batch.determine')
          ? (
            <Form action={`${base}/acceptance`}>
              <Items {...props} items={shown} choosing />
              <TextField name="reason" label="Alasan (wajib bila mengembalikan)" maxlength={500} />
              <ActionBar>
                <Button>Tetapkan yang dipilih</Button>
                <Button tone="danger" formaction={`${base}/return`}>Kembalikan yang dipilih</Button>
              </ActionBar>
            </Form>
          )
          : <Items {...props} items={shown} />}
      <Pager nextHref={items.length > PAGE ? `${base}?show=${show}&after=${shown.at(-1)!.proposalId}` : undefined} />
    </>
  )
}

const Items = ({ batch, items, actor, choosing }: Omit<Props, 'show'> & { choosing?: boolean }) => (
  <Table caption="Usulan dalam berkas" hideCaption columns={[
    ...(choosing ? ['Pilih'] : []), 'Rumah tangga', 'Usulan', { label: 'Isian berubah', align: 'right' }, 'Kriteria integritas', 'Penetapan', { label: 'Tindakan', hide: true },
  ]}>
    {items.map((item) => (
      <Row>
        {choosing && (
          <Cell label="Pilih">
            {item.decision === 'pending' && <input type="checkbox" name="proposal" value={item.proposalId} aria-label={`Pilih ${KINDS[item.kind].label} ${item.headName}`} />}
          </Cell>
        )}
        <Cell label="Rumah tangga" lead>
          {can(actor, 'proposal.read') ? <a href={`/proposals/${item.proposalId}`}>{item.headName}</a> : item.headName}<br /><small class="hint">{item.village}</small>
        </Cell>
        <Cell label="Usulan">{KINDS[item.kind].label}</Cell>
        <Cell label="Isian berubah" align="right">{formatNumber(item.changeCount)}</Cell>
        <Cell label="Kriteria integritas"><Failures failures={item.failures} /></Cell>
        <Cell label="Penetapan"><Badge tone={DECISIONS[item.decision]!.tone}>{DECISIONS[item.decision]!.label}</Badge>{item.reason && <p>{item.reason}</p>}</Cell>
        <Cell label="Tindakan" actions>{batch.status === 'open' && can(actor, 'batch.prepare') && <Remove batch={batch} item={item} />}</Cell>
      </Row>
    ))}
  </Table>
)

const Remove = ({ batch, item }: { batch: Batch, item: BatchProposal }) => (
  <Confirm label="Keluarkan" small>
    <Form action={`/batches/${batch.id}/proposals/${item.proposalId}/removal`}>
      <TextArea name="note" label={`Alasan mengeluarkan usulan ${item.headName}`} id={`note-${item.proposalId}`} required rows={2} maxlength={500} />
      <Button tone="danger" small>Keluarkan dari berkas</Button>
    </Form>
  </Confirm>
)
