import { classes, type Child, type Tone } from '#views/ui/types.ts'

type Align = 'right' | 'center'
export type Column = string | { label: string, align?: Align, hide?: boolean }

// The heading of a column of numbers.
export const right = (label: string) => ({ label, align: 'right' as const })

type TableProps = {
  caption: string
  columns: Column[]
  bodyId?: string
  hideCaption?: boolean
  dense?: boolean
  footer?: Child
  children?: Child
}

// The roles are spelled out because `display: block` on a phone would take the table away from screen readers.
export const Table = ({ caption, columns, bodyId, hideCaption, dense, footer, children }: TableProps) => (
  <div class="table-frame">
    <table role="table" class={classes('table', dense && 'dense')}>
      <caption class={hideCaption ? 'unseen' : undefined}>{caption}</caption>
      <thead role="rowgroup"><tr role="row">{columns.map((column) => <Heading column={column} />)}</tr></thead>
      <tbody role="rowgroup" id={bodyId}>{children}</tbody>
      {footer && <tfoot role="rowgroup">{footer}</tfoot>}
    </table>
  </div>
)

const Heading = ({ column }: { column: Column }) => {
  const { label, align, hide } = typeof column === 'string' ? { label: column } as { label: string, align?: Align, hide?: boolean } : column
  return <th role="columnheader" scope="col" class={align}>{hide ? <span class="unseen">{label}</span> : label}</th>
}

type RowProps = { id?: string, tone?: Tone, children?: Child }

export const Row = ({ id, tone, children }: RowProps) => (
  <tr id={id} role="row" class={tone && `row-${tone}`}>{children}</tr>
)

type CellProps = { label: string, align?: Align, lead?: boolean, actions?: boolean, children?: Child }

export const Cell = ({ label, align, lead, actions, children }: CellProps) => (
  <td role="cell" data-label={label} class={classes(align, lead && 'lead', actions && 'actions') || undefined}>{children}</td>
)
