import type { Db } from '#db/connection.ts'
import type { Recipient, RecipientChange } from '#app/programmes/recipients.ts'
import type { CENTRAL_CODES, LOCAL_CODES, PHASES, PROGRAMME_CODES } from '#db/schema/programmes.ts'

export type ProgrammeCode = typeof PROGRAMME_CODES[number]
export type CentralCode = typeof CENTRAL_CODES[number]
export type LocalCode = typeof LOCAL_CODES[number]
export type Phase = typeof PHASES[number]
export type Facts = Record<string, string | number | null>

// What a state is called and what it means. waiting: not yet; receiving: gets the aid; paused: held back; ended: no more.
export type State = { label: string, phase: Phase }

// A box on the form of a change. list: the words of this programme to choose from. Its answer goes into the recipient's data.
export type Field = { name: string, label: string, type: 'text' | 'date' | 'number' | 'choice', list?: string, required?: boolean, hint?: string, pattern?: string }

// A paper that lies beside a change: its name among the uploaded files, and how it is called.
export type Paper = { name: string, label: string, required: boolean }

export type Settings = { number?: string, startedOn?: string, data?: Facts }

// One kind of change. from: the states it begins in; 'nobody': it makes a recipient of a family or person of the registry.
// to: the state once it is ratified; '' keeps the state it has. minutes: the village's berita acara must be named. replaces:
// it takes the place of a recipient who is ended with it. dueDays: days from the proposal until it must be ratified.
// check: throws what stands against it, when it is proposed and again when it is ratified. verifiable: throws what stands
// against its verification by Dinsos (a quota that is full). sets: what it writes into the recipient beside its fields,
// in the same event.
export type ChangeKind = {
  label: string
  from: readonly string[] | 'nobody'
  to: string
  reasons?: string
  minutes?: boolean
  replaces?: boolean
  papers?: readonly Paper[]
  fields?: readonly Field[]
  hint?: string
  dueDays?: number
  check?: (db: Db, change: Proposed, now: string) => void
  verifiable?: (db: Db, change: Proposed, now: string) => void
  sets?: (change: Pick<RecipientChange, 'kind' | 'data'>, before: Recipient) => Settings
}

// What is being proposed, before it is a row.
export type Proposed = Pick<RecipientChange, 'programme' | 'kind' | 'variant' | 'regionCode' | 'recipientId' | 'replacedId' | 'householdId' | 'familySeq' | 'memberSeq' | 'name' | 'data' | 'reasonCode'>
  & { proposedAt: string }

// Not words that somebody keeps, but the programmes of desa and kabupaten.
export const LOCAL_VARIANTS = 'local_programmes'

// One programme as data: the shared list, forms, queue and batches work from it. number: what its own number is called.
// variants: the list of words a recipient is of one of (the categories of PPKS), or the local programmes; isSensitive: which of them few may see.
// pages: what else there is to look at beside its list.
export type Programme = {
  code: ProgrammeCode
  name: string
  fullName: string
  unit: 'family' | 'person'
  number: string
  states: Record<string, State>
  endState: string
  changes: Record<string, ChangeKind>
  variants?: string
  isSensitive?: (variant: string) => boolean
  pages?: readonly { href: string, label: string }[]
}
