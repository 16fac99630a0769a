import { pbi } from '#app/pbi/programme.ts'
import { pkh } from '#app/pkh/programme.ts'
import { ppks } from '#app/ppks/programme.ts'
import type { Programme, ProgrammeCode } from '#app/programmes/programme.ts'
import { sembako } from '#app/sembako/programme.ts'

export const PROGRAMMES: Record<ProgrammeCode, Programme> = { pkh, sembako, pbi, ppks }

export const programmeOf = (code: ProgrammeCode): Programme => PROGRAMMES[code]
