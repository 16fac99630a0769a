import type { Batch } from '#app/ratification/batches.ts'
import type { BatchProposal, ProposalSummary } from '#app/ratification/proposal-summary.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { KINDS } from '#views/proposals/labels.ts'
import { Contents, Decided, Failures, PAGE, Removal, type Show } from '#views/ratification/contents.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Tick } from '#views/ui/field.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
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

type Props = { batch: Batch, items: BatchProposal[], show: Show, actor: Actor }

export const BatchProposals = ({ items, ...props }: Props) => {
  const shown = items.slice(0, PAGE)
  const base = `/batches/${props.batch.id}/proposals`
  return (
    <Contents {...props} title="Usulan dalam berkas" empty="Tidak ada usulan di sini" base={base} decideAt={base} isEmpty={shown.length === 0}
      after={items.length > PAGE ? shown.at(-1)!.proposalId : undefined} rows={(choosing) => <Items {...props} items={shown} choosing={choosing} />} />
  )
}

const Items = ({ batch, items, actor, choosing }: Omit<Props, 'show'> & { choosing: boolean }) => (
  <Table caption="Usulan dalam berkas" hideCaption columns={[
    ...(choosing ? ['Pilih'] : []), 'Rumah tangga', 'Usulan', { label: 'Isian berubah', align: 'right' }, 'Kriteria integritas', 'Penetapan', { label: 'Tindakan', hide: true },
  ]}>
    {items.map((item) => (
      <Row>
        {choosing && (
          <Cell label="Pilih">
            {item.decision === 'pending' && <Tick name="proposal" value={item.proposalId} label={`Pilih ${KINDS[item.kind].label} ${item.headName}`} />}
          </Cell>
        )}
        <Cell label="Rumah tangga" lead>
          {can(actor, 'proposal.read') ? <a href={`/proposals/${item.proposalId}`}>{item.headName}</a> : item.headName}<br /><small class="hint">{item.village}</small>
        </Cell>
        <Cell label="Usulan">{KINDS[item.kind].label}</Cell>
        <Cell label="Isian berubah" align="right">{formatNumber(item.changeCount)}</Cell>
        <Cell label="Kriteria integritas"><Failures failures={item.failures} /></Cell>
        <Cell label="Penetapan"><Decided {...item} /></Cell>
        <Cell label="Tindakan" actions>
          <Removal batch={batch} actor={actor} action={`/batches/${batch.id}/proposals/${item.proposalId}/removal`} id={item.proposalId} what={`usulan ${item.headName}`} />
        </Cell>
      </Row>
    ))}
  </Table>
)
