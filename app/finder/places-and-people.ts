import type { Found } from '#app/finder/finder.ts'
import { hideCard } from '#app/households/masking.ts'
import type { Search } from '#app/households/search.ts'
import { codesTo, findRegionName, searchRegions } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { usersNamed } from '#app/users/names.ts'
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
export function findPeople(db: Db, actor: Actor, search: Search, numbers: number[]): { households: Hit[], members: Hit[] } {
  const homes = homesAt(db).all(JSON.stringify(numbers)).filter(({ regionCode }) => isWithin(regionCode, actor))
  const [heads, rest]: [Hit[], Hit[]] = [[], []]
  const members: Hit[] = []
  for (const home of homes) {
    const people = (JSON.parse(home.people) as Person[]).filter(({ name }) => name !== home.headName)
    const theirs = people.filter(({ name, nik }) => search.kind === 'number' ? nik === search.digits : bears(name, search.words))
    const isHead = search.kind === 'number' ? home.headNik === search.digits : bears(home.headName, search.words)
    if (isHead) heads.push({ home })
    else if (theirs.length === 0) rest.push({ home })
    members.push(...theirs.map((person) => ({ home, person })))
  }
  return { households: [...byTitle(heads), ...byTitle(rest)], members: byTitle(members) }
}

// person: who of the home was found, where it is not the home itself.
export type Hit = { home: Home, person?: Person }

const titleOf = ({ home, person }: Hit) => person?.name ?? home.headName
const { compare } = new Intl.Collator('id')
const byTitle = (found: Hit[]) => found.sort((one, other) => compare(titleOf(one), titleOf(other)))

/** How one of them is shown; worked out for those alone that are. */
export function showHit(db: Db, { home, person }: Hit): Found {
  const place = placeName(db, home.regionCode)
  const note = person ? join(`di rumah ${home.headName}`, person.nik && `NIK ${hideCard(person.nik)}`, place) : join(home.headNik && `NIK ${hideCard(home.headNik)}`, home.address, place)
  return { href: `/households/${home.id}`, title: titleOf({ home, person }), note, ...home.inactive ? { mark: 'Nonaktif' } : {} }
}

const join = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(' · ')

// "Poncosari, Srandakan": a village's name alone is rarely the only one.
const placeName = (db: Db, code: string) => codesTo(code).slice(-2).reverse().map((one) => findRegionName(db, one) ?? one).join(', ')

const FIELD: Role[] = ['enumerator', 'village_operator']

// Those who work in the reader's places, and those whose place it lies in; the administrator finds every account.
export function findOfficers(db: Db, actor: Actor, text: string, limit: number): Found[] {
  const manages = can(actor, 'user.manage')
  if (!manages && !can(actor, 'household.read')) return []
  const found = usersNamed(db, text, { most: limit, ...manages ? { regions: [''] } : { regions: actor.regions, roles: [...FIELD, 'supervisor'] } })
  return found.map(({ id, name, role, codes }) => ({
    href: manages ? `/users/${id}` : FIELD.includes(role) ? `/households?officer=${encodeURIComponent(id)}` : '/reviews',
    title: name, note: join(ROLE_WORDS[role], codes.slice(0, 2).map((code) => findRegionName(db, code) ?? code).join(', ')),
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
