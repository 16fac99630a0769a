import { asTyped } from '#app/questionnaire/display.ts'
import type { FormFields } from '#app/questionnaire/form.ts'
import { parsePath, rowsOf, type HouseholdRecord } from '#app/questionnaire/record.ts'

// What stands in a form beside what is saved: the first answer that differs; undefined: none does. Pure.
export const firstUnsaved = (typed: FormFields, record: HouseholdRecord): string | undefined => Object.keys(typed).find((path) => {
  const place = parsePath(path)
  const saved = place && rowsOf(record, place.roster)[place.index]?.[place.key]
  return place !== undefined && inOrder(typed[path]) !== inOrder(Array.isArray(saved) ? saved.map(String) : saved === null || saved === undefined ? '' : asTyped(saved))
})

const inOrder = (given: string | string[] | undefined) => [given ?? ''].flat().filter((one) => one !== '').sort().join('\n')
