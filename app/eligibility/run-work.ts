import { letOthers, oneAtATime } from '#app/background.ts'
import { judgeRegency, type Outcome } from '#app/eligibility/regency.ts'
import { rulesFor } from '#app/eligibility/rules.ts'
import { villagesIn } from '#app/eligibility/villages.ts'
import { PRESENT } from '#app/households/living.ts'
import { writeStep } from '#app/periods/write-step.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import { HEAD } from '#app/programmes/people.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { openMoment } from '#db/moment.ts'
import type { eligibilityRuns } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { system } from '#app/users/actor.ts'

type Run = typeof eligibilityRuns.$inferSelect
const queue = oneAtATime()

// In the background, one run after the other. What a restart broke off goes on after the last kabupaten/kota that is through.
export function workOnRuns(db: Db) {
  queue.add(db, () => workThrough(db))
}

// Settles when nothing is under way.
export const runsDone = queue.done
export const soonDone = queue.soon

const nextRun = statement<[], { id: string }>("SELECT id FROM eligibility_runs WHERE status IN ('running', 'queued') ORDER BY status DESC, asked_at, id LIMIT 1")
const fail = statement<[string, string], unknown>("UPDATE eligibility_runs SET status = 'failed', finished_at = ? WHERE id = ?")

async function workThrough(db: Db) {
  while (db.$client.open) {
    const next = nextRun(db).get()
    if (!next) return
    try {
      await perform(db, next.id)
    } catch (error) {
      // The server is stopping: the next start goes on.
      if (!db.$client.open) return
      console.error(error)
      fail(db).run(new Date().toISOString(), next.id)
    }
  }
}

type Found = Pick<Run, 'id' | 'programme' | 'regionCode' | 'atRegency'> & { trial: 0 | 1, rules: string }
const begin = statement<[string], unknown>("UPDATE eligibility_runs SET status = 'running' WHERE id = ? AND status IN ('queued', 'running')")
const findRun = statement<[string], Found>('SELECT id, programme, region_code AS regionCode, at_regency AS atRegency, trial, rules FROM eligibility_runs WHERE id = ?')
const mark = statement<[number, string], unknown>("UPDATE eligibility_runs SET done = ? WHERE id = ? AND status = 'running'")
const households = statement<[string, string], number>('SELECT count(*) FROM households WHERE region_code >= ? AND region_code < ?')

const MARK_EVERY_MS = 500

async function perform(db: Db, id: string) {
  if (begin(db).run(id).changes === 0) return
  const { programme, regionCode, atRegency, trial, rules } = findRun(db).get(id)!
  const moment = openMoment(db)
  try {
    const wanted = JSON.parse(rules) as Run['rules']
    // Over several kabupaten/kota each has its own settings; what is tried holds for all of them.
    const rulesIn = (regency: string) => trial === 1 || regency === regionCode ? wanted : rulesFor(moment, programme, wanted.day, regency)
    const told = progressOf(db, id, households(moment).pluck().get(regionCode, atRegency ? `${atRegency}:` : regionCode) as number)
    for (const [regency, villages] of byRegency(villagesIn(moment, programme, regionCode), atRegency)) {
      const outcome = await judgeRegency(moment, villages, { programme, rules: rulesIn(regency), pkh: rulesOn(moment, wanted.day, regency) }, told)
      if (!outcome) return
      await keep({ db, moment }, id, regency, outcome)
    }
  } finally {
    moment.$client.close()
  }
  transact(db, system, (tx) => finish(tx, id))
}

// Written now and then; who asks is told whether the run is still wanted.
function progressOf(db: Db, id: string, begun: number) {
  let [done, markedAt] = [begun, 0]
  return (homes: number) => {
    done += homes
    if (Date.now() - markedAt < MARK_EVERY_MS) return db.$client.open
    markedAt = Date.now()
    return db.$client.open && writeStep(db, (tx) => mark(tx.db).run(done, id).changes) > 0
  }
}

function byRegency(villages: string[], after: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const village of villages) {
    const regency = regencyOf(village)
    if (regency > after) found.set(regency, [...found.get(regency) ?? [], village])
  }
  return found
}

const drop = ['eligibility_rows', 'eligibility_villages'].map((table) => statement<[string, string, string], unknown>(
  `DELETE FROM ${table} WHERE run_id = ? AND region_code >= ? AND region_code < ?`))
const through = statement<[string, string], unknown>('UPDATE eligibility_runs SET at_regency = ? WHERE id = ?')
const insertVillage = statement<(string | number)[], unknown>(`INSERT INTO eligibility_villages
  (run_id, region_code, families, receiving, eligible, chosen, entries, exits, cost_now, cost_then, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const insertRow = statement<(string | number | null)[], unknown>(`INSERT INTO eligibility_rows
  (run_id, kind, region_code, position, name, household_id, family_seq, member_seq, recipient_id, desil, components, per_year, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const headName = statement<[string, number, number], string>(`SELECT name FROM members WHERE household_id = ? AND family_seq IS ? AND ${PRESENT('members')}
  ORDER BY (relation IS ?) DESC, seq LIMIT 1`)
const personName = statement<[string, number], string>('SELECT name FROM members WHERE household_id = ? AND seq = ?')

const ROWS = 1000
type Row = (string | number | null)[]

// What a kabupaten/kota came to, whole: rows of a work that broke off before are taken away first.
async function keep({ db, moment }: { db: Db, moment: Db }, id: string, regency: string, { tallies, entries, exits }: Outcome) {
  writeStep(db, (tx) => drop.forEach((from) => from(tx.db).run(id, regency, `${regency}:`)))
  const write = async <T>(all: T[], rowOf: (one: T) => Row) => {
    for (let from = 0; from < all.length; from += ROWS) {
      writeStep(db, (tx) => all.slice(from, from + ROWS).forEach((one) => insertRow(tx.db).run(...rowOf(one))))
      await letOthers()
    }
  }
  await write(entries, (entry) => entryRow(moment, id, entry))
  await write(exitRows(id, exits), (row) => row)
  writeStep(db, (tx) => {
    for (const { regionCode, families, receiving, eligible, chosen, entries: came, exits: left, costNow, costThen, held } of tallies.values()) {
      insertVillage(tx.db).run(id, regionCode, families, receiving, eligible, chosen, came, left, costNow, costThen, held)
    }
    through(tx.db).run(regency, id)
  })
}

function entryRow(moment: Db, id: string, { regionCode, position, householdId, familySeq, memberSeq, desil, components, perYear }: Outcome['entries'][number]) {
  const name = memberSeq === null ? headName(moment).pluck().get(householdId, familySeq, HEAD) : personName(moment).pluck().get(householdId, memberSeq)
  return [id, 'entry', regionCode, position, name as unknown as string, householdId, familySeq, memberSeq, null, desil, components, perYear, '']
}

function exitRows(id: string, exits: Outcome['exits']) {
  const positions = new Map<string, number>()
  return exits.map(({ regionCode, standing, desil, components, perYear, reasons }) => {
    const position = (positions.get(regionCode) ?? 0) + 1
    positions.set(regionCode, position)
    return [id, 'exit', regionCode, position, standing.name, standing.householdId, standing.familySeq, standing.memberSeq, standing.id, desil, components, perYear, reasons]
  })
}

const end = statement<[string, string], unknown>("UPDATE eligibility_runs SET status = 'ready', done = total, finished_at = ? WHERE id = ? AND status = 'running'")

function finish(tx: Tx, id: string) {
  if (end(tx.db).run(tx.now, id).changes > 0) tx.audit('eligibility.run_finished', id)
}
