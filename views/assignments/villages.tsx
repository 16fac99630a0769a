import type { VillageRow } from '#app/assignments/listing.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { exportHref } from '#views/exports/links.ts'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { villages: VillageRow[], next?: string, actor: Actor, formKey: string }

export const PrelistPage = ({ villages, next, actor, formKey }: Props) => {
  const mayPublish = can(actor, 'prelist.publish')
  const table = <VillageTable villages={villages} mayPublish={mayPublish} mayPrint={can(actor, 'prelist.print')} />
  return (
    <div class="stack">
      <PageHead title="Prelist" lead={mayPublish
        ? 'Terbitkan prelist ke desa, lalu bagikan barisnya ke petugas.'
        : 'Bagikan baris prelist yang sudah diterbitkan ke petugas di kecamatan Anda.'}
        actions={<>
          {can(actor, 'prelist.import') && <LinkButton href="/imports">Impor prelist</LinkButton>}
          {can(actor, 'export.make') && <LinkButton href={exportHref('prelist')}>Ekspor</LinkButton>}
          <LinkButton tone="quiet" href="/bulk">Tindakan massal</LinkButton>
        </>} />
      {villages.length === 0
        ? <EmptyState title="Belum ada desa/kelurahan di wilayah Anda" />
        : mayPublish ? <Publication formKey={formKey}>{table}</Publication> : table}
      <Pager nextHref={next && `/prelist?after=${next}`} />
    </div>
  )
}

const Publication = ({ formKey, children }: { formKey: string, children?: unknown }) => (
  <Form action="/bulk/publication" guard={false} hx-post="/bulk/publication" hx-sync="this:drop">
    <HiddenField name="key" value={formKey} />
    {children as never}
    <div class="action-bar">
      <label class="choice" data-choose-all="village" hidden><input type="checkbox" /><span>Pilih semua yang tampil</span></label>
      <Button>Terbitkan desa yang dipilih…</Button>
    </div>
  </Form>
)

const VillageTable = ({ villages, mayPublish, mayPrint }: { villages: VillageRow[], mayPublish: boolean, mayPrint: boolean }) => (
  <Table caption="Prelist per desa/kelurahan" columns={[
    'Desa/kelurahan', right('Belum terbit'), right('Terbit'), right('Di petugas'), right('Selesai musdes'), right('Sudah dikirim'), right('Belum dipegang'),
    { label: 'Tindakan', hide: true },
  ]}>
    {villages.map((village) => (
      <Row>
        <Cell label="Desa/kelurahan" lead>
          {mayPublish && village.listed > 0
            ? <label class="choice"><input type="checkbox" name="village" value={village.code} /><span>{village.name} <small>{village.districtName}</small></span></label>
            : <>{village.name} <small>{village.districtName}</small></>}
        </Cell>
        <Cell label="Belum terbit" align="right">{formatNumber(village.listed)}</Cell>
        <Cell label="Terbit" align="right">{formatNumber(village.published)}</Cell>
        <Cell label="Di petugas" align="right">{formatNumber(village.held)}</Cell>
        <Cell label="Selesai musdes" align="right">{formatNumber(village.deliberated)}</Cell>
        <Cell label="Sudah dikirim" align="right">{formatNumber(village.later)}</Cell>
        <Cell label="Belum dipegang" align="right">{formatNumber(village.unheld)}</Cell>
        <Cell label="Tindakan" actions>
          <LinkButton small href={`/prelist/rows?village=${village.code}`} aria-label={`Baris prelist ${village.name}`}>Baris</LinkButton>
          {mayPrint && <LinkButton small tone="quiet" href={`/prelist/print?village=${village.code}`} aria-label={`Cetak prelist ${village.name}`}>Cetak</LinkButton>}
        </Cell>
      </Row>
    ))}
  </Table>
)
