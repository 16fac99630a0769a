import { decisionsOf, MOST_SHOWN, waitingFor } from '#app/local/deciding.ts'
import { getLocal, isRunning, monthsIn, owns, standingOf, type Reader } from '#app/local/programmes.ts'
import { listLocalRecipients, type LocalRecipientPlace } from '#app/local/recipients.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'

// The desa a page is about: that of BLT, else the one that was chosen, or the only one of the reader.
export function villageOf(actor: Actor, { programme, regionCode }: { programme: string, regionCode: string }, region: string): string {
  if (programme === 'blt') return isWithin(regionCode, actor) ? regionCode : ''
  const own = actor.regions.filter((code) => code.startsWith(regionCode))
  const chosen = region || (own.length === 1 ? own[0]! : '')
  return chosen.length === VILLAGE && isWithin(chosen, actor) && chosen.startsWith(regionCode) ? chosen : ''
}

// All the page of a programme tells and asks.
export function readLocal(reader: Reader, id: string, { region, state }: { region: string, state?: string }, after?: LocalRecipientPlace) {
  const { db, actor } = reader
  const local = getLocal(reader, id)
  const village = villageOf(actor, local, region)
  const running = isRunning(local)
  const manages = can(actor, 'local.manage')
  return {
    local, programme: programmeOf(local.programme), owner: findRegionName(db, local.regionCode) ?? local.regionCode, running, months: monthsIn(local), village, villageName: village && (findRegionName(db, village) ?? village),
    standing: standingOf(db, actor, id, region), recipients: listLocalRecipients(reader, id, { region, state }, after), decisions: decisionsOf(reader, id, region), mostDecisions: MOST_SHOWN, places: placeChoices(db, actor, region), region, state,
    owns: owns(actor, local), manages, mayExport: can(actor, 'export.make'), today: dayOf(new Date().toISOString(), zoneOf(local.regionCode)),
    minutes: manages && running && village ? waitingFor(reader, local, village, 'proposed') : undefined,
    letter: can(actor, 'local.grant') && running && local.programme === 'apbd' && isWithin(local.regionCode, actor) ? waitingFor(reader, local, local.regionCode, 'agreed') : undefined,
  }
}
export type LocalPage = ReturnType<typeof readLocal>

// What a new programme may be: BLT of a desa, aid of a kabupaten by its Dinsos.
export function newChoices({ db, actor }: Reader) {
  const regencies = actor.regions.filter((code) => code.length === REGENCY)
  const names = regionNames(db, actor.regions)
  return {
    kinds: [{ value: 'blt', label: programmeOf('blt').fullName }, ...(regencies.length > 0 ? [{ value: 'apbd', label: programmeOf('apbd').fullName }] : [])],
    own: actor.regions.map((code) => ({ value: code, label: names.get(code)! })), places: (region: string) => placeChoices(db, actor, region),
  }
}
