import type { ListedCertificate } from '#app/certificates/certificates.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { LETTER_TABS, PURPOSE_WORDS, STATE_WORDS } from '#views/certificates/words.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedCertificate[], next?: number, region: string, household?: string, places: PlaceChoices, mayIssue: boolean }

export const CertificateListPage = ({ rows, next, region, household, places, mayIssue }: Props) => {
  const query = new URLSearchParams({ ...(region && { region }), ...(household && { household }) })
  return (
    <div class="stack">
      <PageHead title="Surat keterangan" lead="Surat bagi warga bahwa ia terdaftar dalam data kesejahteraan sosial, dengan kode yang bisa diperiksa sekolah atau rumah sakit." />
      <Tabs label="Jenis surat" items={LETTER_TABS('registered')} />
      {mayIssue && <Find />}
      {hasPlaces(places) && (
        <Filters action="/certificates" label="Saring surat keterangan" clearHref={region || household ? '/certificates' : undefined}>
          <PlaceFilter places={places} region={region} alone />
        </Filters>
      )}
      {rows.length === 0 ? <EmptyState title="Belum ada surat keterangan di sini" /> : (
        <Table caption="Surat yang sudah dibuat" bodyId="surat" columns={['Nomor surat', 'Nama', 'Desa/kelurahan', 'Keperluan', 'Berlaku sampai', 'Keadaan']}>
          {rows.map((row) => <Line row={row} />)}
        </Table>
      )}
      <Pager bodyId="surat" nextHref={next === undefined ? undefined : `/certificates?${new URLSearchParams([...query, ['before', String(next)]])}`} />
    </div>
  )
}

const Find = () => (
  <Card title="Buat surat">
    <form action="/households" method="get" class="filters">
      <TextField name="q" type="search" label="Cari warganya: nama, NIK, atau No. KK" required maxlength={100} autocomplete="off" hint={'Buka rumah tangganya, lalu tekan "Surat keterangan".'} />
      <div class="filter-buttons"><Button tone="secondary">Cari</Button></div>
    </form>
  </Card>
)

const Line = ({ row: { id, letterNumber, name, place, purpose, validUntil, state } }: { row: ListedCertificate }) => (
  <Row>
    <Cell label="Nomor surat" lead><a href={`/certificates/${id}`}>{letterNumber}</a></Cell>
    <Cell label="Nama">{name}</Cell>
    <Cell label="Desa/kelurahan">{place}</Cell>
    <Cell label="Keperluan">{PURPOSE_WORDS[purpose]}</Cell>
    <Cell label="Berlaku sampai">{formatDate(validUntil)}</Cell>
    <Cell label="Keadaan"><Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Badge></Cell>
  </Row>
)
