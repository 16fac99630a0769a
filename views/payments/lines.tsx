import type { LineFilter, ListedPayment } from '#app/payments/lines.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { exportHref } from '#views/exports/links.ts'
import { listName, type ListProps } from '#views/payments/list.tsx'
import { afterOf, maskAccount, PAYMENT_KIND, PAYMENTS_TRAIL, query } from '#views/payments/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatRupiah, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Line = ListedPayment & { word: string, bankName: string }
type Props = {
  list: ListProps['list'], rows: Line[], next?: { regionCode: string, name: string, id: string }, filter: LineFilter, places: PlaceChoices, mayExport: boolean
}

export const LinesPage = ({ list, rows, next, filter, places, mayExport }: Props) => {
  const here = `/payments/lists/${list.id}/lines`
  const asked = query(filter)
  return (
    <Stack>
      <PageHead title="Penerima dalam daftar salur" trail={[PAYMENTS_TRAIL, { href: `/payments/lists/${list.id}`, label: listName(list) }]} lead="Buka satu penerima untuk mencatat hasil, memeriksa rekening, atau melihat riwayatnya."
        actions={mayExport ? <LinkButton href={exportHref('payments', `?payments=${list.id}&${asked}`)}>Ekspor</LinkButton> : undefined} />
      <Filters action={here} clearHref={asked ? here : undefined}>
        <TextField name="q" label="Cari" type="search" required value={filter.q} hint="Nama, NIK, atau nomor peserta/kartu" maxlength={100} />
        <SelectField name="kind" label="Hasil" required value={filter.kind} blank="Semua" options={[...Object.entries(PAYMENT_KIND).map(([value, { label }]) => ({ value, label })), { value: 'gone', label: 'Menunggu, tetapi tidak lagi menerima' }]} />
        <PlaceFilter places={places} region={filter.region} />
      </Filters>
      {rows.length === 0
        ? <EmptyState title="Tidak ada penerima yang cocok">Ubah pencarian atau saringannya.</EmptyState>
        : (
          <Table caption="Penerima" bodyId="penerima" columns={['Nama', 'Desa/kelurahan', 'Bank, rekening', { label: 'Nominal', align: 'right' }, 'Status']}>
            {rows.map((row) => (
              <Row>
                <Cell label="Nama" lead><a href={`/payments/${row.id}`}>{row.name}</a><br /><small class="hint">NIK {maskNik(row.nik)}{row.number && ` · ${maskNik(row.number)}`}</small></Cell>
                <Cell label="Desa/kelurahan">{row.village}</Cell>
                <Cell label="Bank, rekening"><div>{row.bankName || 'Belum tercatat'}{row.account && <><br /><span class="number">{maskAccount(row.account)}</span></>}</div></Cell>
                <Cell label="Nominal" align="right">{formatRupiah(row.amount)}</Cell>
                <Cell label="Status"><Badge tone={PAYMENT_KIND[row.kind].tone}>{row.word}</Badge></Cell>
              </Row>
            ))}
          </Table>
        )}
      <Pager bodyId="penerima" nextHref={next && `${here}?${query({ ...filter, after: afterOf(next) })}`} />
    </Stack>
  )
}
