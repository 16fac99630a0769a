import { ALIVE } from '#app/households/living.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import { settingOn } from '#app/programmes/settings.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

// Whom a judgement is about: rows of recipients, by rowid, and households, by number.
export type Scope = { recipients: number[], households: number[] }

const codesOf = (unit: 'family' | 'person') => Object.values(PROGRAMMES).filter((one) => one.unit === unit).map(({ code }) => `'${code}'`).join(', ')

// The lowest desil of a household is that of its only family; of several each is looked up. `home`: where the two stand.
const familyDesil = (home: string, household: string, seq: string) => `CASE WHEN ${home}.family_count = 1 THEN ${home}.desil
  WHEN ${home}.desil IS NOT NULL THEN (SELECT fd.desil FROM family_desil fd WHERE fd.household_id = ${household} AND fd.seq = ${seq}) END`

// Who of the household it is: the person himself; of a family the one its list names, or else its head.
export const PERSON = `coalesce(s.member_seq, (SELECT min(p.seq) FROM judged_people p WHERE p.household_id = s.household_id AND p.nik = s.nik),
  (SELECT min(p.seq) FROM judged_people p WHERE p.household_id = s.household_id AND p.family_seq = s.family_seq AND p.relation = 1))`

// Who is being judged, their homes with everybody in them, read once for all the rules; what the rules find. Those of one
// home lie together; home: '' where there is none. They live as long as the connection and hold one judgement at a time.
const TABLES = {
  judged_recipients: `home TEXT NOT NULL, at INTEGER NOT NULL, programme TEXT, phase TEXT, standing INTEGER, is_family INTEGER, desil INTEGER, region_code TEXT, id TEXT, variant TEXT,
    sensitive INTEGER, household_id TEXT, family_seq INTEGER, member_seq INTEGER, name TEXT, nik TEXT, kk_number TEXT, since TEXT, PRIMARY KEY (home, at)`,
  judged_homes: 'id TEXT PRIMARY KEY NOT NULL, region_code TEXT, alive INTEGER, desil INTEGER, family_count INTEGER',
  judged_people: `household_id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER, family_seq INTEGER, name TEXT, nik TEXT, presence INTEGER, relation INTEGER, employment INTEGER,
    PRIMARY KEY (household_id, seq)`,
  judged_households: 'number INTEGER PRIMARY KEY NOT NULL, id TEXT, region_code TEXT, head_name TEXT',
  judged_families: 'number INTEGER NOT NULL, seq INTEGER NOT NULL, household_id TEXT, region_code TEXT, head_name TEXT, desil INTEGER, PRIMARY KEY (number, seq)',
  judged_limits: 'regency TEXT NOT NULL, programme TEXT NOT NULL, desil_max INTEGER, PRIMARY KEY (regency, programme)',
  judged_offers: 'regency TEXT NOT NULL, desil INTEGER NOT NULL, desil_max INTEGER, programmes TEXT, PRIMARY KEY (regency, desil)',
  judged_found: `subject TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, programme TEXT, sensitive INTEGER, recipient_id TEXT, household_id TEXT, family_seq INTEGER,
    member_seq INTEGER, region_code TEXT, name TEXT, other TEXT, facts TEXT, household_number INTEGER, PRIMARY KEY (subject, kind, key)`,
}

const tables = prepared((db) => {
  for (const [name, columns] of Object.entries(TABLES)) db.$client.exec(`CREATE TEMP TABLE IF NOT EXISTS ${name} (${columns}) WITHOUT ROWID`)
  const make = <P>(sql: string) => db.$client.prepare<[P], unknown>(sql)
  return {
    clear: Object.keys(TABLES).map((name) => db.$client.prepare(`DELETE FROM ${name}`)),
    recipients: make<string>(`INSERT INTO judged_recipients
      SELECT coalesce(r.household_id, ''), r.rowid, r.programme, r.phase, r.phase IN ('receiving', 'paused'), r.programme IN (${codesOf('family')}),
        ${familyDesil('h', 'r.household_id', 'r.family_seq')}, r.region_code, r.id, r.variant, r.sensitive, r.household_id, r.family_seq, r.member_seq, r.name, r.nik, r.kk_number,
        coalesce(r.started_on, substr(r.created_at, 1, 10))
      FROM json_each(?) j CROSS JOIN recipients r ON r.rowid = j.value LEFT JOIN judged_homes h ON h.id = r.household_id`),
    // Of one who moved also where he stood before is left: nobody in it receives any more, so no rule begins there.
    moved: make<string>('DELETE FROM judged_recipients WHERE at IN (SELECT value FROM json_each(?))'),
    homes: make<string>(`INSERT OR IGNORE INTO judged_homes
      SELECT h.id, h.region_code, ${ALIVE('h.id')}, d.desil, d.family_count
      FROM (SELECT DISTINCT r.household_id AS id FROM json_each(?) j CROSS JOIN recipients r ON r.rowid = j.value) s
        CROSS JOIN households h ON h.id = s.id LEFT JOIN household_desil d ON d.household_id = h.id`),
    people: db.$client.prepare(`INSERT INTO judged_people
      SELECT m.household_id, m.seq, m.rowid, m.family_seq, m.name, m.nik, m.presence, m.relation, m.employment FROM judged_homes h CROSS JOIN members m ON m.household_id = h.id
      WHERE NOT EXISTS (SELECT 1 FROM judged_people p WHERE p.household_id = h.id)`),
    households: make<string>('INSERT OR IGNORE INTO judged_households SELECT h.number, h.id, h.region_code, h.head_name FROM json_each(?) j CROSS JOIN households h ON h.number = j.value'),
    families: db.$client.prepare(`INSERT INTO judged_families
      SELECT s.number, f.seq, s.id, d.region_code, s.head_name, ${familyDesil('d', 'f.household_id', 'f.seq')}
      FROM judged_households s CROSS JOIN household_desil d ON d.household_id = s.id CROSS JOIN families f ON f.household_id = s.id`),
    regencies: db.$client.prepare<[], string>('SELECT substr(region_code, 1, 5) FROM judged_recipients UNION SELECT substr(region_code, 1, 5) FROM judged_families').pluck(),
    limit: make<[string, string, number | null]>('INSERT INTO judged_limits VALUES (?, ?, ?)'),
    offer: make<[string, number, number, string]>('INSERT INTO judged_offers VALUES (?, ?, ?, ?)'),
  }
})

// A question about whoever is loaded.
export const loaded = <R, P = void>(sql: string) => prepared((db) => {
  tables(db)
  return db.$client.prepare<P extends void ? [] : [P], R>(sql)
})

type Limit = { programme: ProgrammeCode, desil: number }

// Programmes that have a limit of desil on this day in this kabupaten/kota.
export function desilLimits(db: Db, regency: string, day: string): Limit[] {
  return Object.values(PROGRAMMES).flatMap(({ code }) => {
    const desil = settingOn(db, code, 'desil.max', day, regency)
    return desil === undefined ? [] : [{ programme: code, desil }]
  })
}

export function loadScope(db: Db, { recipients, households }: Scope, day: string) {
  const into = tables(db)
  for (const one of into.clear) one.run()
  if (recipients.length > 0) loadRecipients(db, recipients)
  if (households.length > 0) {
    into.households.run(JSON.stringify(households))
    into.families.run()
  }
  for (const regency of into.regencies.all() as string[]) {
    const limits = desilLimits(db, regency, day)
    for (const { code } of Object.values(PROGRAMMES)) into.limit.run([regency, code, limits.find(({ programme }) => programme === code)?.desil ?? null])
    for (const [desil, most, programmes] of offers(limits)) into.offer.run([regency, desil, most, programmes])
  }
}

const DESILS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

function loadRecipients(db: Db, recipients: number[]) {
  const into = tables(db)
  const rows = JSON.stringify(recipients)
  into.homes.run(rows)
  into.recipients.run(rows)
  into.people.run()
}

// Those whom a link has just led elsewhere, as they stand now.
export function loadAgain(db: Db, recipients: number[]) {
  tables(db).moved.run(JSON.stringify(recipients))
  loadRecipients(db, recipients)
}

// What a family of each desil is within the limits of.
function offers(limits: Limit[]): [desil: number, most: number, programmes: string][] {
  const most = mostDesil(limits)
  return DESILS.filter((desil) => desil <= most)
    .map((desil) => [desil, most, limits.filter((limit) => limit.desil >= desil).map(({ programme }) => programme).sort().join(',')])
}

export const mostDesil = (limits: readonly Pick<Limit, 'desil'>[]): number => Math.max(0, ...limits.map(({ desil }) => desil))
