import { apbd, blt } from '#app/local/programme.ts'
import { pbi } from '#app/pbi/programme.ts'
import { pkh } from '#app/pkh/programme.ts'
import { ppks } from '#app/ppks/programme.ts'
import type { Programme, ProgrammeCode } from '#app/programmes/programme.ts'
import { sembako } from '#app/sembako/programme.ts'

// Looked up when asked: the rules of a programme read recipients, who read this, and whichever is loaded first finds the other unmade.
export const PROGRAMMES: Record<ProgrammeCode, Programme> = {
  get pkh() { return pkh },
  get sembako() { return sembako },
  get pbi() { return pbi },
  get ppks() { return ppks },
  get blt() { return blt },
  get apbd() { return apbd },
}

export const programmeOf = (code: ProgrammeCode): Programme => PROGRAMMES[code]

// How a change is called on lists that hold those of all programmes.
export const namesOf = ({ programme, kind }: { programme: ProgrammeCode, kind: string }) => ({
  programmeName: PROGRAMMES[programme].name, kindLabel: PROGRAMMES[programme].changes[kind]?.label ?? kind,
})
