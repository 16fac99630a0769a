import { countOf, FACETS, type FacetKey } from '#app/map/facets.ts'
import type { PlaceSums } from '#app/map/map.ts'
import { table } from '#views/dtsen/csv.ts'

export const placesCsv = (places: PlaceSums[], colour: FacetKey) => table([
  ['kode', 'wilayah', 'rumah_tangga', ...FACETS[colour].classes.map(({ label }) => label)],
  ...places.map((place) => [place.code, place.name, place.n, ...FACETS[colour].classes.map(({ key }) => countOf(place, FACETS[colour], key))]),
])
