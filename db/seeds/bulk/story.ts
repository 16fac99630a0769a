import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { withEvidence } from '#app/ratification/gathering.ts'
import { batchOf, BEGUN, DAY_MS, HOUR_MS, lastVerifiedDay, monthOf, partOf, type Batch, type Wave } from '#db/seeds/bulk/calendar.ts'
import { enrol, type Enrolled } from '#db/seeds/bulk/enrolling.ts'
import { idAt, mixed } from '#db/seeds/bulk/ids.ts'
import type { Village } from '#db/seeds/bulk/places.ts'
import { approverOf, coordinatorOf, MINISTRY, officerCount, officerOf, regencyOfficerOf, supervisorOf } from '#db/seeds/bulk/staff.ts'
import { makeVisit, olderBy, type Made } from '#db/seeds/bulk/visiting.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'

// What a household went through, as acts of people in the order they happened. Pure: the same seed, day and serial tell the
// same. One reader makes rows of it (rows.ts), another does every act through the program's own operations (a test).
export type What =
  | { kind: 'listed' | 'relisted', cause: string, record: HouseholdRecord }
  | { kind: 'enrolled', recipient: Enrolled, cause: string }
  | { kind: 'published' }
  | { kind: 'withdrawn', note: string }
  | { kind: 'assigned', officer: string }
  | { kind: 'begun', visitId: string }
  | { kind: 'visited', visit: Made }
  | { kind: 'approved', key: string, visitId: string, level: 1 | 2 }
  | { kind: 'returned', key: string, visitId: string, level: 1 | 2, target: 'officer' | 'checker', note: string, remarks: Record<string, string> }
  // record: as it is gathered, with what the program saw of the visit.
  | { kind: 'gathered', batch: Batch, record: HouseholdRecord }
  | { kind: 'determined', batch: Batch, record: HouseholdRecord }
  | { kind: 'ratified' | 'dispatched', batch: Batch }
export type Act = { at: string, by: string } & What

export type Story = { id: string, serial: number, regionCode: string, prelistId: string, orderNo: string, acts: Act[] }

// today: the first moment of the day that nothing reaches beyond. parts: into how many batches a month of its kabupaten goes.
export type Setting = { seed: number, today: string, village: Village, parts: number }

type Fate = 'listed' | 'published' | 'withdrawn' | 'assigned' | 'begun' | 'submitted' | 'returned' | 'checked' | 'recheck' | 'verified' | 'open' | 'ratified' | 'dispatched' | 'determined'
const FATES = [
  [90, 'listed'], [110, 'published'], [5, 'withdrawn'], [85, 'assigned'], [20, 'begun'], [70, 'submitted'], [20, 'returned'], [35, 'checked'], [5, 'recheck'], [40, 'verified'],
  [8, 'open'], [4, 'ratified'], [12, 'dispatched'], [496, 'determined'],
] as const satisfies readonly (readonly [number, Fate])[]
// Who stands in this year's work was determined before, as often as this; and who is determined, twice.
const [KNOWN_BEFORE, TWICE] = [0.12, 0.06]

const UNVISITED: readonly Fate[] = ['listed', 'published', 'withdrawn', 'assigned', 'begun']

// Days before today on which the visit was sent, so that each check falls where its fate wants it.
const SENT: Partial<Record<Fate, [from: number, to: number]>> = {
  submitted: [-25, -0.5], returned: [-25, -3], checked: [-30, -3], recheck: [-30, -5], verified: [-5.9, -4], open: [-11, -7], ratified: [-23, -13], dispatched: [-55, -25],
}

export function tellStory({ seed, today, village, parts }: Setting, serial: number): Story {
  const random = randomFrom(mixed(seed, serial))
  const begun = Date.parse(`${today}T00:00:00.000Z`)
  const fate = random.weighted(FATES)
  const told = new Telling({ seed, random, begun, village, parts, serial })
  const isLate = fate !== 'determined'
  const cycles = isLate ? random.chance(KNOWN_BEFORE) ? 1 : 0 : random.chance(TWICE) ? 2 : 1
  const last = isLate ? random.between(-100, -62) : BEGUN
  for (let i = 0; i < cycles; i += 1) told.pastCycle(i, cycles)
  if (isLate) told.current(fate, last)
  return { id: told.id, serial, regionCode: village.code, prelistId: `99${village.code.replaceAll('.', '').slice(2)}${String(serial).padStart(7, '0')}`, orderNo: String(serial - village.first + 1), acts: told.acts }
}

type Told = { seed: number, random: Random, begun: number, village: Village, parts: number, serial: number }

class Telling {
  readonly acts: Act[] = []
  readonly id: string
  private master: HouseholdRecord | undefined
  private masterDay = ''
  private visit: Made | undefined
  private sentAt = ''
  private gaps = false
  private readonly told: Told

  constructor(told: Told) {
    this.told = told
    this.id = idAt(told.random, told.begun + BEGUN * DAY_MS + told.serial)
  }

  private at(day: number): string { return new Date(Math.round(this.told.begun + day * DAY_MS)).toISOString() }

  // From the prelist to the determination, verified in one of the months that are over.
  pastCycle(i: number, of: number) {
    const { random } = this.told
    const span = (lastVerifiedDay - BEGUN - 40) / of
    const sent = BEGUN + 35 + i * span + random.below(Math.floor(span - 65)) + workHour(random)
    const verified = this.toVerified(sent, sent - random.between(8, 30))
    this.toBatch({ kind: 'past', month: monthOf(verified) })
  }

  current(fate: Fate, from: number) {
    const { random } = this.told
    this.gaps = UNVISITED.includes(fate)
    if (fate === 'listed') return this.list(random.between(-40, -5), this.at(0).slice(0, 10))
    const [earliest, latest] = SENT[fate] ?? [-2, -1]
    const sent = Math.floor(earliest + random.below(1000) / 1000 * (latest - earliest)) + workHour(random)
    if (fate === 'withdrawn') {
      this.list(from, this.at(0).slice(0, 10))
      return this.add(from + 2.2, this.dinsos(), { kind: 'withdrawn', note: 'Baris ini tercatat dua kali pada daftar.' })
    }
    if (fate === 'published') return this.toPublished(from, sent)
    if (fate === 'assigned') return void this.toAssigned(from, sent)
    if (fate === 'begun') return void this.add(sent, this.toAssigned(from, sent), { kind: 'begun', visitId: idAt(random, Date.parse(this.at(sent))) })
    if (fate === 'submitted') return void this.toSent(from, sent)
    if (fate === 'returned') return this.giveBack(this.toSent(from, sent), sent + 1 + random.below(24) / 24, 1, 'officer')
    if (fate === 'checked' || fate === 'recheck') {
      const visitId = this.toSent(from, sent)
      const checked = this.approve(visitId, sent + 0.5 + random.below(24) / 24, 1)
      return fate === 'recheck' ? this.giveBack(visitId, checked + 1.1, 2, 'checker') : undefined
    }
    this.toVerified(sent, from)
    if (fate !== 'verified') this.toBatch({ kind: fate as 'open' })
  }

  private dinsos(i = 0) { return regencyOfficerOf(this.told.village.code, i) }

  private add(day: number, by: string, act: What) { this.acts.push({ at: this.at(day), by, ...act }) }

  // asOf: the day the people's ages are counted on; answers that are asked of an age are there for it.
  private list(day: number, asOf: string) {
    const { random, village, serial } = this.told
    const cause = `prelist:${village.code.slice(0, 5)}`
    if (this.master) {
      this.master = olderBy(random, this.master, asOf)
      return this.add(day, 'system', { kind: 'relisted', cause, record: this.master })
    }
    this.master = makeHousehold(random, { regionCode: village.code, serial, today: asOf, crowded: true })
    this.masterDay = asOf
    if (this.gaps && random.chance(0.1)) leaveGaps(random, this.master)
    this.add(day, 'system', { kind: 'listed', cause, record: this.master })
    this.enrol(day + 0.05)
  }

  // The lists of the programmes come with the prelist. By chances of their own: who receives changes nothing else.
  private enrol(day: number) {
    const { seed, serial, village } = this.told
    const ms = Date.parse(this.at(day))
    for (const recipient of enrol(randomFrom(mixed(seed + 1, serial)), this.master!, { householdId: this.id, serial, regionCode: village.code, ms })) {
      this.add(day, this.dinsos(), { kind: 'enrolled', recipient, cause: `import:${recipient.programme}` })
    }
  }

  private toPublished(listed: number, asOf: number) {
    this.list(listed, this.at(asOf).slice(0, 10))
    this.add(listed + 1 + this.told.random.below(8) / 24, this.dinsos(), { kind: 'published' })
  }

  private toAssigned(listed: number, asOf: number): string {
    const { random, village } = this.told
    this.toPublished(listed, asOf)
    const officer = officerOf(village.code, (this.told.serial - village.first) % officerCount(village))
    this.add(listed + 2 + random.below(8) / 24, coordinatorOf(village.code), { kind: 'assigned', officer })
    return officer
  }

  private toSent(listed: number, sent: number): string {
    const { random, village } = this.told
    // Whoever is visited has told what the list lacked.
    const officer = this.toAssigned(Math.min(listed, sent - 4), sent)
    const visit = makeVisit(random, { master: this.master!, sentMs: Date.parse(this.at(sent)), village, day: this.masterDay })
    this.visit = visit
    this.sentAt = this.at(sent)
    this.add(sent, officer, { kind: 'visited', visit })
    return visit.id
  }

  private approve(visitId: string, day: number, level: 1 | 2): number {
    const { random, village, serial } = this.told
    const by = level === 1 ? supervisorOf(village.code, serial % 2) : this.dinsos(1 + serial % 2)
    this.add(day, by, { kind: 'approved', key: idAt(random, Date.parse(this.at(day))), visitId, level })
    return day
  }

  private giveBack(visitId: string, day: number, level: 1 | 2, target: 'officer' | 'checker') {
    const { random, village, serial } = this.told
    const by = level === 1 ? supervisorOf(village.code, serial % 2) : this.dinsos(1 + serial % 2)
    const remarks: Record<string, string> = target === 'officer' ? { 'household.floorType': 'Foto lantai tidak cocok dengan jawaban.' } : {}
    this.add(day, by, { kind: 'returned', key: idAt(random, Date.parse(this.at(day))), visitId, level, target, note: 'Mohon diperiksa sekali lagi.', remarks })
  }

  private toVerified(sent: number, listed: number): number {
    const { random } = this.told
    const visitId = this.toSent(listed, sent)
    const checked = this.approve(visitId, sent + 0.5 + random.below(24) / 24, 1)
    return this.approve(visitId, checked + 0.5 + random.below(24) / 24, 2)
  }

  private toBatch(wave: Wave) {
    const { village, parts } = this.told
    const batch = batchOf(wave, village.code, partOf(village.code, parts))
    const { record, openedAt, activeMs, coordinate: { latitude, longitude } } = this.visit!
    const gathered = withEvidence({ record, latitude, longitude, activeMs, openedAt, submittedAt: this.sentAt })
    this.add(batch.gathered, this.dinsos(), { kind: 'gathered', batch, record: gathered })
    if (batch.ratified !== null) this.add(batch.ratified, approverOf(village.code), { kind: 'ratified', batch })
    if (batch.dispatched !== null) this.add(batch.dispatched, this.dinsos(), { kind: 'dispatched', batch })
    if (batch.determined === null) return
    this.add(batch.determined, MINISTRY, { kind: 'determined', batch, record: gathered })
    this.master = gathered
  }
}

// Visits are sent between eight and four o'clock, WIB.
const workHour = (random: Random) => (1 + random.below(480) / 60) * HOUR_MS / DAY_MS

// What older lists often lack; nobody is visited with it.
function leaveGaps(random: Random, { members, families }: HouseholdRecord) {
  if (random.chance(0.7)) delete random.pick(members).nik
  else delete random.pick(families).kkNumber
}
