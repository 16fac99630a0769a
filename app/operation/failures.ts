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

// One line for a page.
export const inWords = ({ words, type, code }: Failure): string => words ?? [type, code].filter(Boolean).join(' ')
