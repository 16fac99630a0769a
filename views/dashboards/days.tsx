import type { Day } from '#app/dashboards/progress.ts'
import { MOVE_LABELS } from '#views/dashboards/words.ts'
import { formatNumber, formatShortDate } from '#views/ui/format.ts'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

const SHOWN = ['submitted', 'resubmitted', 'checked', 'verified', 'returned'] as const

export const DaysTable = ({ days }: { days: Day[] }) => {
  const busy = days.filter((day) => SHOWN.some((move) => day[move] > 0)).reverse()
  return busy.length === 0 ? <p class="hint">Belum ada kunjungan atau pemeriksaan pada rentang ini.</p> : (
    <details class="chart-table">
      <summary>Lihat angka dalam tabel</summary>
      <Table caption="Kunjungan dan pemeriksaan per hari, yang terbaru dahulu" dense columns={['Tanggal', ...SHOWN.map((move) => right(MOVE_LABELS[move]))]}>
        {busy.map((day) => <Row><Cell label="Tanggal" lead>{formatShortDate(day.day)}</Cell>{SHOWN.map((move) => <Cell label={MOVE_LABELS[move]} align="right">{formatNumber(day[move])}</Cell>)}</Row>)}
      </Table>
    </details>
  )
}
