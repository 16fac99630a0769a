import { regionsIn } from '#app/households/filter.ts'
import type { ProposalStatus } from '#app/proposals/kinds.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Where a household stands in the list: its desa, since when it is held back, and its id.
export type HeldPlace = { region: string, since: string, id: string }
type Row = { id: string, regionCode: string, since: string, outcome: number, proposalId: string, headName: string, status: ProposalStatus, statusAt: string }

const PAGE = 50

const heldIn = statement<[HeldPlace & { from: string, to: string, limit: number }], Row>(`SELECT x.household_id AS id, x.region_code AS regionCode, x.since, x.outcome, x.proposal_id AS proposalId,
    h.head_name AS headName, p.status, p.status_at AS statusAt
  FROM exclusions x INDEXED BY exclusions_by_place CROSS JOIN households h ON h.id = x.household_id CROSS JOIN proposals p ON p.id = x.proposal_id
  WHERE x.region_code >= @from AND x.region_code < @to AND (x.region_code, x.since, x.household_id) > (@region, @since, @id)
  ORDER BY x.region_code, x.since, x.household_id LIMIT @limit`)
const programmesOf = statement<[string], { householdId: string, programme: string }>(`SELECT DISTINCT household_id AS householdId, programme FROM recipients
  WHERE household_id IN (SELECT value FROM json_each(?)) AND phase IN ('receiving', 'paused') AND sensitive = 0`)

// Who was not found and waits for a decision nonaktif: desa by desa, the longest first, with what they receive.
export function listHeld(db: Db, actor: Actor, region: string, after: HeldPlace = { region: '', since: '', id: '' }) {
  demand(actor, 'proposal.read')
  const found = [...regionsIn(actor, region)].sort().flatMap((code) => heldIn(db).all({ from: code, to: `${code}:`, ...after, limit: PAGE + 1 })).slice(0, PAGE + 1)
  const shown = found.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const receives = can(actor, 'programme.read') ? programmesOf(db).all(JSON.stringify(shown.map(({ id }) => id))) : []
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return {
    rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)!, programmes: receives.filter(({ householdId }) => householdId === row.id).map(({ programme }) => programme) })),
    next: last && { region: last.regionCode, since: last.since, id: last.id },
  }
}

export type HeldHousehold = ReturnType<typeof listHeld>['rows'][number]

// Those whose desa has not said anything yet.
const preparedIn = statement<[string, string], number>("SELECT count(*) FROM proposals INDEXED BY proposals_by_place WHERE status = 'prepared' AND region_code >= ? AND region_code < ?")
export const countPrepared = (db: Db, { regions }: Pick<Actor, 'regions'>) => regions.reduce((sum, code) => sum + (preparedIn(db).pluck().get(code, `${code}:`) as unknown as number), 0)
