import { pino, type Logger } from 'pino'
import { describe } from '#app/operation/failures.ts'

export type Log = Logger

const FLUSH_MS = 500

// Lines of JSON on stdout, collected for a moment so that no request waits for the one who reads them. Which files they end in
// and when those are thrown away is the matter of whoever started us (journald). sink: for tests.
export function openLog(sink?: { write: (line: string) => void }): { log: Log, flush: () => void } {
  const stdout = sink ? undefined : pino.destination({ dest: 1, sync: false, minLength: 4096 })
  const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, sink ?? stdout!)
  const timer = setInterval(() => stdout?.flush(), FLUSH_MS)
  timer.unref()
  return { log, flush: () => stdout?.flushSync() }
}

// At a terminal a person reads along: start, address and logins, and failures as Node prints them.
export const wantsLines = (choice: 'auto' | 'json' | 'off', isTerminal: boolean) => choice === 'json' || (choice === 'auto' && !isTerminal)

// Failures are told to the console all over the product and by packages. From here on they become lines that hold no content.
export function takeOverConsole(log: Log) {
  const tell = (level: 'error' | 'warn') => (...said: unknown[]) => {
    const failure = said.find((one) => one instanceof Error)
    const text = said.find((one) => typeof one === 'string')
    log[level]({ ...(failure !== undefined && { failure: describe(failure) }) }, typeof text === 'string' ? withoutContent(text) : undefined)
  }
  console.error = tell('error')
  console.warn = tell('warn')
}

const ID_OR_NUMBER = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\d{5,}/g

// Our own sentences name at most an id of ours, by which the row is found. Whatever else a package may say: no numbers of people,
// nothing quoted, one line.
export const withoutContent = (text: string) =>
  text.split('\n')[0]!.slice(0, 2000).replace(ID_OR_NUMBER, (found) => found.includes('-') ? found : '…').replace(/(["'“`]).*?["'”`]/g, '$1…$1').slice(0, 200)
