import type { Officer, PrelistRow, RowFilter } from '#app/assignments/listing.ts'
import { STAGES, STAGE_WORDS } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { FieldRow, HiddenField, NumberField, SelectField, TextArea } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatNumber, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: PrelistRow[], next?: number, filter: RowFilter, villageName: string, officers: Officer[], actor: Actor, keys: { give: string, chosen: string } }

export const rowsHref = ({ village, stage, officer }: RowFilter, after?: number) => '/prelist/rows?' + new URLSearchParams({
  village, ...(stage && { stage }), ...(officer && { officer }), ...(after && { after: String(after) }),
}).toString()

export const PrelistRowsPage = (props: Props) => (
  <div class="stack">
    <PageHead title={`Prelist ${props.villageName}`} trail={[{ href: '/prelist', label: 'Prelist' }]}
      actions={can(props.actor, 'prelist.print') && <LinkButton href={`/prelist/print?village=${props.filter.village}`}>Cetak untuk musdes</LinkButton>} />
    {can(props.actor, 'prelist.assign') && <GiveOut {...props} />}
    <RowFilters {...props} />
    {props.rows.length === 0
      ? <EmptyState title="Tidak ada baris yang cocok">Longgarkan saringan, atau terbitkan prelist desa ini.</EmptyState>
      : <ChosenRows {...props} />}
  </div>
)

const choices = (officers: Officer[]) => officers.map(({ id, name, held }) => ({ value: id, label: `${name} (${formatNumber(held)})` }))

const GiveOut = ({ filter, officers, keys }: Props) => (
  <Card title="Bagikan baris yang belum dipegang">
    {officers.length === 0
      ? <p>Belum ada petugas aktif di desa/kelurahan ini. Minta administrator menambahkannya.</p>
      : (
        <Form action="/prelist/assignment" guard={false} hx-post="/prelist/assignment">
          <HiddenField name="key" value={keys.give} />
          <HiddenField name="village" value={filter.village} />
          <HiddenField name="scope" value="all" />
          <FieldRow>
            <SelectField name="officer" id="bagi-officer" label="Petugas" hint="Angka: baris yang sedang dipegang" required options={choices(officers)} />
            <NumberField name="count" label="Jumlah baris" hint="Kosong berarti semua" min={1} max={2000} />
          </FieldRow>
          <Button>Bagikan</Button>
        </Form>
      )}
  </Card>
)

const RowFilters = ({ filter, officers }: Props) => (
  <Filters action="/prelist/rows" clearHref={`/prelist/rows?village=${filter.village}`} label="Saring baris">
    <HiddenField name="village" value={filter.village} />
    <SelectField name="stage" label="Tahap" required value={filter.stage} blank="Semua tahap" options={STAGES.map((stage) => ({ value: stage, label: STAGE_WORDS[stage] }))} />
    <SelectField name="officer" id="saring-officer" label="Petugas" required value={filter.officer} blank="Semua petugas" options={officers.map(({ id, name }) => ({ value: id, label: name }))} />
  </Filters>
)

const ChosenRows = ({ rows, next, filter, officers, actor, keys }: Props) => (
  <Form action="/prelist/assignment" guard={false} hx-post="/prelist/assignment">
    <HiddenField name="key" value={keys.chosen} />
    <HiddenField name="village" value={filter.village} />
    <Table caption="Baris prelist" bodyId="baris" columns={['Kepala rumah tangga', 'ID prelist', 'NIK', 'Alamat', { label: 'ART', align: 'right' }, 'Tahap', 'Petugas']}>
      {rows.map((row) => (
        <Row>
          <Cell label="Kepala rumah tangga" lead>
            <label class="choice"><input type="checkbox" name="household" value={row.id} /><span>{row.headName}</span></label>
          </Cell>
          <Cell label="ID prelist">{row.prelistId ?? 'Usulan baru'}</Cell>
          <Cell label="NIK">{row.headNik ? maskNik(row.headNik) : '–'}</Cell>
          <Cell label="Alamat">{[row.address, row.slsName].filter(Boolean).join(', ') || '–'}</Cell>
          <Cell label="ART" align="right">{row.memberCount}</Cell>
          <Cell label="Tahap"><Badge>{STAGE_WORDS[row.stage]}</Badge></Cell>
          <Cell label="Petugas">{row.officerName ?? '–'}</Cell>
        </Row>
      ))}
    </Table>
    <Pager nextHref={next ? rowsHref(filter, next) : undefined} bodyId="baris" />
    <div><ActionBar>
      <label class="choice" data-choose-all="household" hidden><input type="checkbox" /><span>Pilih semua yang tampil</span></label>
      {can(actor, 'prelist.assign') && officers.length > 0 && (
        <Confirm label="Tugaskan yang dipilih" tone="primary">
          <SelectField name="officer" label="Petugas" hint="Angka: baris yang sedang dipegang" required options={choices(officers)} />
          <Button>Tugaskan</Button>
        </Confirm>
      )}
      {can(actor, 'prelist.revoke') && <TakeBack actor={actor} />}
    </ActionBar></div>
  </Form>
)

const TakeBack = ({ actor }: { actor: Actor }) => (
  <Confirm label="Tarik yang dipilih">
    <TextArea name="note" label="Alasan" required hint="Dibaca petugas yang barisnya ditarik" maxlength={500} />
    <ActionBar>
      <Button tone="danger" formaction="/prelist/revocation" hx-post="/prelist/revocation">Tarik dari petugas</Button>
      {can(actor, 'prelist.publish') && <Button tone="danger" formaction="/prelist/withdrawal" hx-post="/prelist/withdrawal">Keluarkan dari prelist (belum terbit)</Button>}
    </ActionBar>
  </Confirm>
)
