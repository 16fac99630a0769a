import { setImmediate as breathe } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { countPair, differencesOf, mergeWindow, withinPlace, type Difference, type Tally } from '#app/periods/comparing.ts'
import { writeStep } from '#app/periods/write-step.ts'
import { readRows } from '#app/periods/snapshot-work.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { comparisons } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const WINDOW = 500

type Comparison = typeof comparisons.$inferSelect
type Sums = { tallies: Map<string, Tally>, reasons: Map<string, Map<string, number>> }

// Goes through both snapshots once, side by side, and keeps every difference. Broken off by a restart it begins anew: two
// snapshots never change, so the answer is the same.
export async function compareSnapshots(db: Db, id: number) {
  const comparison = db.select().from(comparisons).where(eq(comparisons.id, id)).get()
  if (!comparison || comparison.status === 'ready') return
  await clear(db, id)
  const sums: Sums = { tallies: new Map(), reasons: new Map() }
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after
    after = writeStep(db, (tx) => compareWindow(tx, comparison, from, sums))
    await breathe()
  }
  transact(db, system, (tx) => finish(tx, comparison, sums))
}

const dropRows = statement<[number, number, number], unknown>(`DELETE FROM comparison_rows WHERE comparison_id = ? AND (region_code, kind, head_name, household_id) IN
  (SELECT region_code, kind, head_name, household_id FROM comparison_rows WHERE comparison_id = ? LIMIT ?)`)

async function clear(db: Db, id: number) {
  while (dropRows(db).run(id, id, WINDOW).changes > 0) await breathe()
  transact(db, system, (tx) => tx.db.update(comparisons).set({ status: 'comparing', done: 0 }).where(eq(comparisons.id, id)).run())
}

const countDone = statement<[number, number], unknown>('UPDATE comparisons SET done = done + ? WHERE id = ?')

// The id it came to; undefined when both are read.
function compareWindow(tx: Tx, { id, fromId, toId, regionCode }: Comparison, after: string, sums: Sums): string | undefined {
  const { pairs, upTo } = mergeWindow(readRows(tx.db, fromId, after, WINDOW), readRows(tx.db, toId, after, WINDOW), WINDOW)
  for (const pair of pairs) {
    const here = withinPlace(pair, regionCode)
    countPair(sums.tallies, here)
    for (const difference of differencesOf(here)) keep(tx, id, difference, sums)
  }
  countDone(tx.db).run(pairs.reduce((sum, { before, after: now }) => sum + (before ? 1 : 0) + (now ? 1 : 0), 0), id)
  return upTo
}

const insertRow = statement<[number, string, string, string, string, string, string, string | null, string | null], unknown>(`INSERT INTO comparison_rows
  (comparison_id, region_code, kind, head_name, household_id, reason, changes, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)

function keep(tx: Tx, id: number, { kind, regionCode, headName, householdId, changes, before, after }: Difference, { reasons }: Sums) {
  const reason = kind === 'exit' ? reasonOf(tx.db, householdId, regionCode) : ''
  insertRow(tx.db).run(id, regionCode, kind, headName, householdId, reason, changes, before && JSON.stringify(before), after && JSON.stringify(after))
  if (kind !== 'exit') return
  const here = reasons.get(regionCode) ?? reasons.set(regionCode, new Map()).get(regionCode)!
  const why = reason.startsWith('moved_away') ? 'moved_away' : reason
  here.set(why, (here.get(why) ?? 0) + 1)
}

type Left = { regionCode: string, stage: string, reason: string | null }
const whyItLeft = statement<[string], Left>(`SELECT h.region_code AS regionCode, h.stage, i.reason FROM households h
  LEFT JOIN inactive_households i ON i.household_id = h.id WHERE h.id = ?`)

// Why a household is no longer there: the code of its nonaktif, or a word of ours.
function reasonOf(db: Db, householdId: string, regionCode: string): string {
  const left = whyItLeft(db).get(householdId)
  if (left?.reason) return `inactive:${left.reason}`
  if (left && left.regionCode !== regionCode) return `moved_away:${left.regionCode}`
  return left?.stage === 'withdrawn' ? 'withdrawn' : 'undetermined'
}

const insertVillage = statement<(number | string)[], unknown>(`INSERT INTO comparison_villages
  (comparison_id, region_code, before, after, entries, exits, moved_in, moved_out, members, head, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const insertReason = statement<[number, string, string, number], unknown>(
  'INSERT INTO comparison_reasons (comparison_id, region_code, reason, count) VALUES (?, ?, ?, ?)')

function finish(tx: Tx, { id, fromId, toId }: Comparison, { tallies, reasons }: Sums) {
  for (const [code, { before, after, entries, exits, movedIn, movedOut, members, head, address }] of tallies) {
    insertVillage(tx.db).run(id, code, before, after, entries, exits, movedIn, movedOut, members, head, address)
  }
  for (const [code, counts] of reasons) for (const [reason, count] of counts) insertReason(tx.db).run(id, code, reason, count)
  tx.db.update(comparisons).set({ status: 'ready', readyAt: tx.now }).where(eq(comparisons.id, id)).run()
  tx.audit('period.compared', String(id), { from: fromId, to: toId, villages: tallies.size })
}
