import type { VillageSummary } from '#app/ratification/summary.ts'
import { formatNumber } from '#views/ui/format.ts'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const COLUMNS = [
  ['Rumah tangga', 'households'], ['Anggota', 'members'], ['Dicacah', 'interviewed'], ['Tidak dicacah', 'notInterviewed'],
  ['Baru', 'added'], ['Berubah', 'changed'], ['Isian berubah', 'answersChanged'], ['Belum lolos', 'failing'],
] as const

export const Villages = ({ villages }: { villages: VillageSummary[] }) => (
  <Table caption="Jumlah per desa/kelurahan" hideCaption dense
    columns={['Desa/kelurahan', ...COLUMNS.map(([label]) => ({ label, align: 'right' as const }))]}>
    {villages.map((village) => (
      <Row>
        <Cell label="Desa/kelurahan" lead>{village.name}</Cell>
        {COLUMNS.map(([label, key]) => <Cell label={label} align="right">{formatNumber(village[key])}</Cell>)}
      </Row>
    ))}
  </Table>
)
