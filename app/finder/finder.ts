import { findCommands } from '#app/finder/commands.ts'
import { findOfficers, findPeople, findVillages, showHit, type Hit } from '#app/finder/places-and-people.ts'
import { findByText, readSearch } from '#app/households/search.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'

export type Found = { href: string, title: string, note?: string, mark?: string }
export type Group = { kind: 'commands' | 'households' | 'members' | 'officers' | 'villages', found: Found[], moreHref?: string }

const SHOWN = 6
// Few are shown, some more are read, so that those whose name it is come before those who live with them.
const READ = 60

// One box for everything: pages of one's role, households and people, officers, desa; each within the reader's places.
export function find(db: Db, actor: Actor, text: string): Group[] {
  const search = readSearch(text)
  const words = search?.kind === 'words' ? search.words : []
  const commands: Found[] = search?.kind === 'number' ? [] : findCommands(actor, words).map(({ href, label }) => ({ href, title: label }))
  if (!search) return [{ kind: 'commands', found: commands }]
  const long = words.join('').length > 1
  const reads = can(actor, 'household.read') && (long || search.kind === 'number')
  const numbers = reads ? findByText(db, search, actor.regions, READ) : []
  const { households, members } = findPeople(db, actor, search, numbers)
  const moreHref = numbers.length >= READ || households.length + members.length > SHOWN * 2 ? `/households?q=${encodeURIComponent(text)}` : undefined
  const shown = (some: Hit[]) => some.slice(0, SHOWN).map((one) => showHit(db, one))
  const groups: Group[] = [
    { kind: 'commands', found: commands.slice(0, SHOWN) },
    { kind: 'households', found: shown(households), moreHref },
    { kind: 'members', found: shown(members) },
    { kind: 'officers', found: long ? findOfficers(db, actor, text, SHOWN) : [] },
    { kind: 'villages', found: long ? findVillages(db, actor, text, SHOWN) : [] },
  ]
  return groups.filter(({ found }) => found.length > 0)
}
