import type { Batch, BatchItem } from '#app/ratification/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import { Contents, Decided, Failures, PAGE, Removal, type Show } from '#views/ratification/contents.tsx'
import { Tick } from '#views/ui/field.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { OUTCOMES } from '#views/visits/labels.ts'

type Props = { batch: Batch, items: BatchItem[], show: Show, actor: Actor }

const NONE: Partial<Record<Show, string>> = { failing: 'Semua rumah tangga lolos kriteria', pending: 'Semua rumah tangga sudah diputuskan' }

export const BatchItems = ({ items, ...props }: Props) => {
  const shown = items.slice(0, PAGE)
  const { id } = props.batch
  return (
    <Contents {...props} title="Isi berkas" empty={NONE[props.show] ?? 'Tidak ada rumah tangga di sini'} base={`/batches/${id}/items`} decideAt={`/batches/${id}`} isEmpty={shown.length === 0}
      after={items.length > PAGE ? shown.at(-1)!.householdId : undefined} rows={(choosing) => <Items {...props} items={shown} choosing={choosing} />} />
  )
}

const Items = ({ batch, items, actor, choosing }: Omit<Props, 'show'> & { choosing: boolean }) => (
  <Table caption="Rumah tangga dalam berkas" hideCaption columns={[
    ...(choosing ? ['Pilih'] : []), 'Kepala rumah tangga', 'Hasil kunjungan', 'Kriteria integritas', 'Penetapan', { label: 'Tindakan', hide: true },
  ]}>
    {items.map((item) => (
      <Row>
        {choosing && (
          <Cell label="Pilih">
            {item.decision === 'pending' && <Tick name="household" value={item.householdId} label={`Pilih ${item.headName}`} />}
          </Cell>
        )}
        <Cell label="Kepala rumah tangga" lead><a href={`/batches/${batch.id}/items/${item.householdId}`}>{item.headName}</a></Cell>
        <Cell label="Hasil kunjungan">{OUTCOMES[item.outcome ?? 0] ?? '–'}</Cell>
        <Cell label="Kriteria integritas"><Failures failures={item.failures} /></Cell>
        <Cell label="Penetapan"><Decided {...item} /></Cell>
        <Cell label="Tindakan" actions>
          <Removal batch={batch} actor={actor} action={`/batches/${batch.id}/items/${item.householdId}/removal`} id={item.householdId} what={item.headName} />
        </Cell>
      </Row>
    ))}
  </Table>
)
