import { FOUND_LATER, NOT_FOUND, toldBy } from '#app/proposals/exclusions.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Act, Story } from '#db/seeds/bulk/story.ts'
import type { Row, TableName, Visit } from '#db/seeds/bulk/tables.ts'

type Say = (act: Pick<Act, 'at' | 'by'>, action: string, subject: string, details: Record<string, unknown>) => void
type Usulan = { id: string, status: string, at: string, reason: string, note: string, preparedAt: string, basis: number }

// What a determined visit that found nobody leaves, as app/proposals/exclusions.ts does it: the usulan nonaktif, and the household held back.
export class Excluding {
  private readonly usulan: Usulan[] = []
  private readonly steps: Row[] = []
  private held: { visitId: string, outcome: number, since: string, by: Usulan } | undefined
  private readonly home: Pick<Story, 'id' | 'regionCode'>
  private readonly say: Say

  constructor(home: Pick<Story, 'id' | 'regionCode'>, say: Say) {
    this.home = home
    this.say = say
  }

  determined(act: Act, { made, submittedAt }: Visit, version: number) {
    const { id, regionCode } = this.home
    const why = NOT_FOUND[made.outcome]
    if (!why) return this.found(act)
    if (this.held) Object.assign(this.held, { visitId: made.id, outcome: made.outcome })
    else {
      const by = { id: made.id, status: 'prepared', at: act.at, preparedAt: act.at, reason: why.reason, note: toldBy(dayOf(submittedAt, zoneOf(regionCode)), why.words), basis: version }
      this.usulan.push(by)
      this.steps.push([by.id, null, 'prepared', act.at, 'system', ''])
      this.say({ at: act.at, by: 'system' }, 'proposal.prepared', by.id, { household: id, reason: by.reason })
      this.held = { visitId: made.id, outcome: made.outcome, since: act.at, by }
    }
    this.say(act, 'household.held_back', id, { outcome: made.outcome, visitId: made.id })
  }

  private found(act: Act) {
    if (!this.held) return
    const { by } = this.held
    this.held = undefined
    Object.assign(by, { status: 'withdrawn', at: act.at })
    this.steps.push([by.id, 'prepared', 'withdrawn', act.at, act.by, FOUND_LATER])
    this.say(act, 'proposal.withdrawn', by.id, { from: 'prepared', note: FOUND_LATER })
    this.say(act, 'household.held_no_longer', this.home.id, { note: FOUND_LATER })
  }

  write(put: (table: TableName, ...row: Row) => void, headName: string) {
    const { id: householdId, regionCode } = this.home
    for (const { id, status, at, reason, note, preparedAt, basis } of this.usulan) {
      const change = JSON.stringify({ kind: 'deactivation', on: dayOf(preparedAt, zoneOf(regionCode)), householdId, reason })
      put('proposals', id, 'deactivation', regionCode, householdId, headName, status, at, reason, note, 'system', preparedAt, JSON.stringify({ [householdId]: basis }), change)
      put('proposal_households', id, householdId)
    }
    for (const step of this.steps) put('proposal_steps', ...step)
    if (this.held) put('exclusions', householdId, regionCode, this.held.by.id, this.held.visitId, this.held.outcome, this.held.since)
  }
}
