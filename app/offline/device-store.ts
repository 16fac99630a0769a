import type { FieldStore, ListRoster, Save, TaskDetail, TaskFilter, TaskList, Where } from '#app/field/store.ts'
import { actedOn, timeOf, todayIn } from '#app/offline/clock.ts'
import { readDraft, writeDraft, type Draft } from '#app/offline/drafts.ts'
import { readLocal, readLocalOf, type Local } from '#app/offline/local.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import { addPhotos, getPhoto, type TakenPhoto } from '#app/offline/photos.ts'
import { queueVisit } from '#app/offline/queueing.ts'
import { isFull, noRoom } from '#app/offline/room.ts'
import { findTask, isThere, listTasks, masterOf, questionnaireIn, type Withdrawn } from '#app/offline/tasks.ts'
import { keepTyped, readTyped, rowTaken, savedTyped } from '#app/offline/typed.ts'
import { demandEditableHere, followRemarks, knownTask, obstaclesOf, openVisit, revise, showVisit, type Holdings } from '#app/offline/visits.ts'
import { conflict, notFound } from '#app/problems.ts'
import type { FormFields } from '#app/questionnaire/form.ts'
import { answerSection, beginRecord, checkCoordinate, fixTime, IN_HAND, isAdded, mistakesOn, pageName, rowsName, stale, withoutRow, withRow, type Coordinate, type SectionSaving } from '#app/visits/answers.ts'

// The server takes photos in as a stream; here they come as bytes, and may be asked for. getPhoto: undefined is not here.
export interface DeviceStore extends FieldStore {
  addPhotos(where: Where, photos: TakenPhoto[]): Promise<void>
  keepTyped(where: Where, section: string, fields: FormFields): Promise<void>
  dropTyped(where: Where, section: string): Promise<void>
  getPhoto(where: Pick<Where, 'visitId'>, kind: string): Promise<Bytes | undefined>
}

// The phone's answer to the field pages: what is read comes from the pack, what is written goes into the user's own
// database, sealed.
export const deviceStore = (holdings: Holdings): DeviceStore => ({
  today: () => todayIn(holdings.regionCode, holdings.clock),
  listTasks: (filter) => list(holdings, filter),
  demandTask: (householdId) => demandTask(holdings, householdId),
  getTask: (householdId) => getTask(holdings, householdId),
  beginVisit: (householdId, id) => orFull(beginVisit(holdings, householdId, id)),
  getVisit: async (where) => showVisit(await openVisit(holdings, where)),
  saveSection: (where, saving) => orFull(saveSection(holdings, where, saving)),
  typedOn: ({ visitId }, section) => readTyped(holdings, { visitId, section }),
  keepTyped: (where, section, fields) => orFull(keep(holdings, where, section, fields)),
  dropTyped: (where, section) => orFull(drop(holdings, where, section)),
  addRow: (where, roster, saving) => orFull(addRow(holdings, where, roster, saving)),
  removeRow: (where, roster, index, saving) => orFull(removeRow(holdings, where, roster, index, saving)),
  setLocation: (where, coordinate, saving) => orFull(setLocation(holdings, where, coordinate, saving)),
  findObstacles: async (where) => obstaclesOf(holdings, await openVisit(holdings, where)),
  submitVisit: async (where) => orFull(queueVisit(holdings, await openVisit(holdings, where))),
  addPhotos: (where, photos) => orFull(addPhotos(holdings, where, photos)),
  getPhoto: (where, kind) => getPhoto(holdings, where, kind),
})

// What was typed stays on the page.
async function orFull<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing
  } catch (error) {
    throw isFull(error) ? noRoom() : error
  }
}

async function list({ db, key, listed }: Holdings, filter: TaskFilter): Promise<TaskList> {
  const [rows, local] = await Promise.all([listed(), readLocal(db)])
  const missing = new Map(local)
  if (missing.size > 0) for (const { id } of rows) missing.delete(id)
  const withdrawn: Withdrawn[] = []
  for (const [householdId, own] of missing) {
    const kept = await readDraft(db, key, own.visitId)
    if (kept) withdrawn.push({ householdId, local: own, task: kept.draft.task })
  }
  return listTasks(rows, filter, local, withdrawn)
}

async function demandTask({ db, pack }: Holdings, householdId: string) {
  if (!isThere(await pack(), householdId) && !await readLocalOf(db, householdId)) throw notFound('Tugas ini')
}

async function getTask(holdings: Holdings, householdId: string): Promise<TaskDetail> {
  const [pack, local] = await Promise.all([holdings.pack(), readLocalOf(holdings.db, householdId)])
  const task = findTask(pack, householdId)
  if (!task) return getWithdrawn(holdings, householdId, local)
  const { household, village, remarks, note, visit } = task
  const underWay = local?.waiting === null
  const kept = remarks.length > 0 && underWay && visit?.id === local.visitId ? await readDraft(holdings.db, holdings.key, visit.id) : undefined
  return {
    village, remarks: kept ? followRemarks(visit!, kept.draft) : remarks, note, household: underWay && household.stage === 'assigned' ? { ...household, stage: 'downloaded' } : household,
    ...(underWay && !IN_HAND.includes(household.stage) ? { onlyHere: true } : {}),
    openVisitId: local ? local.waiting === null ? local.visitId : null : visit?.id ?? null, ...(local?.waiting ? { waiting: local.waiting } : {}),
  }
}

async function getWithdrawn({ db, key }: Holdings, householdId: string, local: Local | undefined): Promise<TaskDetail> {
  const kept = local && await readDraft(db, key, local.visitId)
  if (!kept) throw notFound('Tugas ini')
  const { village, ...household } = kept.draft.task
  return {
    household: { ...household, id: householdId, stage: 'withdrawn' }, village, remarks: [], note: '', onlyHere: local.waiting === null,
    openVisitId: local.waiting === null ? local.visitId : null, ...(local.waiting ? { waiting: local.waiting } : {}),
  }
}

// A visit under way, here or on the server, is continued rather than begun twice.
async function beginVisit({ db, key, pack, clock }: Holdings, householdId: string, id: string): Promise<{ id: string }> {
  const opened = await pack()
  const [task, local] = [findTask(opened, householdId), await readLocalOf(db, householdId)]
  if (local?.waiting === null) return { id: local.visitId }
  if (!task) throw notFound('Tugas ini')
  if (local || !IN_HAND.includes(task.household.stage)) throw conflict('Tugas ini tidak sedang di tangan Anda.')
  if (task.visit) return { id: task.visit.id }
  if (await db.get('drafts', id)) throw notFound('Kunjungan')
  const draft: Draft = {
    id, householdId, status: 'draft', outcome: null, record: beginRecord(masterOf(opened, householdId)!), savedSections: {}, revision: 1,
    baseVersion: task.version, questionnaireVersion: questionnaireIn(opened, task.regionCode, todayIn(task.regionCode, clock)), activeMs: 0,
    openedAt: timeOf(clock), coordinate: null, photos: [], task: knownTask(task),
  }
  if (!await writeDraft(db, key, undefined, draft)) throw stale()
  actedOn(id, clock)
  return { id }
}

async function keep(holdings: Holdings, where: Where, section: string, fields: FormFields) {
  demandEditableHere(await openVisit(holdings, where))
  await keepTyped(holdings, { visitId: where.visitId, section }, fields)
}

async function drop(holdings: Holdings, where: Where, section: string) {
  const { draft } = await openVisit(holdings, where)
  await savedTyped(holdings.db, { visitId: where.visitId, section }, draft.revision)
}

async function saveSection(holdings: Holdings, where: Where, { section, fields, index, ...saving }: SectionSaving) {
  const page = pageName({ section, index })
  const draft = await revise(holdings, where, { ...saving, section: page }, (before, today) => answerSection(before, { section, fields, index }, today))
  await savedTyped(holdings.db, { visitId: where.visitId, section: page }, draft.revision)
  return { mistakes: mistakesOn(section, draft, todayIn(holdings.regionCode, holdings.clock)) }
}

async function addRow(holdings: Holdings, where: Where, roster: ListRoster, saving: Save) {
  const { record } = await revise(holdings, where, { ...saving, section: rowsName(roster) }, (before) => ({ record: isAdded(before, roster, saving) ? before.record : withRow(before.record, roster) }))
  return { index: record[roster].length - 1 }
}

async function removeRow(holdings: Holdings, where: Where, roster: ListRoster, index: number, saving: Save) {
  const pack = await holdings.pack()
  const known = () => masterOf(pack, where.householdId)?.members ?? []
  const { record } = (await openVisit(holdings, where)).draft
  const after = await revise(holdings, where, { ...saving, section: rowsName(roster) }, (before) => withoutRow(before, roster, index, known))
  // Pressed twice, it went once.
  if (after.record[roster].length < record[roster].length) await rowTaken(holdings, { visitId: where.visitId, section: roster }, index, after.revision)
}

async function setLocation(holdings: Holdings, where: Where, coordinate: Coordinate, saving: Save) {
  checkCoordinate(coordinate)
  await revise(holdings, where, { ...saving, section: 'location' }, (before) => ({ coordinate: { ...coordinate, locatedAt: fixTime(before.coordinate, coordinate) } }))
}
