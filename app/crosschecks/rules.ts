import { PERSON } from '#app/crosschecks/scope.ts'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

const SINCE = "'since', s.since, 'phase', s.phase"
type Parts = { kind: string, key?: string, other?: string, facts: string, from: string }

// Of a recipient s who receives, or would but for a pause. key and other: expressions of SQL.
const rule = ({ kind, key = "''", other = 'NULL', facts, from }: Parts) => `INSERT OR IGNORE INTO judged_found
  SELECT s.id, ${kind}, ${key}, s.programme, s.sensitive, s.id, s.household_id, s.family_seq, s.member_seq, s.region_code, s.name, ${other}, json_object(${SINCE}, ${facts}), NULL
  FROM ${from}`

const RECIPIENTS = 'judged_recipients s'
const AT_HOME = `${RECIPIENTS} CROSS JOIN judged_homes h ON h.id = s.home`
// From the few people of whom something is to be told to those who receive for them. One of the recipient's family, or of
// somebody without a family himself.
const RECIPIENTS_OF = (person: string) => `CROSS JOIN judged_homes h ON h.id = ${person}.household_id CROSS JOIN ${RECIPIENTS} ON s.home = h.id AND s.standing`
const OWN = `(s.family_seq IS NOT NULL AND m.family_seq = s.family_seq OR m.seq = ${PERSON})`
// The recipient himself, whom his index already tells from the others, needs no look into the table.
const OTHER_STANDS = "o.rowid <> s.at AND o.phase IN ('receiving', 'paused')"
// A desa's BLT is one aid whichever desa and year gives it; what begins later is not yet received.
const SAME_AID = `(o.variant = s.variant OR s.programme = 'blt' AND s.since <= @day AND coalesce(o.started_on, '') <= @day)`
const SAME_PROGRAMME = `o.programme = s.programme AND ${SAME_AID} AND ${OTHER_STANDS}`
const twice = (by: string, meeting: string) => rule({
  kind: "'double'", key: 'o.id', other: 'o.id', facts: `'by', '${by}', 'programme', o.programme, 'otherName', o.name, 'otherRegion', o.region_code`,
  from: `${RECIPIENTS} CROSS JOIN recipients o ON ${meeting} AND ${SAME_PROGRAMME} WHERE s.standing`,
})
const VALID = 'w.valid_from <= @day AND (w.valid_to IS NULL OR w.valid_to > @day)'
// The words come first: mostly there are none.
const contradicting = (one: string, other: string) => rule({
  kind: "'double'", key: 'o.id', other: 'o.id', facts: "'by', 'programme', 'programme', o.programme, 'otherName', o.name, 'otherRegion', o.region_code",
  from: `programme_words w CROSS JOIN ${RECIPIENTS} CROSS JOIN recipients o ON o.household_id = s.household_id AND o.family_seq = s.family_seq AND ${OTHER_STANDS} AND o.sensitive = 0
    WHERE w.list = 'contradicts' AND ${VALID} AND w.programme = ${one} AND w.code = ${other} AND s.standing`,
})

// Each looks at all who are being judged at once. Where two rules find the same, the first tells it.
const RULES = [
  // Somebody who is homeless may be served without standing in the registry.
  rule({ kind: "'unregistered'", facts: "'nik', s.nik IS NOT NULL, 'kk', s.kk_number IS NOT NULL", from: `${RECIPIENTS} WHERE s.home = '' AND s.standing AND s.programme <> 'ppks'` }),
  rule({ kind: "'inactive'", facts: "'inactiveSince', i.since, 'reason', i.reason", from: `${AT_HOME} AND NOT h.alive CROSS JOIN inactive_households i ON i.household_id = h.id WHERE s.standing` }),
  rule({
    kind: "CASE m.presence WHEN 2 THEN 'dead' ELSE 'moved' END", facts: "'who', m.name, 'presence', m.presence",
    from: `judged_people m ${RECIPIENTS_OF('m')} AND m.seq = ${PERSON} WHERE m.presence IN (2, 3, 5, 6)`,
  }),
  rule({ kind: "'moved'", key: "'place'", facts: "'fromRegion', s.region_code, 'toRegion', h.region_code", from: `${AT_HOME} AND h.region_code <> s.region_code WHERE s.standing` }),
  rule({
    kind: "'occupation'", key: 'm.seq', facts: "'who', m.name, 'code', m.employment, 'word', w.label",
    from: `programme_words w CROSS JOIN judged_people m ON m.employment = CAST(w.code AS INTEGER) AND ${PRESENT('m')} ${RECIPIENTS_OF('m')} AND h.alive AND s.programme = w.programme AND ${OWN}
      WHERE w.list = 'excluded_employment' AND ${VALID}`,
  }),
  twice('nik', 'o.nik = s.nik'),
  twice('kk', 'o.kk_number = s.kk_number AND s.is_family'),
  twice('family', 'o.household_id = s.household_id AND o.family_seq = s.family_seq AND (s.is_family OR o.member_seq = s.member_seq)'),
  contradicting('s.programme', 'o.programme'),
  contradicting('o.programme', 's.programme'),
  rule({
    kind: "'high_desil'", facts: "'desil', s.desil, 'limit', l.desil_max",
    from: `${RECIPIENTS} CROSS JOIN judged_limits l ON l.regency = substr(s.region_code, 1, 5) AND l.programme = s.programme AND l.desil_max < s.desil WHERE s.standing`,
  }),
  rule({
    kind: "'two_families'", key: "n.household_id || ':' || n.seq", other: 'n.household_id',
    facts: "'who', m.name, 'sameHousehold', n.household_id = m.household_id, 'otherName', k.head_name, 'otherRegion', k.region_code, 'otherFamily', n.family_seq",
    from: `judged_people m CROSS JOIN members n ON n.nik = m.nik AND n.rowid <> m.at
        AND NOT (n.household_id = m.household_id AND n.family_seq IS m.family_seq) AND ${PRESENT('n')} AND ${ALIVE('n.household_id')}
      CROSS JOIN households k ON k.id = n.household_id ${RECIPIENTS_OF('m')} AND h.alive AND s.programme <> 'ppks' AND CASE WHEN s.is_family THEN ${OWN} ELSE m.seq = ${PERSON} END
      WHERE m.nik <> '' AND ${PRESENT('m')}`,
  }),
  // A family that no programme reaches or is about to reach.
  `INSERT OR IGNORE INTO judged_found
    SELECT f.household_id || '/' || f.seq, 'low_desil', '', '', 0, NULL, f.household_id, f.seq, NULL, f.region_code, f.head_name, NULL,
      json_object('desil', f.desil, 'limit', o.desil_max, 'family', f.seq, 'programmes', o.programmes), f.number
    FROM judged_families f CROSS JOIN judged_offers o ON o.regency = substr(f.region_code, 1, 5) AND o.desil = f.desil
    WHERE NOT EXISTS (SELECT 1 FROM recipients r WHERE r.household_id = f.household_id AND r.family_seq = f.seq AND r.phase <> 'ended' AND r.programme <> 'ppks')`,
]

type Rule = (day: string) => void
const prepare = prepared((db) => RULES.map((sql): Rule => {
  const one = db.$client.prepare(sql)
  return sql.includes('@day') ? (day) => void one.run({ day }) : () => void one.run()
}))

export function applyRules(db: Db, day: string) {
  for (const look of prepare(db)) look(day)
}
