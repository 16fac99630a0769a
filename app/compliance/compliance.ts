import { ASVS } from '#app/compliance/asvs.ts'
import { STATES, type Control, type State } from '#app/compliance/control.ts'
import { ISO_ORGANISATION } from '#app/compliance/iso-organisation.ts'
import { ISO_TECHNOLOGY } from '#app/compliance/iso-technology.ts'

export const STANDARDS = { iso: [...ISO_ORGANISATION, ...ISO_TECHNOLOGY], asvs: ASVS } as const
export type Standard = keyof typeof STANDARDS

export const controlsOf = (standard: Standard, state?: State): Control[] => STANDARDS[standard].filter((one) => !state || one.state === state)

export const countsOf = (standard: Standard): Record<State, number> =>
  Object.fromEntries(STATES.map((state) => [state, controlsOf(standard, state).length])) as Record<State, number>
