import type { PlaceChoices } from '#app/households/place-choices.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { countOf, FACET_KEYS, FACETS, type Facet } from '#app/map/facets.ts'
import type { Asked, MapPicture, Near, PlaceSums, Unplaced } from '#app/map/map.ts'
import { CLOSEST, HEIGHT, moved, unproject, WIDEST, WIDTH, zoomed, type View } from '#app/map/projection.ts'
import { Drawing } from '#views/map/drawing.tsx'
import { csvHref, mapHref } from '#views/map/links.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Swatch } from '#views/ui/chart.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type PartProps = { asked: Asked, view?: View, picture?: MapPicture, near: Near[], tiles?: string }
type Props = PartProps & { choices: PlaceChoices, unplaced: Unplaced }

const SEEN = [{ value: 'all', label: 'Semua rumah tangga' }, { value: 'visited', label: 'Yang sudah dikunjungi' }, { value: 'unvisited', label: 'Yang belum dikunjungi' }]

export const MapPage = ({ choices, unplaced, ...part }: Props) => (
  <Stack>
    <PageHead title="Peta" actions={<PrintButton>Cetak peta</PrintButton>} lead="Letak rumah tangga menurut kunjungan, atau menurut prelist bila belum dikunjungi. Lingkaran adalah kumpulan rumah tangga; pilih untuk melihat lebih dekat." />
    <Filters action="/map" clearHref={part.asked.region || part.asked.seen !== 'all' ? mapHref({ ...part.asked, region: '', seen: 'all' }) : undefined} label="Atur peta">
      {hasChoice(choices) && <PlaceField choices={choices} chosen={part.asked.region} />}
      <SelectField name="colour" label="Warna menurut" required value={part.asked.colour} options={FACET_KEYS.map((value) => ({ value, label: FACETS[value].label }))} />
      <SelectField name="seen" label="Yang ditampilkan" required value={part.asked.seen} options={SEEN} />
    </Filters>
    <MapPart {...part} />
    {unplaced.total > 0 && <UnplacedCard unplaced={unplaced} region={part.asked.region} />}
  </Stack>
)

const unplacedHref = (region: string) => `/households?${new URLSearchParams({ ...(region && { region }), point: 'none' })}`

// A map hides whom it cannot place, so it says how many they are.
const UnplacedCard = ({ unplaced: { total, places }, region }: { unplaced: Unplaced, region: string }) => (
  <Card title={`Tanpa titik: ${formatNumber(total)} rumah tangga`} actions={<LinkButton href={unplacedHref(region)}>Lihat daftarnya</LinkButton>}>
    <p>Rumah tangga ini tidak tampil di peta karena prelist tidak membawa koordinat dan belum ada kunjungan. Titiknya terisi begitu petugas mengirim kunjungan dari rumahnya.</p>
    {places.length > 1 && (
      <details>
        <summary>Menurut wilayah</summary>
        {places.length > MOST && <p class="hint">{MOST} wilayah terbanyak.</p>}
        <Table caption="Rumah tangga tanpa titik menurut wilayah" hideCaption dense columns={['Wilayah', right('Tanpa titik')]}>
          {places.slice(0, MOST).map(({ code, name, n }) => (
            <Row>
              <Cell label="Wilayah" lead>{name}</Cell>
              <Cell label="Tanpa titik" align="right"><a href={unplacedHref(code)} aria-label={`Daftar rumah tangga tanpa titik di ${name}: ${formatNumber(n)}`}>{formatNumber(n)}</a></Cell>
            </Row>
          ))}
        </Table>
      </details>
    )}
  </Card>
)

// What changes when the map is moved.
export const MapPart = ({ asked, view, picture, near, tiles }: PartProps) => (
  <div id="peta" class="stack map-part" tabindex={-1} data-map-address={view && mapHref(asked, view)}>
    {!view || !picture ? <EmptyState title="Belum ada titik di sini">Rumah tangga tampil di peta begitu prelist atau kunjungannya membawa koordinat. Ubah saringan, atau kembali nanti.</EmptyState> : (
      <>
        <figure class="chart map-figure">
          <figcaption>{formatNumber(picture.total.n)} rumah tangga dalam tampilan ini</figcaption>
          <Legend facet={FACETS[asked.colour]} total={picture.total} />
          <Moves asked={asked} view={view} />
          <p class="unseen">Setiap angka pada gambar adalah satu kumpulan rumah tangga; jumlah per wilayah ada pada tabel sesudah gambar.</p>
          <Drawing asked={asked} view={view} marks={picture.marks} places={picture.places} tiles={tiles} />
        </figure>
        <Places asked={asked} view={view} {...picture} />
        {near.length > 0 && <NearList near={near} />}
      </>
    )}
  </div>
)

const Legend = ({ facet, total }: { facet: Facet, total: MapPicture['total'] }) => (
  <ul class="legend">{facet.classes.map(({ key, label, tone }) => {
    const count = countOf(total, facet, key)
    return <li><Swatch tone={tone} />{label}: {formatNumber(count)} <small class="hint">({formatPercent(count, total.n)})</small></li>
  })}</ul>
)

// Plain links, so that the map moves without script too; with it, dragging and the wheel do the same.
const Moves = ({ asked, view }: { asked: Asked, view: View }) => {
  const link = (label: string, words: string, to: View) => (
    <><a class="button secondary small" href={mapHref(asked, to)} aria-label={words} data-map-part>{label}<span class="unseen"> {words}</span></a>{' '}</>
  )
  return (
    <nav class="map-moves" aria-label="Gerakkan peta">
      {view.zoom < CLOSEST && link('+', 'Perbesar', zoomed(view, view.zoom + 1))}
      {view.zoom > WIDEST && link('−', 'Perkecil', zoomed(view, view.zoom - 1))}
      {link('←', 'Ke barat', moved(view, -WIDTH / 3, 0))}
      {link('→', 'Ke timur', moved(view, WIDTH / 3, 0))}
      {link('↑', 'Ke utara', moved(view, 0, -HEIGHT / 3))}
      {link('↓', 'Ke selatan', moved(view, 0, HEIGHT / 3))}
      <a class="button secondary small" href={mapHref(asked)} data-map-part>Seluruhnya</a>
    </nav>
  )
}

const NearList = ({ near }: { near: Near[] }) => (
  <Card title="Rumah tangga dalam tampilan ini">
    <Table caption="Rumah tangga dalam tampilan ini" hideCaption dense columns={['Kepala rumah tangga', 'Desa/kelurahan', 'Tahap', 'Titik dari', 'Tanda']}>
      {near.map(({ id, headName, village, stage, flagCount, visited }) => (
        <Row>
          <Cell label="Kepala rumah tangga" lead><a href={`/households/${id}`}>{headName}</a></Cell>
          <Cell label="Desa/kelurahan">{village}</Cell>
          <Cell label="Tahap">{STAGE_WORDS[stage]}</Cell>
          <Cell label="Titik dari">{visited ? 'Kunjungan' : 'Prelist'}</Cell>
          <Cell label="Tanda">{flagCount > 0 ? <Badge tone="warn">{flagCount} tanda</Badge> : 'Tidak ada'}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const MOST = 100

const Places = ({ asked, view, places, hasMorePlaces }: { asked: Asked, view: View } & Pick<MapPicture, 'places' | 'hasMorePlaces'>) => {
  const facet = FACETS[asked.colour]
  return (
    <Card title="Menurut wilayah" actions={<LinkButton href={csvHref(asked, view)} download>Unduh CSV</LinkButton>}>
      {hasMorePlaces && <p class="hint">{places.length} wilayah terbanyak; semuanya ada di CSV.</p>}
      <Table caption={`Rumah tangga dalam tampilan ini menurut wilayah dan ${facet.label.toLowerCase()}`} dense columns={['Wilayah', right('Rumah tangga'), ...facet.classes.map(({ label }) => right(label))]}>
        {places.map((place) => <PlaceRow asked={asked} place={place} />)}
      </Table>
    </Card>
  )
}

const PlaceRow = ({ asked, place }: { asked: Asked, place: PlaceSums }) => (
  <Row>
    <Cell label="Wilayah" lead><a href={mapHref(asked, { ...unproject(place), zoom: place.code.length === 13 ? 14 : 11 })} data-map-part>{place.name}</a></Cell>
    <Cell label="Rumah tangga" align="right"><a href={`/households?region=${place.code}`} aria-label={`Daftar rumah tangga ${place.name}: ${formatNumber(place.n)}`}>{formatNumber(place.n)}</a></Cell>
    {FACETS[asked.colour].classes.map(({ key, label }) => <Cell label={label} align="right">{formatNumber(countOf(place, FACETS[asked.colour], key))}</Cell>)}
  </Row>
)
