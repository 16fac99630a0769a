import type { Batch } from '#app/ratification/batches.ts'
import type { Gate } from '#app/ratification/gates.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const GATES: Record<Gate, string> = {
  a: 'Data orang bersifat individu dan unik',
  b: 'Orang memiliki NIK, nama, dan alamat yang padan',
  c: 'Keluarga merupakan kumpulan data orang',
  d: 'Anggota keluarga tidak beririsan antarkeluarga',
  e: 'Atribut data lengkap',
}

// The five criteria of Permensos 3/2021 art. 8(3), each with the number of households it keeps out.
export const Gates = ({ batch, gates, proposals }: { batch: Batch, gates: Record<string, number>, proposals: Record<string, number> }) => (
  <Table caption="Lima kriteria integritas (Permensos 3/2021)" columns={['Kriteria', 'Hasil']} dense>
    {Object.entries(GATES).map(([gate, label]) => (
      <Row>
        <Cell label="Kriteria" lead>{label}</Cell>
        <Cell label="Hasil">
          {gates[gate] && <a href={`/batches/${batch.id}/items?show=failing`}><Badge tone="bad">{`${formatNumber(gates[gate])} belum lolos`}</Badge></a>}
          {proposals[gate] && <> <a href={`/batches/${batch.id}/proposals?show=failing`}><Badge tone="bad">{`${formatNumber(proposals[gate])} usulan belum lolos`}</Badge></a></>}
          {!gates[gate] && !proposals[gate] && <Badge tone="good">Lolos</Badge>}
        </Cell>
      </Row>
    ))}
  </Table>
)
