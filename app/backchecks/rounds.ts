import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { isEmpty, isTooMany } from '#app/backchecks/frame.ts'
import { isItem } from '#app/backchecks/items.ts'
import { isDrawing } from '#app/backchecks/standing.ts'
import { METHOD } from '#app/backchecks/sampling.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { backcheckRounds, backchecks } from '#db/schema/index.ts'
import type { AskedItem } from '#db/schema/backchecks.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Round = typeof backcheckRounds.$inferSelect
export type NewRound = Pick<Round, 'id' | 'title' | 'regionCode' | 'fromDay' | 'toDay' | 'sizeKind' | 'size' | 'riskShare' | 'dueOn'> & { items: AskedItem[] }
export type ListedRound = ReturnType<typeof listRounds>['rounds'][number]

const PAGE = 30
const MOST_COUNT = 2_000

const progress = {
  done: sql<number>`(SELECT count(*) FROM backchecks b WHERE b.round_id = backcheck_rounds.id AND b.status = 'done')`,
  undecided: sql<number>`(SELECT coalesce(sum(open_differences), 0) FROM backchecks b WHERE b.round_id = backcheck_rounds.id AND b.status = 'done')`,
}

// Rounds of the reader's places, and rounds of a wider place that hold a part of them; the newest first.
export function listRounds(db: Db, actor: Actor, before?: number) {
  demand(actor, 'backcheck.read')
  const rows = db.select({ round: backcheckRounds, ...progress }).from(backcheckRounds)
    .where(and(readable(actor), before ? lt(backcheckRounds.number, before) : undefined)).orderBy(desc(backcheckRounds.number)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ round }) => round.regionCode))
  return { rounds: shown.map(({ round, ...counts }) => ({ ...round, ...counts, place: names.get(round.regionCode)! })), next: rows.length > PAGE ? shown.at(-1)!.round.number : undefined }
}

// A kecamatan sees that its kabupaten has a round; of its visits it sees its own.
const readable = (actor: Actor) => sql`(${within(backcheckRounds.regionCode, actor)} OR ${sql.join([sql`0`, ...actor.regions.map((code) =>
  sql`substr(${code}, 1, length(${backcheckRounds.regionCode})) = ${backcheckRounds.regionCode}`)], sql` OR `)})`

export function getRound({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Round {
  const round = db.select().from(backcheckRounds).where(and(eq(backcheckRounds.id, id), readable(actor))).get()
  if (!round) throw notFound('Putaran kunjungan ulang')
  return round
}

export function planRound(tx: Tx, round: NewRound): Round {
  demand(tx.actor, 'backcheck.plan')
  if (!findRegion(tx.db, round.regionCode) || !isWithin(round.regionCode, tx.actor)) throw notFound('Wilayah')
  demandSense(tx, round)
  if (isFirstTime(tx, round.id)) {
    tx.db.insert(backcheckRounds).values({ ...round, status: 'planned', method: METHOD, plannedBy: tx.actor.id, plannedAt: tx.now }).run()
    tx.audit('backcheck.planned', round.id, { region: round.regionCode, from: round.fromDay, to: round.toDay, size: round.size, kind: round.sizeKind, riskShare: round.riskShare })
  }
  return getRound(tx, round.id)
}

function demandSense(tx: Tx, { regionCode, fromDay, toDay, dueOn, sizeKind, size, items, riskShare }: NewRound) {
  const today = dayOf(tx.now, zoneOf(regionCode))
  const wrong = {
    ...(toDay < fromDay && { toDay: 'Hari terakhir tidak boleh sebelum hari pertama.' }),
    ...(toDay > today && { toDay: 'Kunjungan sesudah hari ini belum ada. Pilih paling akhir hari ini.' }),
    ...(dueOn < today && { dueOn: 'Batas waktu paling awal hari ini.' }),
    ...(dueOn > addDays(today, 180) && { dueOn: 'Batas waktu paling lama enam bulan dari sekarang.' }),
    ...(sizeKind === 'count' && (size < 1 || size > MOST_COUNT || !Number.isInteger(size)) && { size: `Isi jumlah bulat antara 1 dan ${MOST_COUNT}.` }),
    ...(sizeKind === 'share' && (size <= 0 || size > 100) && { size: 'Isi persen antara 0 dan 100.' }),
    ...((riskShare < 0 || riskShare > 100) && { riskShare: 'Isi persen antara 0 dan 100.' }),
    ...((items.length < 3 || items.some(({ key }) => !isItem(key))) && { items: 'Pilih paling sedikit tiga isian.' }),
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
}

// To draw or to end one, all of its place is the planner's.
function getOwnRound(tx: Tx, id: string): Round {
  demand(tx.actor, 'backcheck.plan')
  const round = getRound(tx, id)
  if (!isWithin(round.regionCode, tx.actor)) throw notFound('Putaran kunjungan ulang')
  return round
}

// What has been sent until now can be drawn; which of it, shows behind the request.
export function askDrawing(tx: Tx, id: string, { key }: { key: string }): Round {
  const round = getOwnRound(tx, id)
  if (!isFirstTime(tx, key)) return round
  if (round.status !== 'planned') throw conflict('Undian putaran ini sudah selesai. Muat ulang halaman.')
  if (isDrawing(round)) throw conflict('Undian putaran ini sedang berjalan. Muat ulang halaman.')
  if (isEmpty(tx.db, round)) throw conflict('Tidak ada kunjungan yang bisa diundi pada wilayah dan tanggal ini.')
  if (isTooMany(tx.db, round)) throw conflict('Kunjungannya terlalu banyak untuk satu putaran. Buat putaran per kecamatan atau per bulan.')
  tx.db.update(backcheckRounds).set({ drawnBy: tx.actor.id, drawnAt: tx.now }).where(eq(backcheckRounds.id, id)).run()
  tx.audit('backcheck.drawing_asked', id)
  return getRound(tx, id)
}

// Closed: what has come counts, what has not come stays undone. Cancelled: nothing of it counts, nothing of it is erased.
export function endRound(tx: Tx, id: string, { key, status, note }: { key: string, status: 'closed' | 'cancelled', note: string }): Round {
  const round = getOwnRound(tx, id)
  if (!isFirstTime(tx, key)) return round
  if (round.status === 'closed' || round.status === 'cancelled') throw conflict('Putaran ini sudah berakhir.')
  if (isDrawing(round)) throw conflict('Undian putaran ini sedang berjalan. Tunggu sampai selesai.')
  if (status === 'closed' && round.status !== 'drawn') throw conflict('Putaran ini belum diundi. Batalkan saja bila tidak jadi.')
  tx.db.update(backcheckRounds).set({ status, endedBy: tx.actor.id, endedAt: tx.now, endNote: note }).where(eq(backcheckRounds.id, id)).run()
  const dropped = status === 'closed' ? and(eq(backchecks.roundId, id), eq(backchecks.status, 'open')) : eq(backchecks.roundId, id)
  tx.db.update(backchecks).set({ status: 'dropped', revision: sql`revision + 1` }).where(dropped).run()
  tx.audit(`backcheck.round_${status}`, id, { note })
  return getRound(tx, id)
}
