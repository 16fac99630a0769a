import type { Found } from '#app/finder/finder.ts'
import { hideCard } from '#app/households/masking.ts'
import type { Search } from '#app/households/search.ts'
import { codesTo, findRegionName, searchRegions } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, ROLE_WORDS, type Role } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Home = { id: string, headName: string, headNik: string | null, address: string, regionCode: string, inactive: 0 | 1, people: string }
type Person = { name: string, nik: string | null }

const homesAt = statement<[string], Home>(`SELECT h.id, h.head_name AS headName, h.head_nik AS headNik, h.address, h.region_code AS regionCode,
    EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS inactive,
    (SELECT json_group_array(json_object('name', m.name, 'nik', m.nik)) FROM members m WHERE m.household_id = h.id) AS people
  FROM json_each(?) j JOIN households h ON h.number = j.value`)

const wordsOf = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
const bears = (name: string, words: string[]) => words.every((word) => wordsOf(name).some((one) => one.startsWith(word)))

// Whose name or number it is: the household when it is its head's or its address, the person when it is another's.
export function findPeople(db: Db, actor: Actor, search: Search, numbers: number[]): { households: Found[], members: Found[] } {
  const homes = homesAt(db).all(JSON.stringify(numbers)).filter(({ regionCode }) => isWithin(regionCode, actor))
  const [heads, rest]: [Found[], Found[]] = [[], []]
  const members: Found[] = []
  for (const home of homes) {
    const people = (JSON.parse(home.people) as Person[]).filter(({ name }) => name !== home.headName)
    const theirs = people.filter(({ name, nik }) => search.kind === 'number' ? nik === search.digits : bears(name, search.words))
    const isHead = search.kind === 'number' ? home.headNik === search.digits : bears(home.headName, search.words)
    if (isHead) heads.push(asHousehold(db, home))
    else if (theirs.length === 0) rest.push(asHousehold(db, home))
    members.push(...theirs.map(({ name, nik }) => ({
      href: `/households/${home.id}`, title: name, note: join(`di rumah ${home.headName}`, nik && `NIK ${hideCard(nik)}`, placeName(db, home.regionCode)), ...markOf(home),
    })))
  }
  return { households: [...byTitle(heads), ...byTitle(rest)], members: byTitle(members) }
}

const byTitle = (found: Found[]) => found.sort((one, other) => one.title.localeCompare(other.title, 'id'))
const join = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(' · ')
const markOf = ({ inactive }: Home) => inactive ? { mark: 'Nonaktif' } : {}

const asHousehold = (db: Db, home: Home): Found => ({
  href: `/households/${home.id}`, title: home.headName, note: join(home.headNik && `NIK ${hideCard(home.headNik)}`, home.address, placeName(db, home.regionCode)), ...markOf(home),
})

// "Poncosari, Srandakan": a village's name alone is rarely the only one.
const placeName = (db: Db, code: string) => codesTo(code).slice(-2).reverse().map((one) => findRegionName(db, one) ?? one).join(', ')

type Officer = { id: string, name: string, role: Role, codes: string }

const NAMED = "instr(lower(u.name), @text) > 0 AND u.status <> 'suspended'"
const everybody = statement<[{ text: string, limit: number }], Officer>(`SELECT u.id, u.name, u.role, json_group_array(r.region_code) AS codes
  FROM users u JOIN user_regions r ON r.user_id = u.id WHERE ${NAMED} GROUP BY u.id ORDER BY u.name, u.id LIMIT @limit`)
// Those who work in a place, and those whose place it lies in.
const officersIn = statement<[{ text: string, code: string, above: string, limit: number }], Officer>(`SELECT u.id, u.name, u.role, json_group_array(r.region_code) AS codes
  FROM (SELECT user_id, region_code FROM user_regions WHERE region_code >= @code AND region_code < @code || ':'
    UNION SELECT user_id, region_code FROM user_regions WHERE region_code IN (SELECT value FROM json_each(@above))) r
  CROSS JOIN users u ON u.id = r.user_id WHERE ${NAMED} AND u.role IN ('enumerator', 'village_operator', 'supervisor') GROUP BY u.id ORDER BY u.name, u.id LIMIT @limit`)

const FIELD: Role[] = ['enumerator', 'village_operator']

// Those who work in the reader's places; the administrator finds every account.
export function findOfficers(db: Db, actor: Actor, text: string, limit: number): Found[] {
  const manages = can(actor, 'user.manage')
  if (!manages && !can(actor, 'household.read')) return []
  const wanted = { text: text.trim().toLowerCase(), limit }
  const found = manages ? everybody(db).all(wanted) : actor.regions.flatMap((code) => officersIn(db).all({ ...wanted, code, above: JSON.stringify(codesTo(code)) }))
  const each = [...new Map(found.map((officer) => [officer.id, officer])).values()].sort((one, other) => one.name < other.name ? -1 : Number(one.name > other.name))
  return each.slice(0, limit).map(({ id, name, role, codes }) => ({
    href: manages ? `/users/${id}` : FIELD.includes(role) ? `/households?officer=${encodeURIComponent(id)}` : '/reviews',
    title: name, note: join(ROLE_WORDS[role], (JSON.parse(codes) as string[]).slice(0, 2).map((code) => findRegionName(db, code) ?? code).join(', ')),
  }))
}

// Of the reader's own places first. Where one's households are, they are what is looked for; elsewhere the place itself.
export function findVillages(db: Db, actor: Actor, text: string, limit: number): Found[] {
  const reads = can(actor, 'household.read')
  return searchRegions(db, text.trim(), 200).filter(({ validTo }) => validTo === null)
    .map((region) => ({ ...region, own: reads && isWithin(region.code, actor) }))
    .sort((one, other) => Number(other.own) - Number(one.own) || other.level - one.level).slice(0, limit)
    .map(({ code, name, own }) => ({
      href: own ? `/households?region=${code}` : `/regions/${code}`, title: name,
      note: join(codesTo(code).slice(0, -1).reverse().map((one) => findRegionName(db, one) ?? one).join(', '), code),
    }))
}
