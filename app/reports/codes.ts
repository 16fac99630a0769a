import { createHash } from 'node:crypto'

// The tracking code, told by phone and copied by hand: no sign that is read for another, no vowel that could make a word.
const SIGNS = 'BCDFGHJKMNPQRSTVWXYZ'
const LENGTH = 12
const GROUP = 4

// Made from the key of the form (random, known only to the page it was given to): the same form sent twice has the same
// code, and no code has to be kept in the clear to say so.
export function codeFrom(key: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(`siks-kode:${key.toLowerCase()}`).digest('hex')}`)
  let code = ''
  for (let i = 0; i < LENGTH; i += 1) {
    code += SIGNS[Number(rest % BigInt(SIGNS.length))]
    rest /= BigInt(SIGNS.length)
  }
  return inGroups(code)
}

const inGroups = (code: string) => code.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')

// However it was typed: small letters, spaces, no hyphens. undefined when it cannot be a code.
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '')
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign)) ? inGroups(code) : undefined
}

// The database holds only this of it, as with sessions.
export const hashCode = (code: string) => createHash('sha256').update(code).digest('hex')
