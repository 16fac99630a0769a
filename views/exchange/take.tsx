import type { ListedRun } from '#app/exchange/runs.ts'
import { RUN_STATUS } from '#views/exchange/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { FileField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

// isCopy: this server lies on an office laptop.
type Props = { runs: ListedRun[], next?: string, isCopy: boolean, now: string }

export const TakePage = ({ runs, next, isCopy, now }: Props) => (
  <div class="stack">
    <PageHead title="Tukar berkas" lead="Terima kunjungan yang dibawa dengan berkas .siks: dari HP petugas yang lama tanpa sinyal, atau dari laptop kantor."
      actions={isCopy ? <LinkButton href="/exchange/changes" tone="primary">Bawa perubahan ke server</LinkButton> : <LinkButton href="/exchange/packages">Paket wilayah</LinkButton>} />
    <Card title="Terima berkas">
      <Form action="/exchange" upload guard={false} hx-post="/exchange" hx-encoding="multipart/form-data" hx-sync="this:drop">
        <FileField name="file" label="Berkas .siks" required accept=".siks" hint="Paling besar 200 MB. Berkas yang sama boleh diterima lagi; tidak ada yang menjadi ganda." />
        <TextField name="passphrase" label="Kata sandi berkas" type="password" autocomplete="off" width="medium"
          hint="Hanya bila petugas menguncinya dengan kata sandi. Kosongkan bila berkas dikunci untuk kantor ini." />
        <div class="action-bar"><Button>Buka dan terima</Button></div>
      </Form>
    </Card>
    {runs.length === 0 ? <EmptyState title="Belum ada berkas yang Anda terima" /> : <Runs runs={runs} now={now} />}
    <Pager nextHref={next && `/exchange?before=${encodeURIComponent(next)}`} />
  </div>
)

const Runs = ({ runs, now }: { runs: ListedRun[], now: string }) => (
  <Table caption="Berkas yang Anda terima" columns={['Berkas', 'Keadaan', 'Diterima', right('Kunjungan'), right('Baru'), right('Ditahan'), right('Ditolak')]}>
    {runs.map((run) => (
      <Row>
        <Cell label="Berkas" lead><a href={`/exchange/runs/${run.id}`}>{run.fileName}</a></Cell>
        <Cell label="Keadaan"><Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge></Cell>
        <Cell label="Diterima"><time datetime={run.takenAt} title={formatDateTime(run.takenAt)}>{formatAge(run.takenAt, now)}</time></Cell>
        <Cell label="Kunjungan" align="right">{formatNumber(run.total)}</Cell>
        <Cell label="Baru" align="right">{formatNumber(run.newCount + run.updatedCount)}</Cell>
        <Cell label="Ditahan" align="right">{formatNumber(run.heldCount)}</Cell>
        <Cell label="Ditolak" align="right">{formatNumber(run.refusedCount)}</Cell>
      </Row>
    ))}
  </Table>
)
