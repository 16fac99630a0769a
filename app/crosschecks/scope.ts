import { ALIVE } from '#app/households/living.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import { settingOn } from '#app/programmes/settings.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

// Whom a judgement is about: rows of recipients, by rowid, and households.
export type Scope = { recipients: number[], households: string[] }

const codesOf = (unit: 'family' | 'person') => Object.values(PROGRAMMES).filter((one) => one.unit === unit).map(({ code }) => `'${code}'`).join(', ')
// The lowest desil of a household is that of its only family; of several each is looked up.
const FAMILY_DESIL = (household: string, seq: string) => `CASE WHEN d.family_count = 1 THEN d.desil
  WHEN d.desil IS NOT NULL THEN (SELECT fd.desil FROM family_desil fd WHERE fd.household_id = ${household} AND fd.seq = ${seq}) END`

// Who is being judged, with what every rule asks of him; what the rules find. They live as long as the connection and hold
// one judgement at a time.
const tables = prepared((db) => {
  db.$client.exec(`
    CREATE TEMP TABLE IF NOT EXISTS judged_limits (regency TEXT, programme TEXT, desil_max INTEGER, PRIMARY KEY (regency, programme));
    CREATE TEMP TABLE IF NOT EXISTS judged_recipients (id TEXT PRIMARY KEY, programme TEXT, variant TEXT, sensitive INTEGER, region_code TEXT, household_id TEXT, family_seq INTEGER,
      member_seq INTEGER, name TEXT, nik TEXT, kk_number TEXT, phase TEXT, since TEXT, standing INTEGER, is_family INTEGER, desil_max INTEGER, desil INTEGER, person_seq INTEGER, alive INTEGER);
    CREATE TEMP TABLE IF NOT EXISTS judged_families (household_id TEXT, seq INTEGER, region_code TEXT, desil INTEGER, PRIMARY KEY (household_id, seq));
    CREATE TEMP TABLE IF NOT EXISTS judged_households (id TEXT PRIMARY KEY);
    CREATE TEMP TABLE IF NOT EXISTS judged_found (subject TEXT, kind TEXT, key TEXT, programme TEXT, sensitive INTEGER, recipient_id TEXT, household_id TEXT, family_seq INTEGER,
      member_seq INTEGER, region_code TEXT, name TEXT, other TEXT, facts TEXT, PRIMARY KEY (subject, kind, key));`)
  const make = <P>(sql: string) => db.$client.prepare<[P], unknown>(sql)
  return {
    clear: ['judged_limits', 'judged_recipients', 'judged_families', 'judged_households', 'judged_found'].map((name) => db.$client.prepare(`DELETE FROM ${name}`)),
    limit: make<{ regency: string, programme: string, desil: number }>('INSERT INTO judged_limits VALUES (@regency, @programme, @desil)'),
    regencies: db.$client.prepare<{ rows: string, households: string }[], string>(`SELECT DISTINCT substr(r.region_code, 1, 5) FROM json_each(@rows) j CROSS JOIN recipients r ON r.rowid = j.value
      UNION SELECT DISTINCT substr(h.region_code, 1, 5) FROM json_each(@households) j CROSS JOIN households h ON h.id = j.value`).pluck(),
    recipients: make<{ rows: string }>(`INSERT INTO judged_recipients
      SELECT r.id, r.programme, r.variant, r.sensitive, r.region_code, r.household_id, r.family_seq, r.member_seq, r.name, r.nik, r.kk_number, r.phase,
        coalesce(r.started_on, substr(r.created_at, 1, 10)), r.phase IN ('receiving', 'paused'), r.programme IN (${codesOf('family')}), l.desil_max,
        ${FAMILY_DESIL('r.household_id', 'r.family_seq')},
        coalesce(r.member_seq, (SELECT min(m.seq) FROM members m WHERE m.household_id = r.household_id AND +m.nik = r.nik),
          (SELECT min(m.seq) FROM members m WHERE m.household_id = r.household_id AND m.family_seq = r.family_seq AND m.relation = 1)),
        r.household_id IS NOT NULL AND ${ALIVE('r.household_id')}
      FROM json_each(@rows) j CROSS JOIN recipients r ON r.rowid = j.value
        LEFT JOIN judged_limits l ON l.regency = substr(r.region_code, 1, 5) AND l.programme = r.programme LEFT JOIN household_desil d ON d.household_id = r.household_id`),
    households: make<{ households: string }>('INSERT OR IGNORE INTO judged_households SELECT value FROM json_each(@households)'),
    families: make<unknown>(`INSERT INTO judged_families
      SELECT f.household_id, f.seq, d.region_code, ${FAMILY_DESIL('f.household_id', 'f.seq')}
      FROM judged_households s CROSS JOIN household_desil d ON d.household_id = s.id JOIN families f ON f.household_id = d.household_id`),
  }
})

// Programmes that have a limit of desil on this day in this kabupaten/kota.
export function desilLimits(db: Db, regency: string, day: string): { programme: ProgrammeCode, desil: number }[] {
  return Object.values(PROGRAMMES).flatMap(({ code }) => {
    const desil = settingOn(db, code, 'desil.max', day, regency)
    return desil === undefined ? [] : [{ programme: code, desil }]
  })
}

export function loadScope(db: Db, { recipients, households }: Scope, day: string) {
  const into = tables(db)
  const asked = { rows: JSON.stringify(recipients), households: JSON.stringify(households) }
  for (const one of into.clear) one.run()
  for (const regency of into.regencies.all(asked) as string[]) for (const { programme, desil } of desilLimits(db, regency, day)) into.limit.run({ regency, programme, desil })
  into.recipients.run({ rows: asked.rows })
  into.households.run({ households: asked.households })
  into.families.run({})
}
