import { Problem } from '#app/problems.ts'

// A failure in our own words about the machine, never about people: it may be shown and logged as it is.
export class Told extends Error {}

export type Failure = { type: string, code?: string, words?: string, at?: string[], cause?: Failure }

const FRAMES = 6

// What may be known of a failure. The message stays out: it may quote a name, a NIK or a query. What is told instead is the kind
// of failure, its code and where it happened.
export function describe(error: unknown, depth = 0): Failure {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack = '', cause } = error
  const code = codeOf(error)
  return {
    type: /^\w{1,60}$/.test(error.constructor.name) ? error.constructor.name : name,
    ...(code && { code }),
    ...(error instanceof Told && { words: message }),
    // Written for whoever sends something; here it is a work of ours that found no room.
    ...(error instanceof Problem && error.code === 'full' && { code: 'ENOSPC' }),
    at: framesOf(stack, message),
    ...(cause !== undefined && depth < 2 && { cause: describe(cause, depth + 1) }),
  }
}

// What another process described, as a failure here.
export function toldAgain(failure: Failure): Told {
  const told = new Told(inWords(failure))
  told.stack = [told.message, ...failure.at ?? []].join('\n  ')
  return told
}

// Codes of Node and of SQLite; of a constraint also which one, by its own name.
function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return undefined
  const constraint = /constraint failed: ([a-z_]+(?:\.[a-z_]+)?)/.exec(error.message)?.[1]
  return code.startsWith('SQLITE_CONSTRAINT') && constraint ? `${code} ${constraint}` : code
}

// The message stands at the head of the stack, and may itself hold lines that look like frames.
function framesOf(stack: string, message: string): string[] {
  const begin = stack.indexOf(message)
  const frames = begin < 0 ? '' : stack.slice(begin + message.length)
  return frames.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, FRAMES).map((line) => line.trim())
}

// What an administrator can do about what the machine refuses. The code stays, since it is what one looks for.
const MACHINE: [RegExp, string][] = [
  [/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/, 'Ruang disk habis. Kosongkan ruang atau besarkan disk'],
  [/^(EACCES|EPERM|EROFS|SQLITE_READONLY\w*|SQLITE_CANTOPEN\w*)$/, 'Berkas atau folder tidak dapat dibuka atau ditulis. Periksa pemilik, izin, dan apakah disknya terpasang'],
  [/^(EIO|SQLITE_CORRUPT\w*|SQLITE_NOTADB|SQLITE_IOERR\w*)$/, 'Disk atau basis data rusak. Periksa disk (sudo dmesg); bila basis datanya rusak, pulihkan dari cadangan menurut panduan'],
]

// One line for a page.
export function inWords({ words, type, code }: Failure): string {
  const known = MACHINE.find(([codes]) => code !== undefined && codes.test(code))?.[1]
  return words ?? (known ? `${known} (${code}).` : [type, code].filter(Boolean).join(' '))
}
