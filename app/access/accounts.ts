import type { Actor } from '#app/users/actor.ts'
import { demand, mayGoTogether, NEEDS_FACTOR, type Role } from '#app/users/permissions.ts'
import { regionNames } from '#app/regions/regions.ts'
import { plainPhone } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Everybody who can sign in, as a reviewer must see them.
export type Remark = 'unused' | 'never' | 'no_factor' | 'shared_phone' | 'same_name' | 'clashing' | 'powerful'
export type SeenAccount = {
  id: string, name: string, username: string, role: Role, status: string, places: string[], createdAt: string, lastSignIn: string | null, hasFactor: boolean
  // Since November 2026; reviews kept before do not tell.
  passkeys?: number
  remarks: Remark[]
  // The other accounts that seem to be the same person's.
  others: { id: string, username: string, role: Role }[]
}

type Row = { id: string, name: string, username: string, phone: string | null, role: Role, status: string, createdAt: string, lastSignIn: string | null, passkeys: number, hasTotp: number, codes: string }
const everyAccount = statement<[], Row>(`SELECT u.id, u.name, u.username, u.phone, u.role, u.status, u.created_at AS createdAt,
  (SELECT a.at FROM audit_entries a INDEXED BY audit_by_subject WHERE a.subject = u.id AND a.action = 'session.started' ORDER BY a.seq DESC LIMIT 1) AS lastSignIn,
  EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.secret IS NOT NULL) AS hasTotp,
  (SELECT count(*) FROM passkeys k WHERE k.user_id = u.id) AS passkeys,
  (SELECT json_group_array(r.region_code) FROM user_regions r WHERE r.user_id = u.id) AS codes
  FROM users u WHERE u.status <> 'suspended' ORDER BY u.name, u.id`)

const DAY = 86_400_000
const UNUSED_DAYS = 90
const NEW_DAYS = 30

// Worst first, so that a reader of a thousand rows begins where something is.
const WEIGHT: Record<Remark, number> = { clashing: 8, no_factor: 6, unused: 4, shared_phone: 3, never: 2, same_name: 2, powerful: 1 }

export function listAccounts(db: Db, actor: Actor, now: string): SeenAccount[] {
  demand(actor, 'access.read')
  const rows = everyAccount(db).all()
  const byName = groupBy(rows, ({ name }) => plainName(name))
  const byPhone = groupBy(rows, ({ phone }) => plainPhone(phone))
  const seen = rows.map((row) => {
    const samePhone = othersIn(byPhone.get(plainPhone(row.phone)), row)
    const sameName = othersIn(byName.get(plainName(row.name)), row, isNear)
    return seenAs(row, { samePhone, sameName }, now)
  })
  const names = regionNames(db, seen.flatMap(({ places }) => places))
  return seen.map((one) => ({ ...one, places: one.places.map((code) => code === '' ? 'Seluruh Indonesia' : names.get(code) ?? code) }))
    .sort((one, other) => weightOf(other) - weightOf(one) || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
}

const weightOf = ({ remarks }: SeenAccount) => remarks.reduce((sum, remark) => sum + WEIGHT[remark], 0)

function seenAs(row: Row, { samePhone, sameName }: { samePhone: Row[], sameName: Row[] }, now: string): SeenAccount {
  const others = [...new Map([...samePhone, ...sameName].map(({ id, username, role }) => [id, { id, username, role }])).values()]
  const hasFactor = row.hasTotp === 1 || row.passkeys > 0
  const age = (iso: string) => (Date.parse(now) - Date.parse(iso)) / DAY
  const remarks: Remark[] = [
    ...(others.some(({ role }) => !mayGoTogether(role, row.role)) ? ['clashing' as const] : []),
    ...(samePhone.length > 0 ? ['shared_phone' as const] : sameName.length > 0 ? ['same_name' as const] : []),
    ...(row.lastSignIn ? (age(row.lastSignIn) > UNUSED_DAYS ? ['unused' as const] : []) : age(row.createdAt) > NEW_DAYS ? ['never' as const] : []),
    ...(NEEDS_FACTOR.includes(row.role) && !hasFactor ? ['no_factor' as const] : []),
    ...(NEEDS_FACTOR.includes(row.role) ? ['powerful' as const] : []),
  ]
  const { id, name, username, role, status, createdAt, lastSignIn, passkeys } = row
  return { id, name, username, role, status, createdAt, lastSignIn, hasFactor, passkeys, places: JSON.parse(row.codes), remarks, others }
}

// Titles and dots make no other person: "Hj. Siti Rahayu, S.Sos" is "siti rahayu".
const TITLES = /\b(h|hj|dr|drs|dra|ir|prof|kh|s\.?sos|s\.?pd|s\.?kom|s\.?e|s\.?h|s\.?ip|m\.?si|m\.?m|a\.?md)\b\.?/g
const plainName = (name: string) => name.toLowerCase().replace(/,.*$/, '').replace(TITLES, '').replace(/[^\p{L} ]/gu, '').replace(/\s+/g, ' ').trim()

function groupBy(rows: Row[], key: (row: Row) => string) {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const own = key(row)
    if (!own) continue
    const group = groups.get(own)
    if (group) group.push(row)
    else groups.set(own, [row])
  }
  return groups
}

const MOST_OTHERS = 5

// So many people are called Siti Aminah that a name says something within one kabupaten only.
function othersIn(group: Row[] = [], row: Row, fits: (one: Row, other: Row) => boolean = () => true): Row[] {
  const others = []
  for (const other of group) {
    if (other.id !== row.id && fits(row, other)) others.push(other)
    if (others.length === MOST_OTHERS) break
  }
  return others
}

const regenciesOf = ({ codes }: Row) => (JSON.parse(codes) as string[]).map((code) => code.slice(0, 5))
const isNear = (one: Row, other: Row) => regenciesOf(one).some((code) => regenciesOf(other).some((near) => code.startsWith(near) || near.startsWith(code)))
