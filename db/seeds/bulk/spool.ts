import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Weeks } from '#db/seeds/bulk/lines.ts'

// Lines of audit are told household by household and belong into one chain by their time: each week is put aside and put in
// order by itself, so that a trail of years never lies in memory.
const FLUSH_AT = 128 * 1024

export class Spool {
  private readonly directory: string
  private readonly waiting = new Map<number, string>()
  private readonly files = new Map<number, number>()

  constructor(beside: string) { this.directory = mkdtempSync(join(beside, 'seed-')) }

  add(weeks: Weeks) {
    for (const [week, text] of weeks) {
      const whole = (this.waiting.get(week) ?? '') + text
      if (whole.length > FLUSH_AT) this.flush(week, whole)
      else this.waiting.set(week, whole)
    }
  }

  private flush(week: number, text: string) {
    if (!this.files.has(week)) this.files.set(week, openSync(this.pathOf(week), 'w'))
    writeSync(this.files.get(week)!, text)
    this.waiting.set(week, '')
  }

  private pathOf(week: number) { return join(this.directory, String(week)) }

  // The files, week by week. Nothing is added any more.
  inOrder(): string[] {
    for (const [week, text] of this.waiting) this.flush(week, text)
    for (const file of this.files.values()) closeSync(file)
    return [...this.files.keys()].sort((one, other) => one - other).map((week) => this.pathOf(week))
  }

  close() { rmSync(this.directory, { recursive: true, force: true }) }
}
