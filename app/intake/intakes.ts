import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import type { IntakeKind } from '#app/intake/columns.ts'
import { earlierThan, placeOf } from '#app/list-places.ts'
import { demandReady, getList } from '#app/payments/lists.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { findRegion, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { intakeRows, intakes, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Intake = typeof intakes.$inferSelect
export type IntakeRow = typeof intakeRows.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

const verbOf = (kind: IntakeKind) => kind === 'recipients' ? 'programme.import' : 'programme.pay'

// Scoped: a file of another place is not found.
export function getIntake({ db, actor }: Reader, id: string): Intake {
  const found = db.select().from(intakes).where(and(eq(intakes.id, id), within(intakes.regionCode, actor))).get()
  if (!found) {
    demand(actor, 'programme.import')
    throw notFound('Berkas')
  }
  demand(actor, verbOf(found.kind))
  if (programmeOf(found.programme).isSensitive) demand(actor, 'ppks.sensitive')
  return found
}

const PAGE = 50

// Every file that came in, the newest first.
export function listIntakes(db: Db, actor: Actor, before?: string) {
  demand(actor, 'programme.import')
  const rows = db.select({ intake: intakes, by: users.name }).from(intakes).leftJoin(users, eq(users.id, intakes.uploadedBy))
    .where(and(within(intakes.regionCode, actor), earlierThan(before, intakes.uploadedAt, intakes.id))).orderBy(desc(intakes.uploadedAt), desc(intakes.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ intake }) => intake.regionCode))
  return {
    intakes: shown.map(({ intake, by }) => ({ ...intake, uploadedBy: by ?? intake.uploadedBy, regionName: names.get(intake.regionCode)! })),
    next: rows.length > PAGE ? placeOf(shown.at(-1)!.intake.uploadedAt, shown.at(-1)!.intake.id) : undefined,
  }
}

export type ListedIntake = ReturnType<typeof listIntakes>['intakes'][number]

type Received = StoredFile & { name: string }
export type NewIntake = { id: string, file: Received, programme: ProgrammeCode, regionCode: string, defaultState: string, source: string }

// A list of recipients of one programme in one kabupaten/kota. The same file again answers with the one before.
export function openRecipientIntake(tx: Tx, { programme, regionCode, defaultState, ...facts }: NewIntake): Opened {
  demand(tx.actor, 'programme.import')
  const region = findRegion(tx.db, regionCode)
  if (!region || region.validTo || regionCode.length !== REGENCY) throw invalid({ region: 'Pilih kabupaten/kota yang daftarnya diimpor.' })
  if (!isWithin(regionCode, tx.actor)) throw notFound('Wilayah')
  if (programmeOf(programme).isSensitive) demand(tx.actor, 'ppks.sensitive')
  if (!programmeOf(programme).states[defaultState]) throw invalid({ defaultState: 'Pilih keadaan.' })
  return open(tx, { ...facts, kind: 'recipients', programme, regionCode, defaultState, listId: null })
}

// What became of the payments of a list.
export function openPaymentIntake(tx: Tx, { listId, ...facts }: { id: string, file: Received, listId: string, source: string }): Opened {
  demand(tx.actor, 'programme.pay')
  const list = getList(tx, listId)
  demandReady(list)
  return open(tx, { ...facts, kind: 'payments', programme: list.programme, regionCode: list.regionCode, defaultState: '', listId })
}

type Opened = { id: string, known: boolean }
type Opening = Pick<Intake, 'id' | 'kind' | 'programme' | 'regionCode' | 'defaultState' | 'listId' | 'source'> & { file: Received }

function open(tx: Tx, { file, ...facts }: Opening): Opened {
  recordFile(tx, file)
  const known = tx.db.select({ id: intakes.id, listId: intakes.listId }).from(intakes).where(and(eq(intakes.sha256, file.sha256), eq(intakes.kind, facts.kind), eq(intakes.programme, facts.programme),
    eq(intakes.regionCode, facts.regionCode), inArray(intakes.status, ['reading', 'previewed', 'applying', 'applied']))).limit(50).all().find(({ listId }) => listId === facts.listId)
  if (known) return { id: known.id, known: true }
  tx.db.insert(intakes).values({ ...facts, fileName: file.name.slice(0, 200), sha256: file.sha256, bytes: file.bytes, status: 'reading', uploadedBy: tx.actor.id, uploadedAt: tx.now }).run()
  tx.audit('intake.received', facts.id, { kind: facts.kind, programme: facts.programme, regionCode: facts.regionCode, file: file.name.slice(0, 200), sha256: file.sha256 })
  return { id: facts.id, known: false }
}

// Twice is once: the second press of the button finds it under way.
export function confirmIntake(tx: Tx, id: string) {
  const intake = getIntake(tx, id)
  if (intake.status === 'applying' || intake.status === 'applied') return
  if (intake.status !== 'previewed') throw conflict(intake.status === 'reading' ? 'Berkas ini masih dibaca.' : 'Berkas ini sudah dibatalkan atau gagal. Unggah lagi.')
  if (intake.newCount + intake.changedCount + intake.sameCount + intake.unmatchedCount === 0) throw conflict('Tidak ada satu pun baris yang bisa diimpor.')
  tx.db.update(intakes).set({ status: 'applying', confirmedBy: tx.actor.id, confirmedAt: tx.now }).where(eq(intakes.id, id)).run()
  tx.audit('intake.confirmed', id, { new: intake.newCount, changed: intake.changedCount, unmatched: intake.unmatchedCount })
}

export function discardIntake(tx: Tx, id: string) {
  const { status } = getIntake(tx, id)
  if (status === 'discarded') return
  if (status === 'applying' || status === 'applied') throw conflict('Berkas ini sudah dikonfirmasi dan tidak bisa dibatalkan.')
  tx.db.update(intakes).set({ status: 'discarded', finishedAt: tx.now }).where(eq(intakes.id, id)).run()
  tx.audit('intake.discarded', id)
}

const SAMPLE = 10

// A few rows of each kind, and the first that cannot come in.
export function previewIntake(db: Db, actor: Actor, id: string) {
  const intake = getIntake({ db, actor }, id)
  const working = intake.status === 'reading' || intake.status === 'discarded' || intake.status === 'failed'
  const rowsOf = (action: IntakeRow['action']) => working ? [] : db.select().from(intakeRows).where(and(eq(intakeRows.intakeId, id), eq(intakeRows.action, action)))
    .orderBy(asc(intakeRows.position)).limit(SAMPLE).all()
  return {
    intake, regionName: findRegionName(db, intake.regionCode) ?? intake.regionCode, rows: (['new', 'changed', 'same', 'unmatched'] as const).flatMap(rowsOf), wrong: rowsOf('error'),
    remarks: working ? [] : db.select().from(intakeRows).where(and(eq(intakeRows.intakeId, id), inArray(intakeRows.action, ['new', 'changed', 'same']), gt(intakeRows.remark, ''))).orderBy(asc(intakeRows.position)).limit(SAMPLE).all(),
    left: working ? 0 : countUnsettled(db, id),
  }
}

export type IntakePreview = ReturnType<typeof previewIntake>

const unsettled = statement<[string], number>("SELECT count(*) FROM intake_rows WHERE intake_id = ? AND action = 'unmatched' AND settlement IS NULL")
export const countUnsettled = (db: Db, id: string): number => unsettled(db).pluck().get(id) as unknown as number

// What cannot come in carries numbers of persons, so giving it out is on record.
export function openErrorReport(tx: Tx, id: string): Intake {
  const intake = getIntake(tx, id)
  tx.audit('intake.errors_downloaded', id, { rows: intake.errorCount })
  return intake
}

export function* errorRows(db: Db, intakeId: string): Generator<IntakeRow[]> {
  for (let after = 0; ;) {
    const rows = db.select().from(intakeRows).where(and(eq(intakeRows.intakeId, intakeId), eq(intakeRows.action, 'error'), gt(intakeRows.position, after))).orderBy(asc(intakeRows.position)).limit(500).all()
    if (rows.length) yield rows
    if (rows.length < 500) return
    after = rows.at(-1)!.position
  }
}
