import { ALIVE, PRESENT } from '#app/households/living.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

const SINCE = "'since', s.since, 'phase', s.phase"
type Parts = { kind: string, key?: string, other?: string, facts: string, first?: string, from: string }

// Of a recipient who receives, or would but for a pause. key and other: expressions of SQL.
const rule = ({ kind, key = "''", other = 'NULL', facts, first = '', from }: Parts) => `INSERT OR IGNORE INTO judged_found
  SELECT s.id, ${kind}, ${key}, s.programme, s.sensitive, s.id, s.household_id, s.family_seq, s.member_seq, s.region_code, s.name, ${other}, json_object(${SINCE}, ${facts})
  FROM ${first} judged_recipients s ${from}`

// People of the recipient's family; of somebody without a family himself.
const OWN_PEOPLE = `members m ON m.household_id = s.household_id AND (s.family_seq IS NOT NULL AND m.family_seq = s.family_seq OR m.seq = s.person_seq) AND ${PRESENT('m')}`
const OTHER_STANDS = "o.id <> s.id AND o.phase IN ('receiving', 'paused')"
const SAME_PROGRAMME = `o.programme = s.programme AND o.variant = s.variant AND ${OTHER_STANDS}`
const twice = (by: string, meeting: string) => rule({
  kind: "'double'", key: 'o.id', other: 'o.id', facts: `'by', '${by}', 'programme', o.programme, 'otherName', o.name, 'otherRegion', o.region_code`,
  from: `CROSS JOIN recipients o ON ${meeting} AND ${SAME_PROGRAMME} WHERE s.standing`,
})
const VALID = 'w.valid_from <= @day AND (w.valid_to IS NULL OR w.valid_to > @day)'
// The words come first: mostly there are none.
const contradicting = (one: string, other: string) => rule({
  kind: "'double'", key: 'o.id', other: 'o.id', facts: "'by', 'programme', 'programme', o.programme, 'otherName', o.name, 'otherRegion', o.region_code",
  first: 'programme_words w CROSS JOIN',
  from: `CROSS JOIN recipients o ON o.household_id = s.household_id AND o.family_seq = s.family_seq AND ${OTHER_STANDS} AND o.sensitive = 0
    WHERE w.list = 'contradicts' AND ${VALID} AND w.programme = ${one} AND w.code = ${other} AND s.standing`,
})

const elsewhere = (people: string) => rule({
  kind: "'two_families'", key: "n.household_id || ':' || n.seq", other: 'n.household_id',
  facts: "'who', m.name, 'sameHousehold', n.household_id = s.household_id, 'otherName', k.head_name, 'otherRegion', k.region_code, 'otherFamily', n.family_seq",
  from: `${people} AND m.nik <> ''
    CROSS JOIN members n ON n.nik = m.nik AND NOT (n.household_id = m.household_id AND n.family_seq IS m.family_seq) AND ${PRESENT('n')} AND ${ALIVE('n.household_id')}
    CROSS JOIN households k ON k.id = n.household_id WHERE s.standing AND s.alive AND s.programme <> 'ppks'`,
})

// Each looks at all who are being judged at once. Where two rules find the same, the first tells it.
const RULES = [
  // Somebody who is homeless may be served without standing in the registry.
  rule({ kind: "'unregistered'", facts: "'nik', s.nik IS NOT NULL, 'kk', s.kk_number IS NOT NULL", from: "WHERE s.standing AND s.household_id IS NULL AND s.programme <> 'ppks'" }),
  rule({ kind: "'inactive'", facts: "'inactiveSince', i.since, 'reason', i.reason", from: 'JOIN inactive_households i ON i.household_id = s.household_id WHERE s.standing' }),
  rule({
    kind: "CASE m.presence WHEN 2 THEN 'dead' ELSE 'moved' END", facts: "'who', m.name, 'presence', m.presence",
    from: 'JOIN members m ON m.household_id = s.household_id AND m.seq = s.person_seq AND m.presence IN (2, 3, 5, 6) WHERE s.standing',
  }),
  rule({
    kind: "'moved'", key: "'place'", facts: "'fromRegion', s.region_code, 'toRegion', h.region_code",
    from: 'CROSS JOIN households h ON h.id = s.household_id AND h.region_code <> s.region_code WHERE s.standing',
  }),
  rule({
    kind: "'occupation'", key: 'm.seq', facts: "'who', m.name, 'code', m.employment, 'word', w.label", first: 'programme_words w CROSS JOIN',
    from: `CROSS JOIN ${OWN_PEOPLE} AND m.employment = CAST(w.code AS INTEGER) WHERE w.list = 'excluded_employment' AND ${VALID} AND s.programme = w.programme AND s.standing AND s.alive`,
  }),
  twice('nik', 'o.nik = s.nik'),
  twice('kk', 'o.kk_number = s.kk_number AND s.is_family'),
  twice('family', 'o.household_id = s.household_id AND o.family_seq = s.family_seq AND (s.is_family OR o.member_seq = s.member_seq)'),
  contradicting('s.programme', 'o.programme'),
  contradicting('o.programme', 's.programme'),
  rule({ kind: "'high_desil'", facts: "'desil', s.desil, 'limit', s.desil_max", from: 'WHERE s.standing AND s.desil > s.desil_max' }),
  elsewhere(`CROSS JOIN members m ON m.household_id = s.household_id AND m.seq = s.person_seq AND ${PRESENT('m')} AND NOT s.is_family`),
  elsewhere(`CROSS JOIN ${OWN_PEOPLE} AND s.is_family`),
  // A family that no programme reaches or is about to reach.
  `INSERT OR IGNORE INTO judged_found
    SELECT f.household_id || '/' || f.seq, 'low_desil', '', '', 0, NULL, f.household_id, f.seq, NULL, f.region_code, h.head_name, NULL,
      json_object('desil', f.desil, 'limit', (SELECT max(l.desil_max) FROM judged_limits l WHERE l.regency = substr(f.region_code, 1, 5)), 'family', f.seq,
        'programmes', (SELECT group_concat(programme) FROM (SELECT programme FROM judged_limits l WHERE l.regency = substr(f.region_code, 1, 5) AND l.desil_max >= f.desil ORDER BY programme)))
    FROM judged_families f CROSS JOIN households h ON h.id = f.household_id
    WHERE f.desil <= (SELECT max(l.desil_max) FROM judged_limits l WHERE l.regency = substr(f.region_code, 1, 5))
      AND NOT EXISTS (SELECT 1 FROM recipients r WHERE r.household_id = f.household_id AND r.family_seq = f.seq AND r.phase <> 'ended' AND r.programme <> 'ppks')`,
]

type Rule = (day: string) => void
const prepare = prepared((db) => RULES.map((sql): Rule => {
  const one = db.$client.prepare(sql)
  return sql.includes('@day') ? (day) => void one.run({ day }) : () => void one.run()
}))

export function applyRules(db: Db, day: string) {
  for (const look of prepare(db)) look(day)
}
