import { createHash } from 'node:crypto'
import { countOf, partsOfMove } from '#app/dashboards/contributions.ts'
import { judgeLocation } from '#app/evidence/signals/location.ts'
import { judgeShortness } from '#app/evidence/signals/short-interview.ts'
import { projection, regionTokens } from '#app/households/records.ts'
import type { Stage } from '#app/households/stages.ts'
import { same } from '#app/questionnaire/diff.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { filledPages } from '#app/visits/answers.ts'
import { flagsOf, type Flag } from '#app/visits/flags.ts'
import { canonicalItem } from '#db/seeds/bulk/canonical.ts'
import { phaseOf } from '#db/seeds/bulk/enrolling.ts'
import { Excluding } from '#db/seeds/bulk/excluding.ts'
import { follow } from '#db/seeds/bulk/followed.ts'
import type { Act, Story } from '#db/seeds/bulk/story.ts'
import type { Judged, Move, Row, TableName, Visit, Written } from '#db/seeds/bulk/tables.ts'

const STATUS: Partial<Record<Stage, string>> = { recheck: 'submitted', returned: 'returned', checked: 'checked', verified: 'verified' }

// What a household's story leaves in the tables, and what those who follow the trail would have made of it.
export function writeStory(out: Written, story: Story, judged: Judged) {
  new Writer(out, story, judged).write()
}

class Writer {
  private readonly out: Written
  private readonly story: Story
  private readonly judged: Judged
  private stage: Stage | null = null
  private stageAt = ''
  private version = 0
  private master!: HouseholdRecord
  private masterText = ''
  private officer: string | null = null
  private visit: Visit | undefined
  private outcome: number | null = null
  private flags: Flag[] = []
  private item: { decision: number, text: string } | undefined
  private readonly visits: Visit[] = []
  private readonly receives = new Set<string>()
  private readonly excluding: Excluding
  private told = 0

  constructor(out: Written, story: Story, judged: Judged) {
    this.out = out
    this.story = story
    this.judged = judged
    this.excluding = new Excluding(story, (act, action, subject, details) => this.line(act, action, subject, details))
  }

  write() {
    for (const act of this.story.acts) this.tell(act)
    for (const visit of this.visits) this.writeVisit(visit)
    this.writeHousehold()
    this.excluding.write((table, ...row) => this.put(table, ...row), projection(this.master).headName)
    const { stage, stageAt, master, officer, outcome, visit, visits, receives } = this
    follow(this.out, (table, ...row) => this.put(table, ...row), { ...this.story, stage: stage!, stageAt, master, officer, outcome, visit, visits, receives, isFlagged: this.flags.length > 0 }, this.judged.now)
  }

  private put(table: TableName, ...row: Row) { this.out.rows[table].push(...row) }

  private line({ at, by }: Pick<Act, 'at' | 'by'>, action: string, subject: string, details?: Record<string, unknown>, move?: Move) {
    this.out.lines.push({ at, order: this.story.serial * 100 + this.told++, actor: by, action, subject, details, move })
  }

  // As moveStage does it. audited: the line of audit is another's.
  private move(act: Act, to: Stage, { note = '', subject = null, audited = false }: { note?: string, subject?: string | null, audited?: boolean } = {}) {
    const move = { from: this.stage, to, note, subject }
    this.line(act, audited ? '' : `household.${to}`, this.story.id, undefined, move)
    this.count(move, act)
    this.stage = to
    this.stageAt = act.at
  }

  private count({ from, to, subject }: Move, act: Act) {
    const counted = countOf({ fromStage: from, toStage: to, subject })
    if (!counted || !this.visit) return
    const paths = act.kind === 'returned' ? Object.keys(act.remarks) : []
    for (const part of partsOfMove(counted.move, { regionCode: this.story.regionCode, officerId: this.visit.officer }, act.at, paths)) this.out.parts.push(part)
  }

  private keep(act: Act, record: HouseholdRecord, cause: string, text = JSON.stringify(record)) {
    this.version += 1
    this.master = record
    this.masterText = text
    this.put('household_versions', this.story.id, this.version, cause, act.by, act.at, text)
    this.line(act, this.version === 1 ? 'household.created' : 'household.revised', this.story.id, { version: this.version, cause })
  }

  private tell(act: Act) {
    switch (act.kind) {
      case 'listed':
        this.move(act, 'listed', { subject: act.cause })
        return this.keep(act, act.record, act.cause)
      case 'relisted':
        this.keep(act, act.record, act.cause)
        return this.move(act, 'listed', { subject: act.cause })
      case 'enrolled': return this.enrol(act)
      case 'published': return this.move(act, 'published')
      case 'withdrawn': return this.move(act, 'withdrawn', { note: act.note })
      case 'assigned':
        this.officer = act.officer
        return this.move(act, 'assigned', { subject: `officer:${act.officer}` })
      case 'begun': return this.begin(act)
      case 'visited': return this.submit(act)
      case 'approved': case 'returned': return this.decide(act)
      case 'gathered': return this.gather(act)
      case 'ratified':
        return this.move(act, 'ratified', { note: act.batch.letterNumber, subject: `batch:${act.batch.id}` })
      case 'dispatched': return this.move(act, 'dispatched', { subject: `batch:${act.batch.id}` })
      case 'determined': return this.determine(act)
    }
  }

  private enrol(act: Extract<Act, { kind: 'enrolled' }>) {
    const { at, by, cause, recipient } = act
    const { id, programme, regionCode, householdId, familySeq, name, nik, kkNumber, address, number, state } = recipient
    const [phase, data] = [phaseOf(recipient), JSON.stringify(recipient.data)]
    this.put('recipients', id, programme, '', 0, regionCode, householdId, familySeq, null, name, nik, kkNumber, address, number, state, phase, at, '', null, null, 1, at, data)
    this.put('recipient_events', id, null, state, at, by, cause, '', '', regionCode, programme, null, phase, data)
    this.line(act, 'recipient.created', id, { programme, to: state, cause })
    if (phase === 'receiving') this.receives.add(programme)
  }

  private begin(act: Extract<Act, { kind: 'begun' }>) {
    const { id, regionCode } = this.story
    const { hasilVerivali: _, ...household } = this.master.household
    this.put('visits', act.visitId, id, regionCode, act.by, 'draft', null, JSON.stringify({ ...this.master, household }), '{}', 1, this.version, CURRENT.version, null, null, null, null, act.at, 0, null, 0, null, 0, 0)
    this.line(act, 'visit.begun', act.visitId, { householdId: id })
    this.move(act, 'downloaded', { subject: `visit:${act.visitId}` })
  }

  private submit(act: Extract<Act, { kind: 'visited' }>) {
    const { visit: made, at, by } = act
    const { latitude, longitude, accuracyM } = made.coordinate
    const record = JSON.stringify(made.record)
    const hash = sha256(`[${made.outcome},${record},${latitude},${longitude}]`)
    const flags = flagsOf([...judgeShortness(made), ...judgeLocation({ accuracyM, located: true })])
    const prelist = { latitude: numberOrNull(this.master.household.latitude), longitude: numberOrNull(this.master.household.longitude) }
    this.visit = { made, record, officer: by, submittedAt: at, hash, flags, baseVersion: this.version, before: this.master, prelist, status: 'submitted', returns: 0, draft: false }
    this.visits.push(this.visit)
    const from = this.stage
    this.move(act, 'submitted', { subject: `visit:${made.id}`, audited: true })
    this.line(act, 'visit.submitted', made.id, { householdId: this.story.id, from, outcome: made.outcome, sha256: hash })
    this.outcome = made.outcome
    this.flags = flags
  }

  private decide(act: Extract<Act, { kind: 'approved' | 'returned' }>) {
    const { key, visitId, level, at, by } = act
    const isApproved = act.kind === 'approved'
    const [note, remarks] = isApproved ? ['', {}] : [act.note, act.remarks]
    const documents = isApproved && level === 1 && this.outcome === 1 ? '{"1":"1"}' : '{}'
    this.put('reviews', key, visitId, this.story.id, 1, level, isApproved ? 'approved' : 'returned', note, documents, 0, by, at)
    for (const [path, message] of Object.entries(remarks)) this.put('remarks', key, visitId, path, message)
    this.line(act, `visit.${act.kind}`, visitId, { level, review: key, remarks: Object.keys(remarks).length })
    const to = isApproved ? level === 1 ? 'checked' : 'verified' : act.target === 'checker' ? 'recheck' : 'returned'
    this.move(act, to, { note, subject: `review:${key}` })
    this.visit!.status = STATUS[to]!
    if (!isApproved) this.visit!.returns += 1
  }

  private gather(act: Extract<Act, { kind: 'gathered' }>) {
    const { id: householdId, regionCode } = this.story
    const { batch, record } = act
    const visitId = this.visit!.made.id
    const text = JSON.stringify(record)
    const recordHash = sha256(canonicalItem(householdId, visitId, record))
    this.put('batch_items', batch.id, householdId, visitId, regionCode, 0, text, recordHash, countDifferent(this.master, this.visit!.made.record), '[]', 'pending', null, null)
    this.item = { decision: this.out.rows.batch_items.length - 3, text }
    this.out.leaves.push({ batchId: batch.id, householdId, recordHash })
    this.move(act, 'batched', { subject: `batch:${batch.id}` })
  }

  private determine(act: Extract<Act, { kind: 'determined' }>) {
    const { decision, text } = this.item!
    this.keep(act, act.record, `determination:${act.batch.id}`, text)
    this.move(act, 'determined', { subject: `batch:${act.batch.id}` })
    this.out.rows.batch_items.splice(decision, 3, 'accepted', act.by, act.at)
    this.excluding.determined(act, this.visit!, this.version)
    this.officer = null
    this.flags = []
  }

  private writeVisit({ made, record, officer, submittedAt, hash, flags, baseVersion, status }: Visit) {
    const { id, regionCode } = this.story
    const { latitude, longitude, accuracyM, locatedAt } = made.coordinate
    const saved = status === 'returned' ? filledPages({ ...made, questionnaireVersion: CURRENT.version }, submittedAt) : {}
    this.put('visits', made.id, id, regionCode, officer, status, made.outcome, record, JSON.stringify(saved), 1, baseVersion, CURRENT.version, latitude, longitude, accuracyM, locatedAt, made.openedAt, made.activeMs, submittedAt, 1, hash,
      flags.length, weightOf(flags))
    for (const { kind, takenAt } of made.photos) this.put('visit_photos', made.id, kind, this.judged.photos[kind]!, takenAt, submittedAt)
    for (const { code, message, weight } of flags) this.put('visit_flags', made.id, code, message, weight)
  }

  private writeHousehold() {
    const { id, serial, regionCode, prelistId, orderNo, acts } = this.story
    const { headName, headNik, address, slsName, memberCount, programmes, latitude, longitude } = projection(this.master)
    const { families, members } = this.master
    this.put('households', serial, id, regionCode, prelistId, orderNo, 'prelist', headName, headNik, address, slsName, memberCount, programmes, this.version, latitude, longitude, this.stage, this.stageAt,
      this.outcome, this.officer, this.visit?.made.id ?? null, this.flags.length, acts[0]!.at, this.masterText, weightOf(this.flags))
    this.put('household_search', serial, [headName, ...members.map(({ name }) => text(name))].join(' '), `${address} ${slsName}`, regionTokens(regionCode))
    families.forEach(({ familySeq, kkNumber }, i) => this.put('families', id, numberOrNull(familySeq) ?? i + 1, text(kkNumber) || null))
    members.forEach((member, i) => this.put('members', id, ...memberRow(member, i)))
  }
}

// What a comparison of the two records comes to, where only answers of the house and of known people may differ.
function countDifferent(one: HouseholdRecord, other: HouseholdRecord): number {
  const pairs = [[one.household, other.household] as const, ...other.members.map((member, i) => [one.members[i] ?? {}, member] as const)]
  let count = 0
  for (const [before, after] of pairs) {
    for (const key in after) if (key !== 'hasilVerivali' && !same(before[key], after[key])) count += 1
    for (const key in before) if (key !== 'hasilVerivali' && !(key in after) && !same(before[key], undefined)) count += 1
  }
  return count
}

const sha256 = (value: string) => createHash('sha256').update(value).digest('hex')
const weightOf = (flags: Flag[]) => flags.reduce((sum, { weight }) => sum + weight, 0)
const text = (value: Answers[string]) => value === null || value === undefined ? '' : String(value)
const numberOrNull = (value: Answers[string]) => typeof value === 'number' ? value : null

const memberRow = (member: Answers, i: number): Row => [
  numberOrNull(member.memberSeq) ?? i + 1, numberOrNull(member.familySeq), text(member.name), text(member.nik) || null, numberOrNull(member.sex), text(member.birthDate) || null,
  numberOrNull(member.memberPresence), numberOrNull(member.relationToFamilyHead), typeof member.pregnant === 'boolean' ? Number(member.pregnant) : null, numberOrNull(member.disabilityType),
  numberOrNull(member.schooling), numberOrNull(member.educationLevel), member.working === false ? null : numberOrNull(member.employmentStatus),
]
