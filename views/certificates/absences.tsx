import type { ListedAbsence } from '#app/certificates/absences.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { LETTER_TABS, PURPOSE_WORDS, STATE_WORDS } from '#views/certificates/words.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedAbsence[], next?: number, region: string, places: PlaceChoices, mayIssue: boolean }

export const AbsenceListPage = ({ rows, next, region, places, mayIssue }: Props) => (
  <div class="stack">
    <PageHead title="Surat keterangan tidak terdaftar" lead="Surat bagi warga bahwa ia tidak tercatat dalam data kesejahteraan sosial, dengan kode yang bisa diperiksa."
      actions={mayIssue && <LinkButton tone="primary" href="/certificates/absent/new">Buat surat</LinkButton>} />
    <Tabs label="Jenis surat" items={LETTER_TABS('absent')} />
    {hasPlaces(places) && (
      <Filters action="/certificates/absent" label="Saring surat keterangan" clearHref={region ? '/certificates/absent' : undefined}><PlaceFilter places={places} region={region} alone /></Filters>
    )}
    {rows.length === 0 ? <EmptyState title="Belum ada surat keterangan tidak terdaftar di sini" /> : (
      <Table caption="Surat yang sudah dibuat" bodyId="surat" columns={['Nomor surat', 'Nama', 'Desa/kelurahan', 'Keperluan', 'Berlaku sampai', 'Keadaan']}>
        {rows.map(({ id, letterNumber, name, place, purpose, validUntil, state }) => (
          <Row>
            <Cell label="Nomor surat" lead><a href={`/certificates/absent/${id}`}>{letterNumber}</a></Cell><Cell label="Nama">{name}</Cell><Cell label="Desa/kelurahan">{place}</Cell><Cell label="Keperluan">{PURPOSE_WORDS[purpose]}</Cell>
            <Cell label="Berlaku sampai">{formatDate(validUntil)}</Cell><Cell label="Keadaan"><Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Badge></Cell>
          </Row>
        ))}
      </Table>
    )}
    <Pager bodyId="surat" nextHref={next === undefined ? undefined : `/certificates/absent?${new URLSearchParams({ ...(region && { region }), before: String(next) })}`} />
  </div>
)
