import type { ListedRow, RowPage } from '#app/eligibility/results.ts'
import { TRAIL } from '#views/eligibility/labels.ts'
import { rowsHref } from '#views/eligibility/run.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber, formatRupiah } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = RowPage & { formKey: string, mayPropose: boolean }

export const RowsPage = (props: Props) => {
  const { run, place, kind, rows, next, formKey, mayPropose } = props
  const proposes = kind === 'entry' && mayPropose && place.level === 4 && rows.some(({ underWay }) => !underWay)
  return (
    <Stack>
      <PageHead title={`${kind === 'entry' ? 'Yang masuk' : 'Yang keluar'}, ${place.name}`} trail={[...TRAIL, { href: `/eligibility/runs/${run.id}`, label: run.name }]}
        lead={kind === 'entry' ? 'Memenuhi aturan dan belum menerima. Pilih satu desa untuk mengusulkannya.' : 'Menerima, tetapi tidak memenuhi aturan. Buka penerimanya untuk mengusulkan perubahan yang sesuai.'}
        actions={<LinkButton href={`/exports/new?${new URLSearchParams({ list: 'eligibility', run: run.id, kind, region: place.code })}`}>Ekspor</LinkButton>} />
      <Tabs label="Akibat" items={[{ href: rowsHref(run.id, 'entry', place.code), label: 'Masuk', current: kind === 'entry' }, { href: rowsHref(run.id, 'exit', place.code), label: 'Keluar', current: kind === 'exit' }]} />
      {rows.length === 0 ? <EmptyState title={kind === 'entry' ? 'Tidak ada yang masuk di sini' : 'Tidak ada yang keluar di sini'}>Kembali ke hasil dan pilih wilayah lain.</EmptyState>
        : proposes
          ? (
            <Form action={`/eligibility/runs/${run.id}/proposals`} guard={false}>
              <HiddenField name="key" value={formKey} />
              <HiddenField name="region" value={place.code} />
              <RowTable {...props} ticks />
              <TextField name="note" label="Catatan untuk pemeriksa" maxlength={300} />
              <ActionBar><Button name="all" value="0">Usulkan yang dicentang</Button><Button name="all" value="1" tone="secondary">Usulkan semua di desa ini</Button></ActionBar>
              <p class="hint">Usulan diperiksa kecamatan dan Dinsos seperti biasa. Paling banyak 500 sekali kirim.</p>
            </Form>
          )
          : <RowTable {...props} />}
      <Pager nextHref={next && `${rowsHref(run.id, kind, place.code)}&after=${next.region}~${next.position}`} />
    </Stack>
  )
}

const right = (label: string) => ({ label, align: 'right' as const })

const RowTable = ({ run, rows, kind, ticks }: Props & { ticks?: boolean }) => (
  <Table caption={kind === 'entry' ? 'Menurut urutan kuota' : 'Menurut desa'} columns={[...(ticks ? [{ label: 'Pilih', hide: true }] : []), 'Nama', 'Desa/kelurahan', right('Desil'), right('Komponen'), right('Setahun'), kind === 'entry' ? 'Keadaan' : 'Sebab']}>
    {rows.map((row) => <EntryRow row={row} programme={run.programme} kind={kind} ticks={ticks} />)}
  </Table>
)

const EntryRow = ({ row, programme, kind, ticks }: { row: ListedRow, programme: string, kind: Props['kind'], ticks?: boolean }) => {
  const href = row.recipientId ? `/programmes/${programme}/recipients/${row.recipientId}` : row.householdId && `/eligibility/families/${row.householdId}/${row.familySeq}`
  return (
    <Row>
      {ticks && <Cell label="Pilih">{row.underWay ? '–' : <input type="checkbox" name="row" value={String(row.position)} aria-label={`Pilih ${row.name}`} />}</Cell>}
      <Cell label="Nama" lead>{href ? <a href={href}>{row.name}</a> : row.name}</Cell>
      <Cell label="Desa/kelurahan">{row.village}</Cell>
      <Cell label="Desil" align="right">{formatNumber(row.desil)}</Cell>
      <Cell label="Komponen" align="right">{formatNumber(row.components)}</Cell>
      <Cell label="Setahun" align="right">{formatRupiah(row.perYear)}</Cell>
      {kind === 'entry' ? <Cell label="Keadaan">{row.underWay ? <Badge tone="info">Sudah diusulkan</Badge> : 'Belum diusulkan'}</Cell> : <Cell label="Sebab">{row.why}</Cell>}
    </Row>
  )
}
