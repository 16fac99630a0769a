import type { After, ListedRow } from '#app/dtsen/rows.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { NoSnapshot } from '#views/dtsen/distribution.tsx'
import { Narrowing, ReportTabs, SnapshotChoice } from '#views/dtsen/frame.tsx'
import { exportHref } from '#views/exports/links.ts'
import { query } from '#views/dtsen/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { maskKk, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Kind = 'all' | 'found' | 'unknown'
const KINDS: { value: Kind, label: string }[] = [
  { value: 'all', label: 'Semua' }, { value: 'found', label: 'Ada di registri' }, { value: 'unknown', label: 'Di DTSEN tetapi tidak ada di registri' },
]
const LEADS: Record<Kind, string> = {
  all: 'Keluarga seperti tertulis dalam potret desil.', found: 'Keluarga dalam potret desil yang ditemukan di registri.',
  unknown: 'Keluarga yang ada di DTSEN tetapi tidak ada di registri. Periksa di lapangan; bila memang tinggal di desa ini, usulkan sebagai usulan baru.',
}

type Props = {
  rows: ListedRow[], next?: After, region: string, place: string, places: PlaceChoices, snapshot?: Snapshot, snapshots: Snapshot[], current: string[]
  filter: { desil?: number, kind: Kind }, mayExport: boolean
}

const afterOf = (next: After | undefined) => next && `${next.region}_${next.desil}_${next.position}`

export const RowsPage = ({ rows, next, region, place, places, snapshot, snapshots, current, filter, mayExport }: Props) => {
  const asked = { region, snapshot: snapshot?.id, desil: filter.desil, kind: filter.kind }
  return (
    <Stack>
      <PageHead title={filter.kind === 'unknown' ? 'Di DTSEN tetapi tidak ada di registri' : 'Keluarga dalam DTSEN'} trail={[{ href: '/dtsen', label: 'Desil DTSEN' }]} lead={`${LEADS[filter.kind]} ${place}.`}
        actions={mayExport && snapshot ? <LinkButton href={exportHref('dtsen-rows', `?${query(asked)}`)}>Ekspor</LinkButton> : undefined} />
      <ReportTabs current="/dtsen/rows" region={region} />
      {!snapshot ? <NoSnapshot /> : (
        <>
          <Narrowing action="/dtsen/rows" places={places} region={region}>
            <SnapshotChoice name="snapshot" label="Potret desil" snapshots={snapshots} chosen={snapshot.id} current={current} />
            <SelectField name="kind" label="Keluarga" required value={filter.kind} blank="" options={KINDS} />
            <SelectField name="desil" label="Desil" required value={filter.desil} blank="Semua desil" options={Array.from({ length: 10 }, (_, i) => ({ value: i + 1, label: `Desil ${i + 1}` }))} />
          </Narrowing>
          <Families rows={rows} nextHref={next && `/dtsen/rows?${query({ ...asked, after: afterOf(next) })}`} />
        </>
      )}
    </Stack>
  )
}

type MovedProps = { rows: ListedRow[], next?: After, place: string, query: { region: string, from: string, to: string, was: number, is: number } }

export const MovedPage = ({ rows, next, place, query: asked }: MovedProps) => (
  <Stack>
    <PageHead title={movedTitle(asked)} lead={`Keluarga di ${place} menurut kedua potret.`}
      trail={[{ href: '/dtsen', label: 'Desil DTSEN' }, { href: `/dtsen/movement?${query({ region: asked.region, from: asked.from, to: asked.to })}`, label: 'Perpindahan' }]} />
    <Families rows={rows} nextHref={next && `/dtsen/movement/rows?${query({ ...asked, after: afterOf(next) })}`} />
  </Stack>
)

const movedTitle = ({ was, is }: { was: number, is: number }) => was === 0 ? `Keluarga baru dengan desil ${is}`
  : is === 0 ? `Keluarga desil ${was} yang tidak ada lagi` : was === is ? `Tetap desil ${is}` : `Dari desil ${was} ke desil ${is}`

const Families = ({ rows, nextHref }: { rows: ListedRow[], nextHref?: string }) => rows.length === 0
  ? <EmptyState title="Tidak ada keluarga yang cocok">Pilih wilayah, desil, atau potret yang lain.</EmptyState>
  : (
    <>
      <Table caption="Keluarga" bodyId="keluarga" columns={['No. KK', 'Desil', 'Desa/kelurahan', 'Di registri', 'ID keluarga']}>
        {rows.map((row) => (
          <Row>
            <Cell label="No. KK" lead><span class="number">{maskKk(row.kkNumber)}</span>{row.nik && <><br /><small class="hint">NIK kepala {maskNik(row.nik)}</small></>}</Cell>
            <Cell label="Desil">{row.desil}</Cell>
            <Cell label="Desa/kelurahan">{row.village}</Cell>
            <Cell label="Di registri">{row.householdId ? <a href={`/households/${row.householdId}`}>{row.headName}</a> : <Badge tone="warn">Tidak ada</Badge>}</Cell>
            <Cell label="ID keluarga">{row.reference ?? '–'}</Cell>
          </Row>
        ))}
      </Table>
      <Pager bodyId="keluarga" nextHref={nextHref} />
    </>
  )
