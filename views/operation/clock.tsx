import { ProblemPanel } from '#views/problem.tsx'
import { Button } from '#views/ui/button.tsx'
import { DateField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

export type Trouble = { message: string, fields: Record<string, string>, status: number }

export const ClockCard = ({ now, typed, problem }: { now: string, typed?: string, problem?: Trouble }) => (
  <Card title="Pastikan jam server" id="jam">
    {problem && <ProblemPanel problem={problem} labels={{ day: 'Tanggal hari ini' }} />}
    <p>{`Server mengira sekarang ${formatDateTime(now)}. Lihat tanggal hari ini di HP atau kalender, bukan di halaman ini, lalu isikan.`}</p>
    <Form action="/operation/clock">
      <DateField name="day" label="Tanggal hari ini" required value={typed} error={problem?.fields.day} />
      <Button>Pastikan</Button>
    </Form>
  </Card>
)
