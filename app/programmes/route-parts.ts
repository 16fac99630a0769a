import * as z from 'zod'
import type { Place } from '#app/programmes/list.ts'
import { PROGRAMME_CODES } from '#db/schema/programmes.ts'

export { CENTRAL_CODES } from '#db/schema/programmes.ts'

// The part of an address that names a programme; anything else is not of this route.
export const PROGRAMME = `:programme{(?:${PROGRAMME_CODES.join('|')})}` as const
export const ProgrammeParam = z.enum(PROGRAMME_CODES)
export const ProgrammeQuery = ProgrammeParam.optional().catch(undefined)

// Where a list by desa and name goes on: "34.02.01.2001~id~name", as its next link says.
export const NamePlace = z.string().max(300).regex(/^[\d.]{2,13}~[^~]{1,80}~/).transform((text): Place => {
  const [regionCode, id, ...name] = text.split('~')
  return { regionCode: regionCode!, id: id!, name: name.join('~') }
}).optional().catch(undefined)
