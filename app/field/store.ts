import type { FormFields } from '#app/questionnaire/form.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Roster, SectionCode } from '#app/questionnaire/types.ts'

type Awaitable<T> = T | Promise<T>

export type Tab = 'returned' | 'waiting' | 'sent'
export type TaskFilter = { tab: Tab, words: string, after?: number }
// Where a visit sent from this phone stands, until the server's own stage says so. On the server there is none.
// queued: all of it still on the phone. photos: the answers have arrived, photos wait. received: all of it has arrived.
// held: it arrived, and a person at the office has to decide.
export type Waiting = 'queued' | 'photos' | 'received' | 'held'
export type Task = {
  number: number, id: string, headName: string, address: string, slsName: string, memberCount: number, stage: string
  outcome: number | null, draftId: string | null, remarkCount: number, waiting?: Waiting
}
export type TaskList = { tasks: Task[], counts: Record<Tab, number>, next: number | undefined }

export type Remark = { path: string, message: string }
export type TaskDetail = {
  household: { id: string, headName: string, address: string, slsName: string, prelistId: string | null, memberCount: number, stage: string, musdesStatus: number | null }
  village: string, openVisitId: string | null, remarks: Remark[], note: string, waiting?: Waiting
  // A visit under way on this phone, though the household is in other hands by now or was sent from elsewhere.
  onlyHere?: boolean
}

export type FieldPhoto = { kind: string, bytes: number, addedAt: string }
export type FieldVisit = {
  id: string, householdId: string, headName: string, status: string, outcome: number | null, record: HouseholdRecord
  savedSections: Record<string, string>, revision: number, questionnaireVersion: string, activeMs: number
  coordinate: { latitude: number, longitude: number, accuracyM: number, locatedAt: string | null } | null
  photos: FieldPhoto[], remarks: Remark[], note: string, waiting?: Waiting
}

export type Where = { householdId: string, visitId: string }
export type Save = { revision: number, activeMs?: number }
export type ListRoster = Exclude<Roster, 'household'>

// receivedAt: the server's time; null while nothing has left the phone.
export type Submitted = { visitId: string, receivedAt: string | null, sha256: string }

// What the officer's pages need from a data store: one method is one whole operation. SQLite answers on the server
// (server-store.ts); on the phone a region pack and IndexedDB answer the same pages (app/offline/device-store.ts).
export interface FieldStore {
  today(): string
  listTasks(filter: TaskFilter): Awaitable<TaskList>
  // Throws not_found unless this household is the officer's own.
  demandTask(householdId: string): Awaitable<void>
  getTask(householdId: string): Awaitable<TaskDetail>
  beginVisit(householdId: string, id: string): Awaitable<{ id: string }>
  getVisit(where: Where): Awaitable<FieldVisit>
  // What the officer had typed there when the page was taken away, unsaved. A server keeps none.
  typedOn?(where: Where, section: string): Awaitable<FormFields | undefined>
  saveSection(where: Where, saving: Save & { section: SectionCode, fields: FormFields, index?: number }): Awaitable<{ mistakes: Mistake[] }>
  addRow(where: Where, roster: ListRoster, saving: Save): Awaitable<{ index: number }>
  removeRow(where: Where, roster: ListRoster, index: number, saving: Save): Awaitable<void>
  setLocation(where: Where, coordinate: { latitude: number, longitude: number, accuracyM: number, locatedAt: string | null }, saving: Save): Awaitable<void>
  findObstacles(where: Where): Awaitable<{ errors: Mistake[], warnings: Mistake[] }>
  submitVisit(where: Where): Awaitable<Submitted>
}
