import { setImmediate } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { codesTo } from '#app/regions/regions.ts'
import { attach, openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { statement } from '#db/statements.ts'

// A database of the same shape that holds one region and what its pages need; the files themselves (photos, papers) stay.
// Both directions are here: out of the server into a package, and out of a package into the laptop's own database.

type Part = { table: string, where: string }
const VILLAGE = 'SELECT id FROM main.households WHERE region_code = :village'
// Of the households that live here now: a visit keeps the place it was made in.
const VISITS = `SELECT id FROM main.visits WHERE household_id IN (${VILLAGE})`
const OPEN = "('draft', 'submitted', 'returned', 'checked')"

// In this order: what a line asks for was copied by one before it. Visits: those under way, and the one that counts.
const OF_A_VILLAGE: Part[] = [
  { table: 'households', where: 'region_code = :village' },
  { table: 'families', where: `household_id IN (${VILLAGE})` },
  { table: 'members', where: `household_id IN (${VILLAGE})` },
  { table: 'transitions', where: `household_id IN (${VILLAGE})` },
  { table: 'visits', where: `household_id IN (${VILLAGE}) AND (status IN ${OPEN} OR id IN (SELECT visit_id FROM main.households WHERE region_code = :village))` },
  // The newest, and those a visit under way began from: answers of two visits are compared against them.
  { table: 'household_versions', where: `household_id IN (${VILLAGE}) AND ((household_id, version) IN (SELECT id, version FROM main.households WHERE region_code = :village)
    OR (household_id, version) IN (SELECT household_id, base_version FROM main.visits WHERE household_id IN (${VILLAGE})))` },
  { table: 'files', where: `sha256 IN (SELECT sha256 FROM src.visit_photos WHERE visit_id IN (${VISITS}))` },
  { table: 'visit_photos', where: `visit_id IN (${VISITS})` },
  { table: 'visit_flags', where: `visit_id IN (${VISITS})` },
  { table: 'reviews', where: `visit_id IN (${VISITS})` },
  { table: 'remarks', where: `visit_id IN (${VISITS})` },
  { table: 'musdes', where: 'region_code = :village' },
  { table: 'musdes_results', where: `musdes_id IN (SELECT id FROM main.musdes WHERE region_code = :village) AND household_id IN (${VILLAGE})` },
]

export const COPIED = [...OF_A_VILLAGE.map(({ table }) => table), 'regions', 'region_changes', 'users', 'user_regions']

export type Cut = { source: string, target: string, regionCode: string, makerId: string, onVillage: (done: number, of: number) => void }

// One reading transaction over the whole cut, so that it shows one moment; between tables others are served.
export async function cutRegion({ source, target, regionCode, makerId, onVillage }: Cut): Promise<{ households: number, sequence: number }> {
  const copy = openDatabase(target, { plain: true })
  const { $client } = copy
  try {
    migrate(copy)
    // A cut that breaks off is thrown away whole, so nothing is journalled or synced.
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF']) $client.pragma(pragma)
    attach($client, source, 'src')
    $client.exec('BEGIN')
    copyRegions($client, regionCode)
    const villages = $client.prepare(`SELECT DISTINCT region_code FROM src.households WHERE ${UNDER} ORDER BY region_code`).pluck().all(bounds(regionCode)) as string[]
    for (const [i, village] of villages.entries()) {
      for (const { table, where } of OF_A_VILLAGE) {
        copyRows($client, table, where, { village })
        await setImmediate()
      }
      onVillage(i + 1, villages.length)
    }
    copyPeople($client, regionCode, makerId)
    // Known by name only: the photos themselves stay where they are.
    $client.exec("UPDATE files SET stored_at = '', pack = NULL, pack_offset = NULL")
    $client.exec('COMMIT')
    for (const table of COPIED) {
      demandWhole($client, table)
      await setImmediate()
    }
    return $client.prepare('SELECT (SELECT count(*) FROM households) AS households, (SELECT coalesce(max(id), 0) FROM transitions) AS sequence').get() as { households: number, sequence: number }
  } finally {
    $client.close()
  }
}

const share = statement<[{ code: string, end: string }], { bytes: number | null }>(`SELECT
  (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) * (SELECT sum(n) FROM household_counts WHERE region_code >= :code AND region_code < :end)
  / (SELECT sum(n) FROM household_counts) AS bytes`)

// About what the cut weighs: of the database the part its households are of all.
export const estimateCut = (db: Db, regionCode: string): number => share(db).get(bounds(regionCode))?.bytes ?? 0

const UNDER = 'region_code >= :code AND region_code < :end'
const bounds = (code: string) => ({ code, end: `${code}:` })

function copyRegions(client: Database.Database, regionCode: string) {
  const above = codesTo(regionCode)
  copyRows(client, 'regions', `code >= :code AND code < :end OR code IN (${above.map((code) => `'${code.replace(/[^\d.]/g, '')}'`).join(', ')})`, bounds(regionCode))
  copyRows(client, 'region_changes', 'old_code >= :code AND old_code < :end OR new_code >= :code AND new_code < :end', bounds(regionCode))
}

// Those who work in the region may sign in with their own password, and whoever made the package. Everybody else a row
// names comes as a name only.
function copyPeople(client: Database.Database, regionCode: string, makerId: string) {
  const places = bounds(regionCode)
  copyRows(client, 'users', `id = :makerId OR status = 'active' AND id IN (SELECT user_id FROM src.user_regions WHERE ${UNDER})`, { ...places, makerId })
  copyRows(client, 'user_regions', `user_id IN (SELECT id FROM main.users) AND ${UNDER}`, places)
  client.prepare(`INSERT INTO user_regions (user_id, region_code) SELECT :makerId, :code WHERE NOT EXISTS (SELECT 1 FROM user_regions WHERE user_id = :makerId)`).run({ makerId, code: regionCode })
  client.exec(`INSERT INTO users (id, username, name, role, password_hash, status, created_at)
    SELECT id, username, name, role, '!', 'suspended', created_at FROM src.users WHERE id NOT IN (SELECT id FROM main.users) AND id IN (
      SELECT officer_id FROM households UNION SELECT officer_id FROM visits UNION SELECT decided_by FROM reviews UNION SELECT actor_id FROM transitions
      UNION SELECT created_by FROM musdes UNION SELECT recorded_by FROM musdes_results UNION SELECT created_by FROM household_versions)`)
}

// Everything a package holds, into a database of this program's own making. An older package lacks columns that came later.
export function copyWhole({ $client }: Db, source: string) {
  $client.pragma('foreign_keys = OFF')
  attach($client, source, 'src')
  $client.transaction(() => COPIED.forEach((table) => copyRows($client, table, 'true', {})))()
  $client.exec('DETACH src')
  for (const table of COPIED) demandWhole($client, table)
  $client.pragma('foreign_keys = ON')
}

function copyRows(client: Database.Database, table: string, where: string, values: Record<string, string>) {
  const columnsIn = (schema: string) => client.prepare(`SELECT name FROM pragma_table_info(?, ?)`).pluck().all(table, schema) as string[]
  const given = columnsIn('src')
  const columns = columnsIn('main').filter((name) => given.includes(name)).join(', ')
  // Two visits may share a file; anything else that does not fit is a mistake.
  client.prepare(`INSERT ${table === 'files' ? 'OR IGNORE ' : ''}INTO main.${table} (${columns}) SELECT ${columns} FROM src.${table} WHERE ${where}`).run(values)
}

function demandWhole(client: Database.Database, table: string) {
  const [orphan] = client.pragma(`main.foreign_key_check(${table})`) as { table: string, parent: string }[]
  if (orphan) throw new Error(`${orphan.table} names a row of ${orphan.parent} that was not copied.`)
}
