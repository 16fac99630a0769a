import type { myTasks } from '#app/tasks/list.ts'
import { STATUS } from '#views/tasks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = NonNullable<ReturnType<typeof myTasks>>

// On the home page: what others asked of this reader, what is late first.
export const GivenTasks = ({ count, overdue, rows }: Props) => (
  <Card title={`Tugas saya (${formatNumber(count)})`} tone={overdue > 0 ? 'bad' : undefined} actions={<LinkButton href="/tasks" small>Semua tugas</LinkButton>}>
    {overdue > 0 && <p><strong>{formatNumber(overdue)} sudah lewat batas.</strong></p>}
    <Table caption="Tugas saya" hideCaption dense columns={['Tugas', 'Selesai paling lambat', 'Keadaan']}>
      {rows.map(({ id, title, dueOn, status, overdue: late }) => (
        <Row tone={late ? 'bad' : undefined}>
          <Cell label="Tugas" lead><a href={`/tasks/${id}`}>{title}</a></Cell>
          <Cell label="Selesai paling lambat"><div>{formatDate(dueOn)}{late && <> <Badge tone="bad">Lewat batas</Badge></>}</div></Cell>
          <Cell label="Keadaan"><Badge tone={STATUS[status].tone}>{STATUS[status].words}</Badge></Cell>
        </Row>
      ))}
    </Table>
  </Card>
)
