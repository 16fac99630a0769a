import type { Officer, PrelistRow, RowFilter } from '#app/assignments/listing.ts'
import type { ListFilters } from '#app/filters/filters.ts'
import { STAGES, STAGE_WORDS } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { FieldRow, HiddenField, NumberField, SelectField, TextArea } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatNumber, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { filters: ListFilters, rows: PrelistRow[], next?: number, filter: RowFilter, villageName: string, officers: Officer[], actor: Actor, keys: { give: string, chosen: string } }

export const rowsHref = ({ village, stage, officer }: RowFilter, after?: number) => '/prelist/rows?' + new URLSearchParams({
  village, ...(stage && { stage }), ...(officer && { officer }), ...(after && { after: String(after) }),
}).toString()

export const PrelistRowsPage = (props: Props) => (
  <div class="stack">
    <PageHead title={`Prelist ${props.villageName}`} trail={[{ href: '/prelist', label: 'Prelist' }]}
      actions={<>
        {can(props.actor, 'prelist.print') && <LinkButton href={`/prelist/print?village=${props.filter.village}`}>Cetak untuk musdes</LinkButton>}
        {can(props.actor, 'export.make') && <LinkButton href={exportHref('prelist', rowsHref(props.filter).replace('/prelist/rows', ''))}>Ekspor</LinkButton>}
        <LinkButton tone="quiet" href="/bulk">Tindakan massal</LinkButton>
      </>} />
    {can(props.actor, 'prelist.assign') && <GiveOut {...props} />}
    <RowFilters {...props} />
    <SavedFilters {...props.filters} />
    {props.rows.length === 0
      ? <EmptyState title="Tidak ada baris yang cocok">Longgarkan saringan, atau terbitkan prelist desa ini.</EmptyState>
      : <ChosenRows {...props} />}
  </div>
)

const choices = (officers: Officer[]) => officers.map(({ id, name, held }) => ({ value: id, label: `${name} (${formatNumber(held)})` }))

const GiveOut = ({ filter, officers, keys }: Props) => (
  <Card title="Bagikan baris yang belum dipegang">
    {officers.length === 0
      ? <p>Belum ada petugas aktif di desa/kelurahan ini. Minta admin sistem menambahkannya.</p>
      : (
        <Form action="/bulk/assignment" guard={false} hx-post="/bulk/assignment" hx-sync="this:drop">
          <HiddenField name="key" value={keys.give} />
          <HiddenField name="village" value={filter.village} />
          <HiddenField name="scope" value="all" />
          <FieldRow>
            <SelectField name="officer" id="bagi-officer" label="Petugas" hint="Angka: baris yang sedang dipegang" required options={choices(officers)} />
            <NumberField name="count" label="Jumlah baris" hint="Kosong berarti semua" min={1} max={100_000} />
          </FieldRow>
          <Button>Bagikan…</Button>
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
  <Form action="/bulk/assignment" guard={false} hx-post="/bulk/assignment" hx-sync="this:drop">
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
          <Button>Tugaskan…</Button>
        </Confirm>
      )}
      {filter.stage === 'withdrawn' ? can(actor, 'prelist.publish') && <Reinstate /> : can(actor, 'prelist.revoke') && <TakeBack actor={actor} filter={filter} />}
    </ActionBar></div>
  </Form>
)

const Reinstate = () => (
  <Confirm label="Masukkan lagi ke prelist" tone="primary">
    <TextArea name="note" label="Alasan" required maxlength={500} />
    <Button formaction="/prelist/reinstatement" hx-post="/prelist/reinstatement">Masukkan yang dipilih</Button>
  </Confirm>
)

// Of the whole list: everything that the filter names and an officer holds, beyond what is on the page.
const TakeBack = ({ actor, filter }: Pick<Props, 'actor' | 'filter'>) => (
  <Confirm label="Tarik dari petugas">
    <TextArea name="note" label="Alasan" required hint="Dibaca petugas yang barisnya ditarik" maxlength={500} />
    {filter.stage && <HiddenField name="stage" value={filter.stage} />}
    {filter.officer && <HiddenField name="holder" value={filter.officer} />}
    <ActionBar>
      <Button tone="danger" formaction="/bulk/revocation" hx-post="/bulk/revocation">Tarik yang dipilih…</Button>
      <Button tone="danger" name="scope" value="all" formaction="/bulk/revocation" hx-post="/bulk/revocation">Tarik semua yang cocok saringan…</Button>
      {can(actor, 'prelist.publish') && <Button tone="danger" formaction="/prelist/withdrawal" hx-post="/prelist/withdrawal">Keluarkan dari prelist (belum terbit)</Button>}
    </ActionBar>
  </Confirm>
)
