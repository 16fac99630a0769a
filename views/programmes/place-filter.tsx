import type { PlaceChoices } from '#app/households/place-choices.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { SelectField } from '#views/ui/field.tsx'

// One of several places of one's own, or down the tree from the only one. alone: there is nothing else to narrow by, so it
// needs no fold.
export function PlaceFilter({ places, region, alone }: { places: PlaceChoices, region: string, alone?: boolean }) {
  if ('own' in places) return <SelectField name="region" label="Wilayah" required value={region} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
  if (places.levels.length === 0) return null
  const picker = <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" />
  return alone ? picker : <details class="by-hand more-filters" open={Boolean(region)}><summary>Saring wilayah</summary>{picker}</details>
}

// Whoever works in one desa has nothing to choose.
export const hasPlaces = (places: PlaceChoices) => 'own' in places || places.levels.length > 0
