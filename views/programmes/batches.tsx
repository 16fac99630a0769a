import type { Batch } from '#app/programmes/batches.ts'
import type { Period } from '#app/programmes/periods.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { BATCHES, NAMES, TRAIL } from '#views/programmes/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Ready = { programme: Batch['programme'], regionCode: string, regencyName: string, count: number }
type Props = { batches: (Batch & { regencyName: string, periodName?: string })[], next?: { at: string, id: string }, ready: Ready[], periods: Period[], newId: string, actor: Actor }

const LEADS = {
  ratify: 'Buka berkas yang menunggu pengesahan, cocokkan dengan surat, lalu sahkan.',
  watch: 'Usulan yang disetujui Dinsos dikumpulkan per program, dibekukan, lalu disahkan bupati/wali kota.',
}

export const BatchList = ({ batches, next, ready, periods, newId, actor }: Props) => (
  <Stack>
    <PageHead title="Berkas pengesahan penerima" trail={TRAIL} lead={LEADS[can(actor, 'programme.ratify') ? 'ratify' : 'watch']} />
    {can(actor, 'programme.prepare') && <Opening ready={ready} periods={periods} newId={newId} />}
    {batches.length === 0 && <EmptyState title="Belum ada berkas pengesahan" />}
    {batches.length > 0 && (
      <>
        <Table caption="Berkas pengesahan, terbaru lebih dahulu" bodyId="berkas" columns={['Berkas', 'Kabupaten/kota', { label: 'Usulan', align: 'right' }, 'Keadaan', 'Surat']}>
          {batches.map((batch) => (
            <Row>
              <Cell label="Berkas" lead>
                <a href={`/programmes/batches/${batch.id}`}>{`${NAMES[batch.programme]}, ${formatDateTime(batch.preparedAt)}`}</a>
                {batch.periodName && <><br /><small class="hint">{batch.periodName}</small></>}
              </Cell>
              <Cell label="Kabupaten/kota">{batch.regencyName}</Cell>
              <Cell label="Usulan" align="right">{formatNumber(batch.changeCount)}</Cell>
              <Cell label="Keadaan"><Badge tone={BATCHES[batch.status].tone}>{BATCHES[batch.status].label}</Badge></Cell>
              <Cell label="Surat">{batch.letterNumber ?? '–'}</Cell>
            </Row>
          ))}
        </Table>
        <Pager bodyId="berkas" nextHref={next && `/programmes/batches?after=${next.at}~${next.id}`} />
      </>
    )}
  </Stack>
)

const Opening = ({ ready, periods, newId }: Pick<Props, 'ready' | 'periods' | 'newId'>) => (
  <Card title="Siapkan berkas baru">
    {ready.length === 0
      ? <p>Belum ada usulan yang disetujui Dinsos untuk disahkan. <a href="/programmes/changes">Lihat antrean usulan</a>.</p>
      : (
        <Form action="/programmes/batches">
          <HiddenField name="id" value={newId} />
          <SelectField name="of" label="Program dan kabupaten/kota" required blank="" value={ready[0] && `${ready[0].programme}~${ready[0].regionCode}`}
            options={ready.map(({ programme, regionCode, regencyName, count }) => ({ value: `${programme}~${regionCode}`, label: `${NAMES[programme]}, ${regencyName}: ${formatNumber(count)} usulan siap` }))} />
          <SelectField name="periodId" label="Hanya untuk periode" blank="Semua yang sudah disetujui" options={periods.map(({ id, name, programme }) => ({ value: id, label: `${NAMES[programme]}: ${name}` }))} />
          <Button>Siapkan berkas</Button>
        </Form>
      )}
  </Card>
)
