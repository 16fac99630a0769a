import type { Batch, BatchItem } from '#app/ratification/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm } from '#views/ui/button.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { DECISIONS } from '#views/ratification/labels.ts'
import { OUTCOMES } from '#views/visits/labels.ts'

type Show = 'all' | 'failing' | 'pending'
type Props = { batch: Batch, items: BatchItem[], show: Show, actor: Actor }
const PAGE = 50

export const BatchItems = (props: Props) => {
  const { batch, items, show, actor } = props
  const base = `/batches/${batch.id}/items`
  const shown = items.slice(0, PAGE)
  const deciding = batch.status === 'dispatched' && can(actor, 'batch.determine')
  return (
    <>
      <PageHead title="Isi berkas" lead={batch.title} trail={[{ href: '/batches', label: 'Pengesahan' }, { href: `/batches/${batch.id}`, label: batch.title }]} />
      <Tabs label="Saringan" items={[
        { href: base, label: 'Semua', current: show === 'all' },
        { href: `${base}?show=failing`, label: 'Belum lolos kriteria', current: show === 'failing' },
        { href: `${base}?show=pending`, label: 'Belum diputuskan', current: show === 'pending' },
      ]} />
      {shown.length === 0
        ? <EmptyState title="Tidak ada rumah tangga di sini" />
        : deciding
          ? (
            <Form action={`/batches/${batch.id}/acceptance`}>
              <Items {...props} items={shown} choosing />
              <TextField name="reason" label="Alasan (wajib bila mengembalikan)" maxlength={500} />
              <ActionBar>
                <Button>Tetapkan yang dipilih</Button>
                <Button tone="danger" formaction={`/batches/${batch.id}/return`}>Kembalikan yang dipilih</Button>
              </ActionBar>
            </Form>
          )
          : <Items {...props} items={shown} />}
      <Pager nextHref={items.length > PAGE ? `${base}?show=${show}&after=${shown.at(-1)!.householdId}` : undefined} />
    </>
  )
}

const Items = ({ batch, items, actor, choosing }: Omit<Props, 'show'> & { choosing?: boolean }) => (
  <Table caption="Rumah tangga dalam berkas" hideCaption columns={[
    ...(choosing ? ['Pilih'] : []), 'Kepala rumah tangga', 'Hasil kunjungan', 'Kriteria integritas', 'Penetapan', { label: 'Tindakan', hide: true },
  ]}>
    {items.map((item) => (
      <Row>
        {choosing && (
          <Cell label="Pilih">
            {item.decision === 'pending' && <input type="checkbox" name="household" value={item.householdId} aria-label={`Pilih ${item.headName}`} />}
          </Cell>
        )}
        <Cell label="Kepala rumah tangga" lead><a href={`/households/${item.householdId}`}>{item.headName}</a></Cell>
        <Cell label="Hasil kunjungan">{OUTCOMES[item.outcome ?? 0] ?? '–'}</Cell>
        <Cell label="Kriteria integritas"><Failures failures={item.failures} /></Cell>
        <Cell label="Penetapan">
          <Badge tone={DECISIONS[item.decision]!.tone}>{DECISIONS[item.decision]!.label}</Badge>{item.reason && <p>{item.reason}</p>}
        </Cell>
        <Cell label="Tindakan" actions>
          {batch.status === 'open' && can(actor, 'batch.prepare') && <Remove batch={batch} item={item} />}
        </Cell>
      </Row>
    ))}
  </Table>
)

export const Failures = ({ failures }: Pick<BatchItem, 'failures'>) => failures.length === 0
  ? <Badge tone="good">Lolos</Badge>
  : <ul>{failures.map(({ gate, message }) => <li>{`(${gate}) ${message}`}</li>)}</ul>

const Remove = ({ batch, item }: { batch: Batch, item: BatchItem }) => (
  <Confirm label="Keluarkan" small>
    <Form action={`/batches/${batch.id}/items/${item.householdId}/removal`}>
      <TextArea name="note" label={`Alasan mengeluarkan ${item.headName}`} id={`note-${item.householdId}`} required rows={2} maxlength={500} />
      <Button tone="danger" small>Keluarkan dari berkas</Button>
    </Form>
  </Confirm>
)
