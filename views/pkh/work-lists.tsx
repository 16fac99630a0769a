import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Place, Waiting, WorkList, WorkPage } from '#app/pkh/work-lists.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { LISTS, TRAIL } from '#views/pkh/labels.ts'
import { startHref } from '#views/programmes/links.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatNumber, formatRupiah } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { list: WorkList, region: string, page: WorkPage, choices: PlaceChoices, mayPropose: boolean }

const hrefOf = (list: WorkList, region: string, after?: Place) =>
  `/pkh?${new URLSearchParams({ list, ...(region && { region }), ...(after && { after: `${after.region}~${after.id}~${after.name}` }) })}`

export const WorkListsPage = ({ list, region, page: { rows, looked, next }, choices, mayPropose }: Props) => (
  <Stack>
    <PageHead title="Pekerjaan PKH" trail={TRAIL} lead={LISTS[list].lead} />
    <Tabs label="Daftar pekerjaan" items={(Object.keys(LISTS) as WorkList[]).map((one) => ({ href: hrefOf(one, region), label: LISTS[one].label, current: one === list }))} />
    {hasChoice(choices) && (
      <Filters action="/pkh" clearHref={region ? hrefOf(list, '') : undefined} label="Pilih wilayah"><HiddenField name="list" value={list} /><PlaceField choices={choices} chosen={region} /></Filters>
    )}
    {rows.length === 0
      ? <EmptyState title={next ? `Tidak ada di antara ${formatNumber(looked)} keluarga pertama` : LISTS[list].empty}>{next ? 'Lanjutkan ke keluarga berikutnya di bawah.' : 'Pilih daftar lain di atas, atau wilayah lain.'}</EmptyState>
      : (
        <Table caption={LISTS[list].label} columns={['Nama', 'Desa/kelurahan', 'Sejak', { label: 'Komponen', align: 'right' }, { label: 'Bantuan setahun', align: 'right' }, { label: 'Tindakan', hide: true }]}>
          {rows.map((row) => <WorkRow row={row} list={list} mayPropose={mayPropose} />)}
        </Table>
      )}
    <Pager nextHref={next && hrefOf(list, region, next)} note={next && `Sudah memeriksa ${formatNumber(looked)} keluarga di halaman ini.`} />
  </Stack>
)

const WorkRow = ({ row: { id, name, number, village, stateAt, components, perYear }, list, mayPropose }: { row: Waiting, list: WorkList, mayPropose: boolean }) => {
  const { kind, action } = LISTS[list]
  return (
    <Row>
      <Cell label="Nama" lead><span><a href={`/programmes/pkh/recipients/${id}`}>{name}</a>{number && <><br /><small class="hint number">{number}</small></>}</span></Cell>
      <Cell label="Desa/kelurahan">{village}</Cell>
      <Cell label="Sejak">{formatDate(stateAt)}</Cell>
      <Cell label="Komponen" align="right">{formatNumber(components)}</Cell>
      <Cell label="Bantuan setahun" align="right">{formatRupiah(perYear)}</Cell>
      <Cell label="Tindakan" actions>{mayPropose && <LinkButton small href={kind ? startHref('pkh', { kind, recipient: id }) : `/pkh/recipients/${id}/commitments`} aria-label={`${action}: ${name}`}>{action}</LinkButton>}</Cell>
    </Row>
  )
}
