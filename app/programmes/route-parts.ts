import * as z from 'zod'
import { PROGRAMME_CODES } from '#db/schema/programmes.ts'

// The part of an address that names a programme; anything else is not of this route.
export const PROGRAMME = `:programme{(?:${PROGRAMME_CODES.join('|')})}` as const
export const ProgrammeParam = z.enum(PROGRAMME_CODES)
export const ProgrammeQuery = ProgrammeParam.optional().catch(undefined)
