import type { DesilEntry } from '#app/dtsen/desil.ts'
import { WHO_SETS_IT } from '#views/dtsen/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Family = { familySeq?: unknown }
type Props = { families: Family[], history: DesilEntry[] }

// The desil of each family: the one in effect, and every snapshot before it.
export const DesilCard = ({ families, history }: Props) => (
  <Card title="Desil DTSEN" id="desil">
    <p class="hint">{WHO_SETS_IT}</p>
    {history.length === 0
      ? <p>Keluarga di rumah tangga ini tidak ada dalam potret desil yang pernah diimpor.</p>
      : (
        <Table caption="Desil menurut potret" hideCaption dense columns={['Keluarga', 'Desil', 'Potret', 'Tanggal data', 'Sumber']}>
          {history.map(({ familySeq, desil, label, effectiveOn, source, current }) => (
            <Row tone={current ? 'info' : undefined}>
              <Cell label="Keluarga" lead>Keluarga {familySeq}</Cell>
              <Cell label="Desil"><strong>{desil}</strong></Cell>
              <Cell label="Potret"><span class="badges">{label} {current && <Badge tone="good">Berlaku</Badge>}</span></Cell>
              <Cell label="Tanggal data">{formatDate(effectiveOn)}</Cell>
              <Cell label="Sumber">{source}</Cell>
            </Row>
          ))}
        </Table>
      )}
    {history.length > 0 && without(families, history).map((seq) => <p>Keluarga {seq} tidak ada dalam potret desil yang berlaku.</p>)}
  </Card>
)

const without = (families: Family[], history: DesilEntry[]) => families.map(({ familySeq }) => Number(familySeq))
  .filter((seq) => !history.some((entry) => entry.current && entry.familySeq === seq))
