import { and, asc, eq } from 'drizzle-orm'
import { listHouseholds, type ListedHousehold } from '#app/households/households.ts'
import { getHousehold } from '#app/households/records.ts'
import { kindOf } from '#app/programmes/judging.ts'
import { listRecipients, type ListedRecipient } from '#app/programmes/list.ts'
import { papersFor, papersOf } from '#app/programmes/papers.ts'
import { peopleIn, type Person } from '#app/programmes/people.ts'
import { listPeriods, type Period } from '#app/programmes/periods.ts'
import type { ChangeKind, Field, Paper, Programme } from '#app/programmes/programme.ts'
import { entryKinds, kindsFor, LEAVES_A_PLACE } from '#app/programmes/recipient-page.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordsOn, type Word } from '#app/programmes/settings.ts'
import { getChange, lastRemark } from '#app/programmes/steps.ts'
import { findSubject, type Subject } from '#app/programmes/subjects.ts'
import { conflict, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { can, demand } from '#app/users/permissions.ts'
import { families, recipientChanges } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>
export type Starting = { kind?: string, recipient?: string, replaced?: string, household?: string, family?: number, member?: number, q?: string, other?: string }

// What the page asks next: the kind, the household, who of it, whose place, or the form itself.
export type Drafting = {
  programme: Programme, kinds: { code: string, label: string, hint?: string, replaces: boolean }[], starting: Starting, today: string
  kind?: ChangeKind, recipient?: Recipient, replaced?: Recipient, home?: { id: string, headName: string, address: string }, people: Person[], familySeqs: number[], subject?: Subject
  households: ListedHousehold[], replaceable: ListedRecipient[]
  reasons: Word[], categories: Word[], choices: Record<string, Word[]>, papers: Paper[], periods: Period[]
  step: 'kind' | 'household' | 'who' | 'replaced' | 'form'
}

export function draftingOf(reading: Reading, code: Programme['code'], starting: Starting, now: string): Drafting {
  const { db, actor } = reading
  demand(actor, 'programme.propose')
  const programme = programmeOf(code)
  const today = dayOf(now)
  const recipient = starting.recipient ? ofProgramme(getRecipient(reading, starting.recipient), programme) : undefined
  const replaced = starting.replaced ? ofProgramme(getRecipient(reading, starting.replaced), programme) : undefined
  const kind = starting.kind ? kindOf(programme, starting.kind) : undefined
  const who = whoIn(reading, programme, starting)
  const kinds = recipient ? kindsFor(recipient).filter(({ replaces }) => !replaces) : entryKinds(code).filter(({ replaces }) => replaces || !replaced)
  const step = stepOf({ kind, recipient, replaced, ...who })
  return {
    programme, kinds, starting, today, kind, recipient, replaced, ...who, step,
    households: step === 'household' ? findHouseholds(reading, starting.q) : [],
    replaceable: step === 'replaced' ? findReplaceable(reading, code, starting.other, who.subject!.regionCode) : [],
    reasons: kind?.reasons ? wordsOn(db, code, kind.reasons, today) : [], categories: programme.variants ? categoriesFor(reading, programme, today) : [],
    choices: Object.fromEntries((kind?.fields ?? []).filter(({ list }) => list).map(({ name, list }: Field) => [name, wordsOn(db, code, list!, today)])),
    papers: starting.kind && kind ? papersFor(code, starting.kind) : [], periods: openPeriods(reading, code, recipient?.regionCode ?? who.subject?.regionCode, today),
  }
}

function ofProgramme(recipient: Recipient, { code }: Programme): Recipient {
  if (recipient.programme !== code) throw notFound('Penerima')
  return recipient
}

const categoriesFor = ({ db, actor }: Reading, { code, variants, isSensitive }: Programme, today: string) =>
  wordsOn(db, code, variants!, today).filter((word) => can(actor, 'ppks.sensitive') || !isSensitive?.(word.code))

// Of a household with one family there is nothing to choose.
function whoIn(reading: Reading, { unit }: Programme, { household, family, member }: Starting): Pick<Drafting, 'home' | 'people' | 'familySeqs' | 'subject'> {
  if (!household) return { people: [], familySeqs: [] }
  const { id, headName, address } = getHousehold(reading, household)
  const seqs = reading.db.select({ seq: families.seq }).from(families).where(eq(families.householdId, id)).orderBy(asc(families.seq)).limit(60).all().map(({ seq }) => seq)
  const people = peopleIn(reading.db, id)
  const familySeqs = [...new Set([...seqs, ...people.flatMap(({ familySeq }) => familySeq ?? [])])].filter((seq) => people.some(({ familySeq }) => familySeq === seq))
  const only = family ?? (familySeqs.length === 1 ? familySeqs[0] : undefined)
  const chosen = unit === 'person' ? member !== undefined && { familySeq: null, memberSeq: member } : only !== undefined && { familySeq: only, memberSeq: null }
  return { home: { id, headName, address }, people, familySeqs, subject: chosen ? findSubject(reading, { householdId: id, ...chosen }) : undefined }
}

function stepOf({ kind, recipient, replaced, home, subject }: Pick<Drafting, 'kind' | 'recipient' | 'replaced' | 'home' | 'subject'>): Drafting['step'] {
  if (!kind) return 'kind'
  if (kind.from !== 'nobody') {
    if (!recipient) throw notFound('Penerima')
    return 'form'
  }
  if (!home) return 'household'
  if (!subject) return 'who'
  return kind.replaces && !replaced ? 'replaced' : 'form'
}

const findHouseholds = ({ db, actor }: Reading, q = '') => q.trim() === '' ? [] : listHouseholds(db, actor, { q: q.trim(), region: '' }).households.slice(0, 20)

// Of the same desa first: there it is known whose place is free.
const findReplaceable = ({ db, actor }: Reading, code: Programme['code'], q = '', village: string) =>
  listRecipients(db, actor, { programme: code, q, region: q ? '' : village }, undefined, 40).rows.filter(({ phase }) => LEAVES_A_PLACE.includes(phase)).slice(0, 20)

const openPeriods = ({ db, actor }: Reading, code: Programme['code'], place = '', today: string) => listPeriods(db, actor, code)
  .filter(({ regionCode, cutoffOn, closedAt }) => !closedAt && cutoffOn >= today && (regionCode === '' || regionCode === regencyOf(place))).reverse()

// What lies beside a change that is being mended; of another's, nothing.
export const papersKept = ({ db, actor }: Reading, id: string) => {
  const change = db.select().from(recipientChanges).where(and(eq(recipientChanges.id, id), eq(recipientChanges.proposedBy, actor.id))).get()
  return change ? papersOf(db, actor, change) : []
}

export type Refilled = { starting: Starting, typed: Record<string, string>, remark?: string }

// A returned change as its form had it.
export function refilled(reading: Reading, id: string): Refilled & { programme: Programme['code'] } {
  demand(reading.actor, 'programme.propose')
  const change = getChange(reading, id)
  if (change.proposedBy !== reading.actor.id) throw notFound('Usulan perubahan penerima')
  if (change.status !== 'returned') throw conflict('Hanya usulan yang dikembalikan yang dapat diperbaiki.')
  const { programme, kind, recipientId, replacedId, householdId, familySeq, memberSeq, variant, reasonCode, note, minutesNumber, minutesDate, periodId, data } = change
  const about: Starting = recipientId ? { recipient: recipientId } : { household: householdId ?? undefined, family: familySeq ?? undefined, member: memberSeq ?? undefined, replaced: replacedId ?? undefined }
  const said = { variant, reasonCode, note, minutesNumber, minutesDate, periodId, ...data }
  return { programme, starting: { kind, ...about }, typed: { id, ...Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value ?? '')])) }, remark: lastRemark(reading.db, change) }
}
