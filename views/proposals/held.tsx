import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { HeldHousehold, HeldPlace } from '#app/proposals/held.ts'
import { outcomeLabel } from '#views/households/labels.ts'
import { STATUSES } from '#views/proposals/labels.ts'
import { heldHref } from '#views/proposals/links.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Part = { rows: HeldHousehold[], next?: HeldPlace, region: string, now?: string }

const NAMES: Record<string, string> = { pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK', ppks: 'PPKS', blt: 'BLT Desa', apbd: 'Bantuan APBD' }

export const HeldPage = ({ places, ...part }: Part & { places: PlaceChoices }) => (
  <Stack>
    <PageHead title="Menunggu keputusan nonaktif" trail={[{ href: '/proposals', label: 'Usulan perubahan' }]}
      lead="Tidak ditemukan pada kunjungan yang sudah ditetapkan. Ditahan dari daftar salur dan hasil kelayakan yang baru sampai usulan nonaktifnya diputuskan; yang sudah menerima tetap tercatat." />
    {hasPlaces(places) && (
      <Filters action="/proposals/held" clearHref={part.region ? '/proposals/held' : undefined} label="Saring wilayah"><PlaceFilter places={places} region={part.region} alone /></Filters>
    )}
    <HeldRows {...part} />
  </Stack>
)

export const HeldRows = ({ rows, next, region, now = new Date().toISOString() }: Part) => rows.length === 0
  ? <EmptyState title="Tidak ada rumah tangga yang menunggu keputusan nonaktif" />
  : (
    <>
      <Table caption="Per desa/kelurahan, yang paling lama lebih dahulu" bodyId="ditahan" columns={['Rumah tangga', 'Hasil kunjungan', 'Usulan nonaktif', 'Penerima', 'Ditahan']}>
        {rows.map(({ id, headName, village, outcome, proposalId, status, programmes, since }) => (
          <Row>
            <Cell label="Rumah tangga" lead><a href={`/households/${id}`}>{headName}</a><br /><small class="hint">{village}</small></Cell>
            <Cell label="Hasil kunjungan">{outcomeLabel(outcome)}</Cell>
            <Cell label="Usulan nonaktif"><a href={`/proposals/${proposalId}`} aria-label={`Usulan nonaktif ${headName}: ${STATUSES[status].label}`}><Badge tone={STATUSES[status].tone}>{STATUSES[status].label}</Badge></a></Cell>
            <Cell label="Penerima">{programmes.map((code) => NAMES[code] ?? code).join(', ') || '–'}</Cell>
            <Cell label="Ditahan"><time datetime={since}>{formatAge(since, now)}</time></Cell>
          </Row>
        ))}
      </Table>
      <Pager bodyId="ditahan" nextHref={next && heldHref(region, next)} />
    </>
  )
