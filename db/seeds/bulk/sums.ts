import { writeTally, type Tally } from '#app/dashboards/tally.ts'
import { EVERYTHING } from '#app/dashboards/summing.ts'
import { DISTRICT, REGENCY } from '#app/regions/levels.ts'
import type { Client, Db } from '#db/connection.ts'
import { DAY_MS } from '#db/seeds/bulk/calendar.ts'

// What triggers and those who follow the trail keep summed up, worked out at once from what lies there.

export function addTally(into: Tally, { places, people }: Tally) {
  merge(into.places, places)
  merge(into.people, people)
}

function merge<One extends { by: number }>(into: Map<string, One>, some: Map<string, One>) {
  for (const [name, one] of some) {
    const known = into.get(name)
    if (known) known.by += one.by
    else into.set(name, one)
  }
}

export function sumUp(db: Db, tally: Tally, now: string) {
  const { $client: client } = db
  client.exec(`INSERT INTO household_counts SELECT stage, region_code, coalesce(officer_id, ''), flag_count > 0, count(*) FROM households GROUP BY 1, 2, 3, 4;
    INSERT INTO recipient_counts SELECT programme, phase, sensitive, region_code, count(*) FROM recipients GROUP BY 1, 2, 3, 4;
    INSERT INTO evidence_groups SELECT region_code, period, officer_id, sum(outcome = 1), sum(outcome <> 1) FROM visit_evidence GROUP BY 1, 2, 3;
    INSERT INTO evidence_groups SELECT substr(region_code, 1, ${DISTRICT}), period, officer_id, sum(finished), sum(unfinished) FROM evidence_groups WHERE length(region_code) > ${DISTRICT} GROUP BY 1, 2, 3;
    INSERT INTO evidence_groups SELECT substr(region_code, 1, ${REGENCY}), period, officer_id, sum(finished), sum(unfinished) FROM evidence_groups WHERE length(region_code) = ${DISTRICT} GROUP BY 1, 2, 3`)
  sumMap(client)
  sumGates(client)
  writeTally(db, tally, () => EVERYTHING)
  queueFigures(client, now)
  markFollowed(client, now)
}

// How officers work and checkers decide is judged against each other by the server itself, behind the requests: of all months
// together, and of what is recent.
function queueFigures(client: Client, now: string) {
  const recent = new Date(Date.parse(now) - 60 * DAY_MS).toISOString().slice(0, 10)
  client.prepare(`INSERT INTO quality_queue SELECT DISTINCT 2, officer_id || '~' || region_code || '~' FROM visit_figures
    UNION SELECT 2, officer_id || '~' || region_code || '~' || month FROM visit_figures WHERE month >= substr(?, 1, 7)
    UNION SELECT 4, decided_by || '~' || date(decided_at, '+7 hours') FROM reviews WHERE decided_at >= ?`).run(recent, recent)
}

const SUMS = ['n', 'sum_x', 'sum_y', 'stage_0', 'stage_1', 'stage_2', 'stage_3', 'stage_4', 'stage_5', 'flagged', 'desil_low', 'desil_middle', 'desil_five', 'desil_high', 'pkh', 'sembako', 'pbi']
const [FINEST, COARSEST] = [15, 6]

// The finest squares from the points, each coarser size from the one below it.
function sumMap(client: Client) {
  const stages = [0, 1, 2, 3, 4, 5].map((stage) => `sum(stage = ${stage})`).join(', ')
  client.exec(`INSERT INTO map_cells SELECT ${FINEST}, x >> ${26 - FINEST}, y >> ${26 - FINEST}, region_code, visited, count(*), sum(x), sum(y), ${stages}, sum(flagged), sum(coalesce(desil <= 2, 0)),
    sum(coalesce(desil BETWEEN 3 AND 4, 0)), sum(coalesce(desil = 5, 0)), sum(coalesce(desil > 5, 0)), sum(pkh), sum(sembako), sum(pbi) FROM map_points GROUP BY 2, 3, 4, 5`)
  for (let level = FINEST - 1; level >= COARSEST; level -= 1) {
    client.exec(`INSERT INTO map_cells SELECT ${level}, x >> 1, y >> 1, region_code, visited, ${SUMS.map((name) => `sum(${name})`).join(', ')} FROM map_cells WHERE level = ${level + 1} GROUP BY 2, 3, 4, 5`)
  }
  for (const length of [2, 5, 8, 13]) client.exec(`INSERT INTO map_unplaced_counts SELECT ${length}, substr(region_code, 1, ${length}), count(*) FROM map_unplaced GROUP BY 2`)
}

const PARENTS: Record<number, string> = { 0: "'-'", 2: "''", 5: 'substr(region_code, 1, 2)', 8: 'substr(region_code, 1, 5)', 13: 'substr(region_code, 1, 8)' }
const KINDS: Record<string, string> = { judged: 'true', failing: "instr(kinds, ',e,') > 0", e: "instr(kinds, ',e,') > 0", w: "instr(kinds, ',w,') > 0" }

// The verdicts of a million are read once; what is left of them by place and kinds is little.
function sumGates(client: Client) {
  client.exec('CREATE TEMP TABLE verdicts AS SELECT region_code, kinds, count(*) AS n FROM gate_verdicts GROUP BY 1, 2')
  for (const [length, parent] of Object.entries(PARENTS)) {
    for (const [kind, counts] of Object.entries(KINDS)) {
      client.exec(`INSERT INTO gate_counts SELECT substr(region_code, 1, ${length}), '${kind}', ${parent}, sum(n) FROM verdicts WHERE ${counts} GROUP BY 1, 3`)
    }
  }
  client.exec('DROP TABLE verdicts')
}

// Who reads the trail begins behind what is already in these tables.
function markFollowed(client: Client, now: string) {
  const follow = client.prepare(`INSERT INTO followers (name, sequence, cursor, round, done, total, started_at, finished_at)
    VALUES (?, (SELECT coalesce(max(seq), 0) FROM audit_entries), (SELECT coalesce(max(number), 0) FROM households), 1, (SELECT count(*) FROM households), (SELECT count(*) FROM households), ?, ?)`)
  for (const name of ['households', 'evidence', 'prints']) follow.run(name, now, now)
  client.prepare(`INSERT INTO dashboard_following (name, line, move, live, building, household, total, started_at, finished_at, place, done, summed)
    VALUES ('dashboards', (SELECT coalesce(max(seq), 0) FROM audit_entries), (SELECT coalesce(max(id), 0) FROM transitions), 1, NULL, 0, (SELECT count(*) FROM households), ?, ?, '', 0, '')`).run(now, now)
}
