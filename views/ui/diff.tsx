import type { Child } from '#views/ui/types.ts'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type Change = { label: string, before: string, after: string, remark?: Child }

type DiffProps = { caption: string, rows: Change[], beforeLabel?: string, afterLabel?: string, onlyChanged?: boolean }

export const DiffTable = ({ caption, rows, beforeLabel = 'Semula', afterLabel = 'Menjadi', onlyChanged }: DiffProps) => {
  const shown = onlyChanged ? rows.filter(isChanged) : rows
  const remarked = shown.some(({ remark }) => remark)
  return (
    <Table caption={caption} dense columns={['Isian', beforeLabel, afterLabel, ...(remarked ? ['Catatan'] : [])]}>
      {shown.map((row) => (
        <Row tone={isChanged(row) ? 'warn' : undefined}>
          <Cell label="Isian" lead>{row.label}</Cell>
          <Cell label={beforeLabel}>{isChanged(row) ? <del>{row.before || '(kosong)'}</del> : row.before || '–'}</Cell>
          <Cell label={afterLabel}>{isChanged(row) ? <ins>{row.after || '(kosong)'}</ins> : 'Tetap'}</Cell>
          {remarked && <Cell label="Catatan">{row.remark}</Cell>}
        </Row>
      ))}
    </Table>
  )
}

const isChanged = ({ before, after }: Change) => before !== after
