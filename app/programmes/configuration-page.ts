import { keysOf, listSettings } from '#app/programmes/configuring.ts'
import { listPeriods } from '#app/programmes/periods.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'

const mayManage = (actor: Actor, regionCode: string) => regionCode === '' ? can(actor, 'programme.configure') : can(actor, 'programme.prepare') && isWithin(regionCode, actor)

// The periods a reader works with, and the places he may make one for.
export function readPeriods(db: Db, actor: Actor) {
  const periods = listPeriods(db, actor)
  const codes = [...(can(actor, 'programme.configure') ? [''] : []), ...(can(actor, 'programme.prepare') ? actor.regions.filter((code) => code.length === REGENCY) : [])]
  const names = regionNames(db, [...periods.map(({ regionCode }) => regionCode), ...codes])
  return {
    periods: periods.map((period) => ({ ...period, regionName: names.get(period.regionCode)!, mayManage: mayManage(actor, period.regionCode) })), places: codes.map((code) => ({ code, name: names.get(code)! })),
  }
}

export function readSettings(db: Db, actor: Actor, code: ProgrammeCode) {
  const { settings, words } = listSettings(db, actor, code)
  const names = regionNames(db, settings.map(({ regionCode }) => regionCode))
  return { programme: programmeOf(code), words, keys: keysOf(db, code), settings: settings.map((one) => ({ ...one, regionName: names.get(one.regionCode)! })), mayConfigure: can(actor, 'programme.configure') }
}
