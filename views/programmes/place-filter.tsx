import type { PlaceChoices } from '#app/households/place-choices.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { SelectField } from '#views/ui/field.tsx'

// One of several places of one's own, or down the tree from the only one.
export const PlaceFilter = ({ places, region }: { places: PlaceChoices, region: string }) => 'own' in places
  ? <SelectField name="region" label="Wilayah" required value={region} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
  : places.levels.length > 0
    ? (
      <details class="by-hand more-filters" open={Boolean(region)}>
        <summary>Saring wilayah</summary>
        <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" />
      </details>
    )
    : null

// Whoever works in one desa has nothing to choose.
export const hasPlaces = (places: PlaceChoices) => 'own' in places || places.levels.length > 0
