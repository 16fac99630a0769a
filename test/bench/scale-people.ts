import { startSession } from '#app/sessions/sessions.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { Asked } from '#test/bench/scale-load.ts'

export const KINDS = ['list', 'search', 'queue', 'detail', 'dashboard', 'map'] as const
export type Kind = (typeof KINDS)[number]
export type Reader = { id: string, role: Role, region: string, cookie: string, paths: Record<Kind, string[]> }

// Sixty-four people as they work in some kabupaten at one time: most in the desa, some at the desks, a few above.
const MIX: [Role, number][] = [
  ['village_operator', 18], ['enumerator', 12], ['supervisor', 8], ['district_coordinator', 10], ['regency_officer', 10],
  ['regency_approver', 1], ['province_officer', 2], ['ministry_officer', 1], ['auditor', 1], ['administrator', 1],
]

// More of a role than there are: the first sit at two desks.
export async function gatherReaders(db: Db): Promise<Reader[]> {
  const named = db.$client.prepare(`SELECT u.id, coalesce((SELECT r.region_code FROM user_regions r WHERE r.user_id = u.id ORDER BY r.region_code LIMIT 1), '') AS region
    FROM users u WHERE u.role = ? AND u.status = 'active' ORDER BY u.id`)
  const readers: Reader[] = []
  for (const [role, count] of MIX) {
    const found = named.all(role) as { id: string, region: string }[]
    for (let i = 0; i < count && found.length > 0; i += 1) {
      const { id, region } = found[Math.floor(i * Math.max(1, found.length / count)) % found.length]!
      readers.push({ id, role, region, cookie: `siks_session=${await startSession(db, id, 'bench')}`, paths: pathsOf(db, id, region, readers.length) })
    }
  }
  return readers
}

const ANY_LIST = [
  '/households', '/households?stage=determined', '/households?stage=submitted', '/households?stage=returned', '/households?stage=listed', '/households?outcome=2', '/households?outcome=3&flags=yes',
  '/households?flags=yes', '/households?programme=pkh', '/households?programme=kur', '/households?desil=1', '/households?desil=none', '/households?active=no', '/households?point=none',
  '/prelist', '/proposals', '/proposals?tab=all', '/duplicates?status=open', '/duplicates?status=open&kind=person', '/integrity', '/matching', '/rescue', '/exports', '/batches', '/periods',
  '/dtsen', '/dtsen/missing', '/dtsen/rows', '/crosschecks', '/reports', '/tasks', '/musdes', '/devices', '/deliveries', '/officers', '/reviewers', '/backchecks', '/monitoring',
  '/programmes', '/programmes/pkh', '/programmes/sembako', '/programmes/pbi', '/programmes/ppks', '/payments', '/eligibility', '/rounds', '/bulk', '/field', '/audit', '/users', '/regions',
]
const QUEUES = ['/reviews', '/reviews?order=weight', '/reviews?flags=yes', '/reviews?outcome=2']
const BOARDS = ['/', '/dashboards', '/dashboards/stages', '/dashboards/results', '/dashboards/returns', '/dashboards/officers', '/rescue', '/programmes/pictures']
const MAPS = ['/map', '/map?colour=desil', '/map?colour=flag']

type Home = { id: string, number: number, name: string, nik: string | null, address: string, visit: string | null, member: string | null, memberNik: string | null, kk: string | null }

// What this one asks for: the lists of everybody, narrowed to the own place too, and what lies in the own place.
function pathsOf(db: Db, id: string, region: string, turn: number): Record<Kind, string[]> {
  const homes = homesIn(db, region, turn)
  const place = `region=${region}`
  const lists = [...ANY_LIST, `/households?${place}&stage=determined`, `/integrity/households?${place}`, `/matching/people?outcome=padan&${place}`, `/audit?actor=${id}`]
  return {
    list: [...lists, ...homes.slice(0, 3).map(({ number }) => `/households?after=${number}`)],
    queue: QUEUES, dashboard: BOARDS, map: [...MAPS, `/map?${place}`],
    search: homes.flatMap((home) => searchesFor(home)).flatMap((q) => [`/households?q=${encodeURIComponent(q)}`, `/finder?q=${encodeURIComponent(q)}`]),
    detail: homes.flatMap(({ id: one, visit }) => [`/households/${one}`, `/households/${one}/versions`, ...visit ? [`/reviews/${visit}`] : []]),
  }
}

// By whatever is known of a household: who heads it, one who lives there, with a slip of the hand, how it begins, a number, an address.
function searchesFor({ name, nik, address, member, memberNik, kk }: Home): string[] {
  const words = name.split(' ')
  return [name, slipped(name), words[0]!, `${words.at(-1)!.slice(0, 4)} ${words[0]!}`, address, nik, memberNik, kk, member, member && slipped(member)]
    .filter((text): text is string => typeof text === 'string' && text.length > 1)
}

// Two letters that changed places in the longest word.
function slipped(name: string): string {
  const long = name.split(' ').sort((one, other) => other.length - one.length)[0]!
  const at = Math.floor(long.length / 2)
  return name.replace(long, long.slice(0, at - 1) + long[at] + long[at - 1] + long.slice(at + 1))
}

const SAMPLES = 6

// Spread over the numbers; whoever has no place of his own (an administrator) opens nobody's.
function homesIn(db: Db, region: string, turn: number): Home[] {
  const { last } = db.$client.prepare('SELECT max(number) AS last FROM households').get() as { last: number }
  const pick = db.$client.prepare(`SELECT h.id, h.number, h.head_name AS name, h.head_nik AS nik, h.address, h.visit_id AS visit,
      (SELECT m.name FROM members m WHERE m.household_id = h.id AND m.seq = 2) AS member, (SELECT m.nik FROM members m WHERE m.household_id = h.id AND m.seq = 2) AS memberNik,
      (SELECT f.kk_number FROM families f WHERE f.household_id = h.id LIMIT 1) AS kk
    FROM households h WHERE h.region_code >= @region AND h.region_code < @region || ':' AND h.number > @from ORDER BY h.number LIMIT 1`)
  return Array.from({ length: SAMPLES }, (_, i) => pick.get({ region, from: Math.floor(last * ((i + turn * 0.37) % SAMPLES) / SAMPLES) }) ?? pick.get({ region, from: 0 })).filter(Boolean) as Home[]
}

// What people of a role ask for, in what share; a kind of which one may read nothing falls to the lists.
const SHARES: [Kind, number][] = [['list', 0.3], ['queue', 0.1], ['search', 0.25], ['detail', 0.25], ['dashboard', 0.07], ['map', 0.03]]
export function lane({ cookie, paths }: Reader, only?: Kind): () => Asked {
  const counts = new Map<Kind, number>()
  const of = (kind: Kind): Asked | undefined => {
    const turn = counts.get(kind) ?? Math.floor(Math.random() * 1000)
    counts.set(kind, turn + 1)
    const path = paths[kind][turn % Math.max(1, paths[kind].length)]
    return path === undefined ? undefined : { kind, path, cookie }
  }
  return () => {
    let left = Math.random()
    const kind = only ?? SHARES.find(([, share]) => (left -= share) < 0)?.[0] ?? 'list'
    return of(kind) ?? of('list') ?? { kind: 'dashboard', path: '/', cookie }
  }
}
