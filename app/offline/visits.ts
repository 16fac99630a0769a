import type { FieldVisit, Waiting, Where } from '#app/field/store.ts'
import { actedOn, passedOn, timeOf, todayIn, type Clock } from '#app/offline/clock.ts'
import type { DraftRow, UserDb } from '#app/offline/database.ts'
import { draftOf, overFreshRow, readDraft, writeDraft, type Draft, type KnownTask } from '#app/offline/drafts.ts'
import { readLocalOf } from '#app/offline/local.ts'
import type { Pack } from '#app/offline/pack.ts'
import { findTask, isKnownPrelist, type Listed, type PackedTask } from '#app/offline/tasks.ts'
import { listUnsaved } from '#app/offline/typed.ts'
import type { PackedVisit } from '#app/packs/schema.ts'
import { notFound } from '#app/problems.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { questionnaireOf, sectionOf } from '#app/questionnaire/questionnaire.ts'
import type { SectionCode } from '#app/questionnaire/types.ts'
import { demandEditable, IN_HAND, isRepeated, nextRevision, type Saving } from '#app/visits/answers.ts'
import { followRow } from '#app/visits/following-rows.ts'
import { listObstacles, type Obstacles } from '#app/visits/obstacles.ts'

// What a store on the phone stands on: one user's data while it is unlocked. regionCode: where he works, whose day it is.
export type Holdings = {
  db: UserDb, key: CryptoKey, pack: () => Promise<Pack>, listed: () => Promise<Listed[]>, officerId: string, regionCode: string, deviceId: string, clock: Clock
}

// row: where it lies on this phone; undefined while only the pack has it. stage: the household's, 'withdrawn' once the
// pack no longer has that.
export type Opened = { row: DraftRow | undefined, draft: Draft, status: string, stage: string, task: PackedTask | undefined, waiting?: Waiting }

// The visit as this phone made it; or the one the server had under way when the pack was cut. A visit that was sent
// from here and has come back is the server's again.
export async function openVisit({ db, key, pack }: Holdings, { householdId, visitId }: Where): Promise<Opened> {
  const [opened, local, kept] = await Promise.all([pack(), readLocalOf(db, householdId), readDraft(db, key, visitId)])
  const task = findTask(opened, householdId)
  const own = kept?.draft.householdId === householdId ? kept : undefined
  const packed = task?.visit?.id === visitId ? task.visit : undefined
  const stage = task?.household.stage ?? 'withdrawn'
  if (own && (local?.visitId === visitId || !packed)) {
    const sent = own.row.status === 'queued'
    return { ...own, task, stage, status: sent ? 'submitted' : own.draft.status, ...(sent && local?.waiting ? { waiting: local.waiting } : {}) }
  }
  if (!packed || !task) throw notFound('Kunjungan')
  return { row: own?.row, draft: draftOf(packed, knownTask(task)), status: packed.status, stage, task }
}

export const knownTask = ({ household: { id: _id, stage: _stage, ...household }, village }: PackedTask): KnownTask => ({ ...household, village })

export const showVisit = ({ draft: { task, ...draft }, status, stage, task: packed, waiting }: Opened): FieldVisit => ({
  ...draft, status, headName: packed?.household.headName ?? task.headName, ...(waiting ? { waiting } : {}),
  ...(stage === 'returned' && packed?.visit?.id === draft.id ? { remarks: followRemarks(packed.visit, draft), note: packed.note } : { remarks: [], note: '' }),
})

// The remarks name the rows of the visit as the server has it.
export const followRemarks = ({ remarks, record }: PackedVisit, now: Pick<Draft, 'record'>) => remarks.map((remark) => ({ ...remark, path: followRow(remark.path, record, now.record) }))

// A visit begun here may be finished and sent from here whatever became of the household since: the office decides when
// it arrives.
export const demandEditableHere = ({ row, status, stage }: Opened) => demandEditable({ status }, { stage: row ? IN_HAND[0]! : stage })

const MOST_ACTIVE_MS = 86_400_000

// Changes a draft against the revision the page was made from.
export const revise = (holdings: Holdings, where: Where, saving: Saving, change: (draft: Draft, today: string) => Partial<Draft>): Promise<Draft> => overFreshRow(async () => {
  const { db, key, clock, regionCode } = holdings
  const opened = await openVisit(holdings, where)
  demandEditableHere(opened)
  const now = timeOf(clock)
  const changes = change(opened.draft, dayIn(regionCode, now))
  if (isRepeated(opened.draft, saving, changes)) return opened.draft
  const revised = nextRevision(opened.draft, changes, saving, { now, passedMs: passedOn(where.visitId, clock) })
  const draft = { ...opened.draft, ...revised, activeMs: Math.min(MOST_ACTIVE_MS, revised.activeMs) }
  if (!await writeDraft(db, key, opened.row, draft)) return undefined
  actedOn(where.visitId, clock)
  return draft
})

// What was typed and not saved would stay behind, so it is one of them.
export async function obstaclesOf({ pack, clock, regionCode, db, key }: Holdings, { draft, status }: Opened): Promise<Obstacles> {
  const opened = await pack()
  const { errors, warnings } = listObstacles(draft, {
    today: todayIn(regionCode, clock), photoKinds: draft.photos.map(({ kind }) => kind), coordinate: draft.coordinate,
    isKnown: (prelistId) => isKnownPrelist(opened, prelistId, draft.householdId),
  })
  const unsaved = status === 'submitted' ? [] : await listUnsaved({ db, key }, draft.id, draft.record)
  return { errors: [...unsaved.map(({ page, path }) => asObstacle(draft, page, path)), ...errors], warnings }
}

function asObstacle({ questionnaireVersion, record }: Draft, page: string, path: string): Mistake {
  const [section, at] = page.split('.') as [SectionCode, string?]
  const name = at === undefined ? sectionOf(questionnaireOf(questionnaireVersion)!, section).title : `Anggota ${String(record.members[Number(at)]?.name ?? Number(at) + 1)}`
  return { path, code: 'unsaved', severity: 'error', message: `${name}: ada isian yang belum disimpan. Buka halamannya, lalu simpan atau buang.` }
}
