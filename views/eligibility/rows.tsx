import type { ListedRow, Result, RowPage } from '#app/eligibility/results.ts'
import type { Ending } from '#app/programmes/endings.ts'
import { TRAIL } from '#views/eligibility/labels.ts'
import { rowsHref } from '#views/eligibility/run.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField, Tick } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatNumber, formatRupiah } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

// endings: what can be proposed of many who go at once; undefined: the reader proposes nothing.
type Props = RowPage & { exits: Result['exits'], formKey: string, endings?: Ending[] }

export const RowsPage = (props: Props) => {
  const { run, place, kind, reasons, rows, next, endings } = props
  return (
    <Stack>
      <PageHead title={`${kind === 'entry' ? 'Yang masuk' : 'Yang keluar'}, ${place.name}`} trail={[...TRAIL, { href: `/eligibility/runs/${run.id}`, label: run.name }]}
        lead={kind === 'entry' ? 'Memenuhi aturan dan belum menerima.' : 'Menerima, tetapi tidak memenuhi aturan. Penerima baru berubah setelah usulannya diperiksa dan disahkan.'}
        actions={<>
          {endings && <LinkButton href="/rounds">Usulan bersama</LinkButton>}
          <LinkButton href={`/exports/new?${new URLSearchParams({ list: 'eligibility', run: run.id, kind, region: place.code, ...(reasons && { reasons }) })}`}>Ekspor</LinkButton>
        </>} />
      <Tabs label="Akibat" items={[{ href: rowsHref(run.id, 'entry', place.code), label: 'Masuk', current: kind === 'entry' }, { href: rowsHref(run.id, 'exit', place.code), label: 'Keluar', current: kind === 'exit' }]} />
      {kind === 'exit' && <Reasons {...props} />}
      {rows.length === 0 ? <EmptyState title={kind === 'entry' ? 'Tidak ada yang masuk di sini' : 'Tidak ada yang keluar di sini'}>Kembali ke hasil dan pilih wilayah lain.</EmptyState>
        : endings ? <RoundForm {...props} /> : <RowTable {...props} />}
      <Pager nextHref={next && `${rowsHref(run.id, kind, place.code, reasons)}&after=${next.region}~${next.position}`} />
    </Stack>
  )
}

const Reasons = ({ run, place, reasons, exits }: Props) => exits.length < 2 && !reasons ? null : (
  <Filters action={`/eligibility/runs/${run.id}/rows`} clearHref={reasons ? rowsHref(run.id, 'exit', place.code) : undefined} label="Saring menurut sebab">
    <HiddenField name="kind" value="exit" />
    <HiddenField name="region" value={place.code} />
    <SelectField name="reasons" label="Sebab" required value={reasons} blank="Semua sebab" options={exits.map(({ codes, reason, count }) => ({ value: codes, label: `${reason} (${formatNumber(count)})` }))} />
  </Filters>
)

const RoundForm = (props: Props) => {
  const { run, place, kind, reasons, formKey, endings = [] } = props
  return (
    <Form action="/rounds" guard={false}>
      <HiddenField name="key" value={formKey} />
      <HiddenField name="run" value={run.id} />
      <HiddenField name="kind" value={kind} />
      <HiddenField name="region" value={place.code} />
      {reasons && <HiddenField name="reasons" value={reasons} />}
      <label class="choice" data-choose-all="row" hidden><input type="checkbox" /><span>Pilih semua yang tampil</span></label>
      <RowTable {...props} ticks />
      {kind === 'exit' && <SelectField name="change" label="Usulan dan alasannya" required options={endings.flatMap(optionsFor)} hint="Yang perlu berkas, misalnya surat pernyataan, diusulkan dari halaman penerimanya." />}
      <TextField name="note" label="Catatan untuk pemeriksa" maxlength={300} hint="Dikosongkan: nama perhitungan ini." />
      <ActionBar><Button name="all" value="0">Pratinjau yang dicentang</Button><Button name="all" value="1" tone="secondary">{reasons ? 'Pratinjau semua yang tersaring' : `Pratinjau semua di ${place.name}`}</Button></ActionBar>
      <p class="hint">Pratinjau menunjukkan berapa yang dapat diusulkan dan mengapa yang lain tidak. Belum ada yang diusulkan sebelum Anda menekan tombol berikutnya.</p>
    </Form>
  )
}

const optionsFor = ({ kind, label, reasons }: Ending) => reasons.length === 0
  ? [{ value: kind, label }] : reasons.map((reason) => ({ value: `${kind}:${reason.code}`, label: `${label}: ${reason.label}` }))

const RowTable = ({ run, rows, kind, ticks }: Props & { ticks?: boolean }) => (
  <Table caption={kind === 'entry' ? 'Menurut urutan kuota' : 'Menurut desa'} columns={[...(ticks ? [{ label: 'Pilih', hide: true }] : []), 'Nama', 'Desa/kelurahan', right('Desil'), right('Komponen'), right('Setahun'), ...(kind === 'exit' ? ['Sebab'] : []), 'Keadaan']}>
    {rows.map((row) => <EntryRow row={row} programme={run.programme} kind={kind} ticks={ticks} />)}
  </Table>
)

const EntryRow = ({ row, programme, kind, ticks }: { row: ListedRow, programme: string, kind: Props['kind'], ticks?: boolean }) => {
  const href = row.recipientId ? `/programmes/${programme}/recipients/${row.recipientId}` : row.householdId && `/eligibility/families/${row.householdId}/${row.familySeq}`
  return (
    <Row>
      {ticks && <Cell label="Pilih">{row.underWay ? '–' : <Tick name="row" value={`${row.regionCode}~${row.position}`} label={`Pilih ${row.name}`} />}</Cell>}
      <Cell label="Nama" lead>{href ? <a href={href}>{row.name}</a> : row.name}</Cell>
      <Cell label="Desa/kelurahan">{row.village}</Cell>
      <Cell label="Desil" align="right">{formatNumber(row.desil)}</Cell>
      <Cell label="Komponen" align="right">{formatNumber(row.components)}</Cell>
      <Cell label="Setahun" align="right">{formatRupiah(row.perYear)}</Cell>
      {kind === 'exit' && <Cell label="Sebab">{row.why}</Cell>}
      <Cell label="Keadaan">{row.underWay ? <Badge tone="info">Sudah diusulkan</Badge> : 'Belum diusulkan'}</Cell>
    </Row>
  )
}
