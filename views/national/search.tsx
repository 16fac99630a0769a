import type { Regency } from '#app/national/places.ts'
import type { Found } from '#app/national/searching.ts'
import { NationTabs, RegionField } from '#views/national/frame.tsx'
import { Decided } from '#views/ratification/contents.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const PAGE = 50
type Props = { q: string, region: string, found: Found[], regencies: Regency[], names: Map<string, string> }

export const SearchPage = ({ q, region, found, regencies, names }: Props) => (
  <Stack>
    <PageHead title="Cari orang" lead="Menurut NIK atau Nomor KK (16 angka), atau nama, juga yang ditulis sedikit berbeda." />
    <NationTabs current="/national/search" />
    <Filters action="/national/search" label="Cari" clearHref={q || region ? '/national/search' : undefined}>
      <TextField name="q" label="NIK, Nomor KK, atau nama" type="search" required value={q} maxlength={100} autocomplete="off" />
      <RegionField regencies={regencies} chosen={region} />
    </Filters>
    {found.length > PAGE && <Notice><p>{`${PAGE} yang paling mirip ditampilkan. Persempit dengan wilayah atau nama lebih lengkap.`}</p></Notice>}
    {q && found.length === 0 && <EmptyState title="Tidak ditemukan">Periksa ejaannya, atau cari dengan NIK.</EmptyState>}
    {found.length > 0 && <People caption="Yang ditemukan, paling mirip lebih dulu" people={found.slice(0, PAGE)} names={names} />}
  </Stack>
)

export const People = ({ caption, people, names }: { caption: string, people: Found[], names: Map<string, string> }) => (
  <Table caption={caption} columns={['Nama', 'NIK', 'Tanggal lahir', 'Rumah tangga', 'Alamat', 'Keputusan']}>
    {people.map((one) => (
      <Row>
        <Cell label="Nama" lead>{one.name ? <a href={`/national/households/${one.regencyCode}/${encodeURIComponent(one.householdId)}`}>{one.name}</a> : 'Di luar wilayah Anda'}</Cell>
        <Cell label="NIK"><span class="number">{maskNik(one.nik)}</span></Cell>
        <Cell label="Tanggal lahir">{formatDate(one.birthDate)}</Cell>
        <Cell label="Rumah tangga">{one.headName || '–'}</Cell>
        <Cell label="Alamat">{[one.address, names.get(one.villageCode), names.get(one.regencyCode) ?? one.regencyCode].filter(Boolean).join(', ')}</Cell>
        <Cell label="Keputusan"><Decided decision={one.decision} reason="" /></Cell>
      </Row>
    ))}
  </Table>
)
