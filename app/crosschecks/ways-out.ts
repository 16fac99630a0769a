import { PROGRAMMES } from '#app/programmes/registry.ts'
import type { Facts, Programme, ProgrammeCode } from '#app/programmes/programme.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { FindingKind } from '#db/schema/crosschecks.ts'

export type WayOut = { href: string, label: string }
type About = { kind: FindingKind, programme: ProgrammeCode | '', recipientId: string | null, householdId: string | null, familySeq: number | null, state: string | null, facts: Facts, seesHome: boolean }

const MOST = 2
const changeHref = (programme: string, query: Record<string, string>) => `/programmes/${programme}/changes/new?${new URLSearchParams(query)}`

// Changes of the programme that end the aid of somebody who stands in this state.
const endings = ({ changes, states }: Programme, state: string) => Object.entries(changes)
  .filter(([, { from, to }]) => from !== 'nobody' && from.includes(state) && states[to]?.phase === 'ended')
const entryOf = ({ changes }: Programme) => Object.entries(changes).find(([, { from, replaces }]) => from === 'nobody' && !replaces)

// Where to go on, the most fitting first.
export function waysOut(actor: Actor, about: About): WayOut[] {
  const { recipientId, programme, householdId, seesHome } = about
  const home = householdId !== null && seesHome ? [{ href: `/households/${householdId}`, label: 'Buka rumah tangga' }] : []
  if (recipientId === null || programme === '') return [...can(actor, 'programme.propose') ? entries(about) : [], ...home]
  const own = { href: `/programmes/${programme}/recipients/${recipientId}`, label: 'Buka data penerima' }
  const proposals = can(actor, 'programme.propose') && about.kind !== 'unregistered' && about.kind !== 'two_families' ? proposalsFor(about, programme, recipientId) : []
  return [...proposals, ...about.kind === 'two_families' && can(actor, 'duplicate.read') ? [{ href: '/duplicates', label: 'Buka data ganda' }] : [], own, ...home]
}

const proposalsFor = ({ state }: About, programme: ProgrammeCode, recipient: string): WayOut[] => state === null ? [] : endings(PROGRAMMES[programme], state)
  .slice(0, MOST).map(([kind, { label }]) => ({ href: changeHref(programme, { kind, recipient }), label }))

// Of a family that gets nothing: into the programmes for families whose limit it keeps.
function entries({ householdId, familySeq, facts }: About): WayOut[] {
  const fitting = String(facts.programmes ?? '').split(',').flatMap((code) => PROGRAMMES[code as ProgrammeCode] ?? []).filter(({ unit }) => unit === 'family')
  return fitting.flatMap((programme) => {
    const entry = entryOf(programme)
    return entry && householdId !== null ? [{ href: changeHref(programme.code, { kind: entry[0], household: householdId, family: String(familySeq) }), label: `Usulkan ${programme.name}` }] : []
  })
}
