import type { Batch } from '#app/ratification/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { STATUS } from '#views/ratification/labels.ts'

type Regency = { code: string, name: string }

export const BatchList = ({ batches, periods, actor, regencies, newId }: { batches: Batch[], periods: Map<string, string>, actor: Actor, regencies: Regency[], newId: string }) => (
  <>
    <PageHead title="Pengesahan" lead={LEADS[actor.role] ?? LEADS.regency_officer!} />
    {regencies.length > 0 && <OpenBatch regencies={regencies} newId={newId} />}
    {batches.length === 0
      ? <EmptyState title="Belum ada berkas"><p>Berkas pengesahan yang dapat Anda lihat akan muncul di sini.</p></EmptyState>
      : (
        <Table caption="Berkas pengesahan, terbaru lebih dulu" columns={['Berkas', 'Keadaan', { label: 'Rumah tangga', align: 'right' }, 'Disiapkan', 'Periode', 'Nomor surat']}>
          {batches.map((batch) => (
            <Row>
              <Cell label="Berkas" lead><a href={`/batches/${batch.id}`}>{batch.title}</a></Cell>
              <Cell label="Keadaan"><Badge tone={STATUS[batch.status].tone}>{STATUS[batch.status].label}</Badge></Cell>
              <Cell label="Rumah tangga" align="right">{formatNumber(batch.itemCount)}</Cell>
              <Cell label="Disiapkan">{formatDate(batch.preparedAt)}</Cell>
              <Cell label="Periode">{periods.get(batch.id) ?? '–'}</Cell>
              <Cell label="Nomor surat">{batch.letterNumber ?? '–'}</Cell>
            </Row>
          ))}
        </Table>
      )}
  </>
)

const LEADS: Partial<Record<Actor['role'], string>> = {
  regency_officer: 'Kumpulkan data yang sudah disetujui Dinsos menjadi berkas, bekukan, mintakan pengesahan, lalu kirim ke Kemensos.',
  regency_approver: 'Sahkan berkas yang sudah dibekukan dengan nomor dan berkas surat.',
  ministry_officer: 'Berkas yang dikirim kabupaten/kota untuk ditetapkan.',
  province_officer: 'Berkas pengesahan kabupaten/kota di provinsi Anda.',
}

const OpenBatch = ({ regencies, newId }: { regencies: Regency[], newId: string }) => (
  <Card title="Buka berkas baru">
    <Form action="/batches">
      <HiddenField name="id" value={newId} />
      <TextField name="title" label="Nama berkas" hint='Misalnya "Pengesahan November 2026"' required maxlength={100} />
      {regencies.length === 1
        ? <HiddenField name="regionCode" value={regencies[0]!.code} />
        : <SelectField name="regionCode" label="Kabupaten/kota" required options={regencies.map(({ code, name }) => ({ value: code, label: name }))} />}
      <Button>Buka dan kumpulkan data</Button>
    </Form>
  </Card>
)
