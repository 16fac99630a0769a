import { pickedRegion } from '#app/regions/picker.ts'

// What was typed, to be shown again: of a name given often the last counts; of the selects of a place, the place they name.
export const texts = (fields: Record<string, unknown>, place?: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, name === place ? pickedRegion.parse(value) : plain([value].flat().at(-1))]))

// A file where words are asked for is none.
const plain = (value: unknown): string => value === undefined || typeof value === 'object' ? '' : String(value)
