import { eq } from 'drizzle-orm'
import type { Round } from '#app/backchecks/rounds.ts'
import type { Weighed } from '#app/backchecks/sampling.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { can, demand, type Role } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { backchecks } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Candidate = { id: string, name: string, role: Role, load: number }

// Whoever works in that place, with how many revisits are waiting for them.
const peopleAt = statement<[{ village: string }], Candidate>(`SELECT u.id, u.name, u.role,
    (SELECT count(*) FROM backchecks b WHERE b.officer_id = u.id AND b.status = 'open') AS load
  FROM users u JOIN user_regions r ON r.user_id = u.id
  WHERE u.status = 'active' AND r.region_code <> '' AND r.region_code IN (substr(@village, 1, 2), substr(@village, 1, 5), substr(@village, 1, 8), @village)
  GROUP BY u.id ORDER BY u.id`)
const wereThere = statement<[string], string>('SELECT DISTINCT officer_id FROM visits WHERE household_id = ? AND submitted_at IS NOT NULL')
const approved = statement<[string], string>('SELECT DISTINCT decided_by FROM reviews WHERE visit_id = ?')

const visitorsAt = (db: Db, village: string) => peopleAt(db).all({ village }).filter((one) => can(one, 'backcheck.visit'))

type Drawn = { visitId: string, householdId: string, regionCode: string, officerId: string }

// Never who was there before. Field officers before those who check, whoever approved the visit last, and of equals the least loaded.
export function candidatesFor(db: Db, { visitId, householdId, regionCode, officerId }: Drawn, people = visitorsAt(db, regionCode)): Candidate[] {
  const away = new Set([officerId, ...wereThere(db).pluck().all(householdId) as string[]])
  const approvers = new Set(approved(db).pluck().all(visitId) as string[])
  return people.filter(({ id }) => !away.has(id))
    .sort((a, b) => Number(approvers.has(a.id)) - Number(approvers.has(b.id)) || RANK(a) - RANK(b) || a.load - b.load || (a.id < b.id ? -1 : 1))
}

const RANK = ({ role }: Candidate) => role === 'enumerator' || role === 'village_operator' ? 0 : 1

const householdOf = statement<[string], { householdId: string }>('SELECT household_id AS householdId FROM visits WHERE id = ?')

// Each visit drawn gets somebody who goes there; the loads are counted along, so that the work is spread within the round too.
// before: how many of the round have theirs already.
export function assignDrawn(tx: Tx, round: Round, drawn: Weighed[], before: number) {
  const places = new Map<string, Candidate[]>()
  const people = new Map<string, Candidate>()
  for (const [index, { visitId, officerId, regionCode, probability }] of drawn.entries()) {
    const position = before + index + 1
    const { householdId } = householdOf(tx.db).get(visitId)!
    const here = places.get(regionCode) ?? visitorsAt(tx.db, regionCode).map((one) => people.get(one.id) ?? one)
    places.set(regionCode, here)
    for (const one of here) people.set(one.id, one)
    const [chosen] = candidatesFor(tx.db, { visitId, householdId, regionCode, officerId }, here)
    if (chosen) chosen.load += 1
    tx.db.insert(backchecks).values({
      id: `${round.id}.${position}`, roundId: round.id, position, visitId, householdId, regionCode, firstOfficerId: officerId, probability,
      officerId: chosen?.id ?? null, status: 'open', dueOn: round.dueOn,
    }).run()
  }
}

export type Backcheck = typeof backchecks.$inferSelect

// Out of the reader's places it is not found.
export function getBackcheck({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Backcheck {
  const found = db.select().from(backchecks).where(eq(backchecks.id, id)).get()
  if (!found || !isWithin(found.regionCode, actor)) throw notFound('Kunjungan ulang')
  return found
}

// By hand, to somebody else who may go there.
export function reassign(tx: Tx, id: string, { key, revision, officerId }: { key: string, revision: number, officerId: string }): Backcheck {
  demand(tx.actor, 'backcheck.read')
  if (!can(tx.actor, 'backcheck.judge') && !can(tx.actor, 'backcheck.plan')) throw forbidden()
  const found = getBackcheck(tx, id)
  if (!isFirstTime(tx, key)) return found
  if (found.status !== 'open') throw conflict('Kunjungan ulang ini sudah selesai atau putarannya sudah berakhir.')
  if (found.revision !== revision) throw conflict('Kunjungan ulang ini sudah berubah sejak Anda membukanya. Muat ulang, lalu coba lagi.')
  const may = candidatesFor(tx.db, { ...found, officerId: found.firstOfficerId })
  if (!may.some((one) => one.id === officerId)) throw invalid({ officerId: 'Pilih petugas lain yang bertugas di desa ini, bukan yang pertama datang.' })
  tx.db.update(backchecks).set({ officerId, revision: revision + 1 }).where(eq(backchecks.id, id)).run()
  tx.audit('backcheck.reassigned', id, { from: found.officerId, to: officerId })
  return getBackcheck(tx, id)
}
