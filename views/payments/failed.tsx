import type { FailedWork } from '#app/payments/ways-on.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { exportHref } from '#views/exports/links.ts'
import { afterOf, PAID_NAMES, PAYMENTS_TRAIL, query, type PaidCode } from '#views/payments/words.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, type Option } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatRupiah, maskNik } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = {
  programme: PaidCode, rows: FailedWork[], next?: { regionCode: string, name: string, id: string }, region: string, reason?: string, reasons: Option[], places: PlaceChoices
  mayExport: boolean
}

export const FailedPage = ({ programme, rows, next, region, reason, reasons, places, mayExport }: Props) => {
  const asked = query({ programme, region, reason })
  return (
    <Stack>
      <PageHead title="Gagal salur" trail={[PAYMENTS_TRAIL]} lead="Bantuan yang belum sampai, menurut desa/kelurahan. Setiap baris menyebut langkah berikutnya; baris hilang sendiri setelah hasilnya tercatat berhasil atau dikecualikan."
        actions={mayExport ? <LinkButton href={exportHref('payments-failed', `?${asked}`)}>Ekspor</LinkButton> : undefined} />
      <Tabs label="Program" items={(Object.keys(PAID_NAMES) as PaidCode[]).map((code) => ({ href: `/payments/failed?programme=${code}`, label: PAID_NAMES[code], current: code === programme }))} />
      <Filters action="/payments/failed" clearHref={region || reason ? `/payments/failed?programme=${programme}` : undefined}>
        <HiddenField name="programme" value={programme} />
        <SelectField name="reason" label="Alasan" required value={reason} blank="Semua alasan" options={reasons} />
        <PlaceFilter places={places} region={region} />
      </Filters>
      {rows.length === 0
        ? <EmptyState title="Tidak ada yang gagal salur">Semua yang sudah ada hasilnya sampai kepada penerima.</EmptyState>
        : (
          <Table caption="Gagal salur" bodyId="gagal" columns={['Penerima', 'Desa/kelurahan', 'Periode', { label: 'Nominal', align: 'right' }, 'Alasan', 'Langkah berikutnya']}>
            {rows.map((row) => (
              <Row>
                <Cell label="Penerima" lead><a href={`/payments/${row.id}`}>{row.name}</a><br /><small class="hint">NIK {maskNik(row.nik)}</small></Cell>
                <Cell label="Desa/kelurahan">{row.village}</Cell>
                <Cell label="Periode">{row.period}</Cell>
                <Cell label="Nominal" align="right">{formatRupiah(row.amount)}</Cell>
                <Cell label="Alasan">{row.reason || 'Belum dicatat'}</Cell>
                <Cell label="Langkah berikutnya"><Ways ways={row.ways} /></Cell>
              </Row>
            ))}
          </Table>
        )}
      <Pager bodyId="gagal" nextHref={next && `/payments/failed?${query({ programme, region, reason, after: afterOf(next) })}`} />
    </Stack>
  )
}

const Ways = ({ ways: [first, ...others] }: Pick<FailedWork, 'ways'>) => (
  <div>
    {first && <a href={first.href}>{first.label}</a>}
    {others.map(({ href, label }) => <><br /><small><a href={href}>{label}</a></small></>)}
  </div>
)
