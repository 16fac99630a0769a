import type { PlaceChoices } from '#app/households/place-choices.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { SelectField } from '#views/ui/field.tsx'

type Props = { choices: PlaceChoices, chosen?: string, legend?: string, blank?: string, showAction?: string }

// Whoever has one desa alone has nothing to narrow.
export const hasChoice = (choices: PlaceChoices) => 'own' in choices || choices.levels.length > 0

// Down the tree from one's own region, or one of several of one's own. Nothing to choose shows nothing.
export const PlaceField = ({ choices, chosen, legend = 'Wilayah', blank = 'Semua', showAction }: Props) => {
  if ('own' in choices) return <SelectField name="region" label={legend} required value={chosen} blank={`${blank} wilayah saya`} options={choices.own.map(({ code, name }) => ({ value: code, label: name }))} />
  return choices.levels.length > 0 ? <RegionPicker levels={choices.levels} within={choices.within} legend={legend} blank={blank} showAction={showAction} /> : null
}
