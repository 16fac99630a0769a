import { pickerLevels, type PickerLevel } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

// How a reader narrows the list to a place: down the tree from one's own region, or one of several of one's own.
export type PlaceChoices = { within: string, levels: PickerLevel[] } | { own: { code: string, name: string }[] }

export function placeChoices(db: Db, { regions }: Actor, chosen: string): PlaceChoices {
  const [only, ...more] = regions
  if (only !== undefined && more.length === 0) return { within: only, levels: pickerLevels(db, { chosen, within: only }) }
  const names = regionNames(db, regions)
  return { own: regions.map((code) => ({ code, name: names.get(code)! })).sort((a, b) => a.name.localeCompare(b.name, 'id')) }
}
