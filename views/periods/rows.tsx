import type { DifferenceRow, VillageDifferences } from '#app/periods/differences.ts'
import type { DifferenceKind } from '#app/periods/comparing.ts'
import { rowsAddress } from '#views/periods/compare.tsx'
import { CHANGES, KINDS, TRAIL } from '#views/periods/labels.ts'
import { formatNumber, maskNik } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const DifferencesPage = (props: VillageDifferences) => {
  const { from, to, place, kind, rows, next, tally } = props
  const counts: Record<DifferenceKind, number | undefined> = {
    entry: tally.entries, exit: tally.exits, moved_in: tally.movedIn, moved_out: tally.movedOut, changed: undefined,
  }
  const compare = `/periods/compare?${new URLSearchParams({ from: from.id, to: to.id })}`
  const nextHref = next && `${rowsAddress(props, place.code, kind)}&${new URLSearchParams({ name: next.name, id: next.id })}`
  return (
    <div class="stack">
      <PageHead title={`${KINDS[kind]} · ${place.name}`} lead={`${from.name} dibandingkan dengan ${to.name}`} trail={[...TRAIL, { href: compare, label: 'Bandingkan dua periode' }]} />
      <Tabs label="Jenis perubahan" items={(Object.keys(KINDS) as DifferenceKind[]).map((one) => ({
        href: rowsAddress(props, place.code, one), label: counts[one] === undefined ? KINDS[one] : `${KINDS[one]} (${formatNumber(counts[one])})`, current: one === kind,
      }))} />
      {rows.length === 0 ? <EmptyState title="Tidak ada rumah tangga di sini" /> : (
        <Table caption={`Rumah tangga: ${KINDS[kind].toLowerCase()}`} hideCaption bodyId="perbedaan" columns={['Kepala rumah tangga', 'NIK', HEADINGS[kind]]}>
          {rows.map((row) => (
            <Row>
              <Cell label="Kepala rumah tangga" lead><a href={`/households/${row.householdId}`}>{row.headName}</a></Cell>
              <Cell label="NIK">{maskNik(row.headNik)}</Cell>
              <Cell label={HEADINGS[kind]}><div><What row={row} /></div></Cell>
            </Row>
          ))}
        </Table>
      )}
      <Pager bodyId="perbedaan" nextHref={nextHref} />
    </div>
  )
}

const HEADINGS: Record<DifferenceKind, string> = { entry: 'Alamat dan anggota', exit: 'Alasan', moved_in: 'Perpindahan', moved_out: 'Perpindahan', changed: 'Perubahan' }

const What = ({ row }: { row: DifferenceRow }) => {
  const { kind, before, after, reason, from, to } = row
  if (kind === 'entry') return <>{after![1]} · {formatNumber(after![2])} anggota</>
  if (kind === 'exit') return <>{reason}</>
  return (
    <>
      {kind !== 'changed' && <p>Dari {from} ke {to}</p>}
      {row.changes.map((name) => <p>{CHANGES[name]}: <del>{valueOf(before!, name)}</del> menjadi <ins>{valueOf(after!, name)}</ins></p>)}
    </>
  )
}

const valueOf = (face: NonNullable<DifferenceRow['before']>, name: string) =>
  name === 'members' ? formatNumber(face[2]) : (name === 'head' ? face[0] : face[1]) || '(kosong)'
