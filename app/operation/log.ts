import { fstatSync } from 'node:fs'
import { pino, type Logger } from 'pino'
import { describe } from '#app/operation/failures.ts'

export type Log = Logger

const FLUSH_MS = 500

type Sink = { write: (line: string) => void }

// Lines of JSON on stdout, collected for a moment so that no request waits for the one who reads them. Which files they end in
// and when those are thrown away is the matter of whoever started us (journald). sink: for tests.
export function openLog({ sink, journal = false }: { sink?: Sink, journal?: boolean } = {}): { log: Log, flush: () => void } {
  const stdout = sink ? undefined : pino.destination({ dest: 1, sync: false, minLength: 4096 })
  const lines: Sink = sink ?? stdout!
  const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, journal ? withPriority(lines) : lines)
  const timer = setInterval(() => stdout?.flush(), FLUSH_MS)
  timer.unref()
  return { log, flush: () => stdout?.flushSync() }
}

// What journald takes off a line's head as its priority; without it `journalctl -p err` finds no failure of ours.
const PRIORITIES: Record<string, string> = { error: '<3>', warn: '<4>' }
const withPriority = (sink: Sink): Sink => ({ write: (line) => void sink.write(`${PRIORITIES[/^\{"level":"(\w+)"/.exec(line)?.[1] ?? ''] ?? '<6>'}${line}`) })

// stream: JOURNAL_STREAM, which is passed on to children whose output goes elsewhere.
export function isJournal(stream: string | undefined): boolean {
  const { dev, ino } = fstatSync(1)
  return stream === `${dev}:${ino}`
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
