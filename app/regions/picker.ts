import * as z from 'zod'
import { childrenOf, codesTo, findRegion } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'

export type PickerLevel = { level: number, chosen: string, options: { code: string, name: string }[] }
type Wanted = { chosen?: string, within?: string, deepest?: number }

// What the cascading selects show: for every level the children of what is chosen above it. `within`: a region that is
// given and not asked (the reader's own kabupaten). `deepest`: the last level asked, 4 = desa/kelurahan.
export function pickerLevels(db: Db, { chosen = '', within = '', deepest = 4 }: Wanted): PickerLevel[] {
  const given = within ? within.split('.').length : 0
  const codes = codesTo(chosen.startsWith(within) ? chosen : '')
  const levels: PickerLevel[] = []
  let parent: string | undefined = within
  for (let level = given + 1; level <= deepest; level += 1) {
    const options = parent === undefined ? [] : childrenOf(db, parent).map(({ code, name }) => ({ code, name }))
    const code: string = options.some((option) => option.code === codes[level - 1]) ? codes[level - 1]! : ''
    levels.push({ level, chosen: code, options })
    parent = code || undefined
  }
  return levels
}

// The selects all carry one name, so what is posted is a list. The deepest one counts that lies below those above it: without
// script, a select below a changed one still holds the old branch.
export const pickedRegion = z.unknown().optional().transform((posted) => {
  const codes = [posted].flat().filter((code): code is string => typeof code === 'string' && code !== '')
  return codes.reduce((deepest, code) => code.startsWith(deepest) ? code : deepest, '')
})

export const isPresent = (db: Db, code: string) => {
  const region = findRegion(db, code)
  return region !== undefined && region.validTo === null
}
