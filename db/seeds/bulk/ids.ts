import type { Random } from '#db/seeds/random.ts'

// The form `newId` gives: the moment first, so that what is made together lies together; the rest as chance has it.
export function idAt(random: Random, ms: number): string {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-${(8 + random.below(4)).toString(16)}${hex(random, 3)}-${hex(random, 6)}${hex(random, 6)}`
}

const hex = (random: Random, digits: number) => random.below(16 ** digits).toString(16).padStart(digits, '0')

// A state of chance for each household by itself: what becomes of one never depends on who was made before it.
export const mixed = (seed: number, serial: number): number => Math.imul(seed ^ 0x51ed270b, 0x2545f491) ^ Math.imul(serial, 0x9e3779b1)
