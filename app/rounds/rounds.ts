import { and, count, desc, eq } from 'drizzle-orm'
import { reasonWords } from '#app/eligibility/reasons.ts'
import { listRows, type ListedRow, type RowKind } from '#app/eligibility/results.ts'
import { getRun as getEligibilityRun } from '#app/eligibility/runs.ts'
import { endingsOf, entryKind } from '#app/programmes/endings.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { earlierThan, placeOf } from '#app/list-places.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import { addRows, rowsAt, type Outcome, type Round } from '#app/rounds/rows.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { eligibilityRuns, roundRows, rounds } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>

export const findRound = (db: Db, id: string): Round | undefined => db.select().from(rounds).where(eq(rounds.id, id)).get()

// To everybody but whoever began it, it is not found.
export function getRound({ db, actor }: Reading, id: string): Round {
  demand(actor, 'programme.propose')
  const found = findRound(db, id)
  if (!found || found.madeBy !== actor.id) throw notFound('Usulan bersama ini')
  return found
}

// reasons: of those who would go only these. change: "kind" or "kind:reason"; of an entry there is only one. chosen: "desa~position" of the rows that were ticked;
// without it all rows of the run in this region.
export type Asked = { id: string, run: string, kind: RowKind, region: string, reasons?: string, chosen?: string[], change: string, note: string }

// The ticked ones are gathered at once, so that a wrong choice is refused; all of a region are gathered beside.
// False when the same form came before.
export function openRound(tx: Tx, { id, run: runId, kind, region, reasons = '', chosen, change, note }: Asked): boolean {
  demand(tx.actor, 'programme.propose')
  if (findRound(tx.db, id)) return getRound(tx, id).id !== id
  const { run, place } = listRows(tx, runId, { kind, region }, undefined, 1)
  if (run.status !== 'ready') throw conflict('Perhitungan ini belum selesai.')
  const [changeKind, reasonCode] = kind === 'entry' ? [entryKind(run.programme), ''] : endingIn(tx, run.programme, change)
  const rows = chosen && chosenRows(tx, runId, kind, chosen)
  tx.db.insert(rounds).values({
    id, runId, programme: run.programme, rowKind: kind, regionCode: place.code, reasons, changeKind, reasonCode, note: note || `Dari perhitungan kelayakan: ${run.name}`, status: 'gathering', madeBy: tx.actor.id, madeAt: tx.now,
  }).run()
  if (rows) {
    addRows(tx, getRound(tx, id), rows)
    finishGathering(tx, id)
  }
  return true
}

function endingIn({ db, now }: Tx, programme: Round['programme'], change: string): [kind: string, reason: string] {
  const [kind, reason = ''] = change.split(':')
  const ending = endingsOf(db, programme, dayOf(now)).find((one) => one.kind === kind)
  if (!ending || (ending.reasons.length > 0 ? !ending.reasons.some(({ code }) => code === reason) : reason !== '')) throw invalid({ change: 'Pilih usulan dan alasannya.' })
  return [ending.kind, reason]
}

function chosenRows(reader: Reading, runId: string, kind: RowKind, chosen: string[]): ListedRow[] {
  if (chosen.length === 0) throw invalid({ row: 'Centang dahulu yang akan diusulkan.' })
  return [...new Set(chosen)].map((one) => {
    const [region = '', position = ''] = one.split('~')
    const row = listRows(reader, runId, { kind, region }, { region, position: Number(position) - 1 }, 1).rows[0]
    if (!row || row.regionCode !== region || row.position !== Number(position)) throw notFound('Sebagian baris yang dipilih')
    return row
  })
}

export const finishGathering = (tx: Tx, id: string) =>
  void tx.db.update(rounds).set({ status: 'previewed' }).where(and(eq(rounds.id, id), eq(rounds.status, 'gathering'))).run()

// Twice is once: the second press of the button finds it under way.
export function confirmRound(tx: Tx, id: string) {
  const round = getRound(tx, id)
  getEligibilityRun(tx, round.runId)
  if (round.status === 'gathering') throw conflict('Daftarnya masih dikumpulkan. Tunggu sebentar.')
  if (round.status === 'discarded') throw conflict('Pratinjau ini sudah terlalu lama. Buat lagi dari perhitungannya.')
  if (round.status !== 'previewed') return
  if (round.planned === 0) throw conflict('Tidak ada yang dapat diusulkan.')
  tx.db.update(rounds).set({ status: 'running' }).where(eq(rounds.id, id)).run()
  tx.audit('round.confirmed', id, { programme: round.programme, kind: round.changeKind, planned: round.planned, skipped: round.skipped })
}

export function undoRound(tx: Tx, id: string) {
  const { status, undoUntil, programme, done } = getRound(tx, id)
  if (status === 'undoing' || status === 'undone') return
  if (status !== 'done') throw conflict('Usulan bersama ini belum selesai.')
  if (!undoUntil || undoUntil < tx.now) throw conflict('Waktu untuk mengurungkan sudah lewat. Tarik usulannya satu per satu.')
  tx.db.update(rounds).set({ status: 'undoing' }).where(eq(rounds.id, id)).run()
  tx.audit('round.undo_requested', id, { programme, done })
}

const SHOWN = 50
const SHOWN_OF_A_REASON = 5

// What stays as it is, by reason, the most frequent first, with a few names of each.
const reasonsOf = (db: Db, id: string, outcome: Outcome) => db.select({ reason: roundRows.reason, n: count() }).from(roundRows)
  .where(and(eq(roundRows.roundId, id), eq(roundRows.outcome, outcome))).groupBy(roundRows.reason).orderBy(desc(count())).limit(30).all()
  .map(({ reason, n }) => ({ reason, count: n, names: rowsAt(db, id, outcome, SHOWN_OF_A_REASON, reason).map(({ name }) => name) }))

const isWorking = ({ status }: Round) => status === 'gathering' || status === 'running' || status === 'undoing'
export type RoundView = ReturnType<typeof viewRound>

export function viewRound(reader: Reading, id: string, now = new Date().toISOString()) {
  const { db } = reader
  const round = getRound(reader, id)
  const working = isWorking(round)
  const rows = working ? [] : rowsAt(db, id, round.status === 'previewed' ? 'planned' : round.status === 'undone' ? 'undone' : 'done', SHOWN)
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  const { name, changes } = programmeOf(round.programme)
  const { label, reasons } = changes[round.changeKind]!
  return {
    round, why: reasonWords(round.reasons), working, undoable: round.status === 'done' && round.done > 0 && (round.undoUntil ?? '') >= now,
    programmeName: name, changeLabel: label, reason: round.reasonCode && wordFor(db, round.programme, reasons ?? '', round.reasonCode),
    runName: db.select({ name: eligibilityRuns.name }).from(eligibilityRuns).where(eq(eligibilityRuns.id, round.runId)).get()!.name, placeName: findRegionName(db, round.regionCode) ?? 'Seluruh wilayah',
    rows: rows.map((row) => ({ ...row, village: names.get(row.regionCode) ?? row.regionCode })), skipped: working ? [] : reasonsOf(db, id, 'skipped'), kept: working ? [] : reasonsOf(db, id, 'kept'),
  }
}

// One's own, the newest first.
const PAGE = 30
export function listRounds(db: Db, actor: Actor, before?: string) {
  demand(actor, 'programme.propose')
  const rows = db.select().from(rounds).where(and(eq(rounds.madeBy, actor.id), earlierThan(before, rounds.madeAt, rounds.id))).orderBy(desc(rounds.madeAt), desc(rounds.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const named = shown.map((round) => ({ ...round, programmeName: programmeOf(round.programme).name, changeLabel: programmeOf(round.programme).changes[round.changeKind]!.label, placeName: findRegionName(db, round.regionCode) ?? 'Seluruh wilayah' }))
  return { rounds: named, next: rows.length > PAGE ? placeOf(shown.at(-1)!.madeAt, shown.at(-1)!.id) : undefined }
}
export type ListedRound = ReturnType<typeof listRounds>['rounds'][number]
