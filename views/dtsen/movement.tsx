import type { Cell as Move, Movement, PlaceMoves } from '#app/dtsen/movement.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { NoSnapshot } from '#views/dtsen/distribution.tsx'
import { Narrowing, ReportTabs, SnapshotChoice } from '#views/dtsen/frame.tsx'
import { query, snapshotName } from '#views/dtsen/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { region: string, place: string, places: PlaceChoices, snapshots: Snapshot[], movement?: Movement }

export const MovementPage = (props: Props) => (
  <Stack>
    <PageHead title="Perpindahan desil" trail={[{ href: '/dtsen', label: 'Desil DTSEN' }]}
      lead="Keluarga yang sama dalam dua potret: naik berarti desilnya bertambah besar (lebih sejahtera), turun berarti bertambah kecil." />
    <ReportTabs current="/dtsen/movement" region={props.region} />
    {props.snapshots.length === 0 && <NoSnapshot />}
    {props.snapshots.length === 1 && <Notice><p>Baru ada satu potret desil untuk wilayah ini. Perpindahan dapat dihitung setelah potret berikutnya diimpor.</p></Notice>}
    {props.snapshots.length > 1 && (
      <Narrowing action="/dtsen/movement" places={props.places} region={props.region}>
        <SnapshotChoice name="from" label="Dari" snapshots={props.snapshots} chosen={props.movement?.pair.from.id} />
        <SnapshotChoice name="to" label="Ke" snapshots={props.snapshots} chosen={props.movement?.pair.to.id} />
      </Narrowing>
    )}
    <MovementState {...props} />
  </Stack>
)

// While it is counted the part asks for itself again.
export const MovementState = ({ movement, region, place }: Props) => {
  if (!movement) return <div id="perpindahan" />
  const { pair: { from, to }, comparison } = movement
  const address = `/dtsen/movement?${query({ region, from: from.id, to: to.id })}`
  const working = comparison && comparison.phase !== 'done'
  return (
    <div id="perpindahan" class="stack" {...(working && askingAgain(address))}>
      {!comparison && (
        <Notice title="Belum dihitung">
          <p>Kedua potret ini belum pernah dibandingkan. Menghitungnya sekali saja cukup, karena potret tidak berubah.</p>
          <PostButton action="/dtsen/movement" fields={{ region, from: from.id, to: to.id }}>Hitung perpindahan</PostButton>
        </Notice>
      )}
      {working && (
        <>
          <Progress label="Menghitung perpindahan" value={comparison.doneTo + (comparison.phase === 'from' ? to.rowCount : 0)} max={from.rowCount + to.rowCount} />
          <noscript><p><LinkButton href={address}>Muat ulang</LinkButton></p></noscript>
        </>
      )}
      {comparison?.phase === 'done' && <Result movement={movement} region={region} place={place} />}
    </div>
  )
}

const Result = ({ movement: { pair: { from, to }, cells, places }, region, place }: { movement: Movement, region: string, place: string }) => {
  const base = { region, from: from.id, to: to.id }
  const sum = (which: (move: Move) => boolean) => cells.filter(which).reduce((total, { families }) => total + families, 0)
  return (
    <>
      <Stats items={[
        { label: 'Turun desil', value: formatNumber(sum((one) => one.toDesil > 0 && one.toDesil < one.fromDesil)), note: 'lebih rendah dari sebelumnya', tone: 'warn' },
        { label: 'Tetap', value: formatNumber(sum((one) => one.toDesil === one.fromDesil)) },
        { label: 'Naik desil', value: formatNumber(sum((one) => one.fromDesil > 0 && one.toDesil > one.fromDesil)), note: 'lebih tinggi dari sebelumnya', tone: 'info' },
        { label: `Hanya di ${to.label}`, value: formatNumber(sum((one) => one.fromDesil === 0)), note: 'keluarga baru' },
        { label: `Hanya di ${from.label}`, value: formatNumber(sum((one) => one.toDesil === 0)), note: 'keluarga keluar' },
      ]} />
      <Card title={`Dari ${snapshotName(from)} ke ${snapshotName(to)} di ${place}`} actions={<LinkButton href={`/dtsen/movement.csv?${query(base)}`} download>Unduh CSV</LinkButton>}>
        {cells.length === 0 ? <p>Tidak ada keluarga {place} dalam kedua potret ini.</p> : <Matrix cells={cells} base={base} labels={[from.label, to.label]} />}
      </Card>
      {places.length > 0 && <Card title="Naik dan turun menurut wilayah"><Places places={places} region={region} base={base} /></Card>}
    </>
  )
}

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]
const nameOf = (desil: number) => desil === 0 ? 'tidak ada' : String(desil)

// Wide on purpose: on a phone it is pushed sideways, because cut into cards it would say nothing.
const Matrix = ({ cells, base, labels: [before, after] }: { cells: Move[], base: Record<string, string>, labels: [string, string] }) => {
  const most = Math.max(...cells.map(({ families }) => families))
  const at = (was: number, is: number) => cells.find(({ fromDesil, toDesil }) => fromDesil === was && toDesil === is)?.families ?? 0
  return (
    <div class="matrix-frame" tabindex={0} role="region" aria-label="Tabel perpindahan, dapat digeser">
      <table class="matrix">
        <caption>Baris: desil pada {before}. Kolom: desil pada {after}. Makin gelap makin banyak; yang bergaris tebal tetap desilnya.</caption>
        <thead><tr><th scope="col">{before} → {after}</th>{STEPS.map((is) => <th scope="col">{nameOf(is)}</th>)}</tr></thead>
        <tbody>
          {STEPS.map((was) => (
            <tr>
              <th scope="row">{nameOf(was)}</th>
              {STEPS.map((is) => <td class={shade(at(was, is), most, was === is && was > 0)}>{was === 0 && is === 0 ? '' : <Families n={at(was, is)} href={`/dtsen/movement/rows?${query({ ...base, was, is })}`} />}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Families = ({ n, href }: { n: number, href: string }) => n === 0 ? <span class="nought">0</span> : <a href={href}>{formatNumber(n)}</a>

// Five shades by how far towards the fullest cell, on the root: few cells hold most of the families.
const shade = (n: number, most: number, kept: boolean) => `shade-${n === 0 ? 0 : Math.max(1, Math.ceil(5 * Math.sqrt(n / most)))}${kept ? ' kept' : ''}`

const Places = ({ places, region, base }: { places: PlaceMoves[], region: string, base: Record<string, string> }) => (
  <>
    <StackedBars title="Keluarga yang turun, tetap dan naik desil" labelHeading="Wilayah"
      series={[{ key: 'down', label: 'Turun', tone: 4 }, { key: 'same', label: 'Tetap', tone: 6 }, { key: 'up', label: 'Naik', tone: 2 }]}
      rows={places.slice(0, 60).map(({ name, up, down, same }) => ({ label: name, values: { up, down, same } }))} />
    <Table caption="Menurut wilayah" dense columns={['Wilayah', right('Turun'), right('Tetap'), right('Naik'), right('Baru'), right('Keluar')]}>
      {places.map(({ code, name, up, down, same, entered, left }) => (
        <Row>
          <Cell label="Wilayah" lead>{code !== region && region.length < 13 ? <a href={`/dtsen/movement?${query({ ...base, region: code })}`}>{name}</a> : name}</Cell>
          <Cell label="Turun" align="right">{formatNumber(down)}</Cell>
          <Cell label="Tetap" align="right">{formatNumber(same)}</Cell>
          <Cell label="Naik" align="right">{formatNumber(up)}</Cell>
          <Cell label="Baru" align="right">{formatNumber(entered)}</Cell>
          <Cell label="Keluar" align="right">{formatNumber(left)}</Cell>
        </Row>
      ))}
    </Table>
  </>
)
