import type { CentralCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { childrenOf, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

// The kabupaten/kota somebody may bring files for: his own, or for the ministry every one.
export function regencyChoices(db: Db, actor: Actor) {
  const own = actor.regions.filter((code) => code.length === REGENCY)
  const found = own.length > 0 ? [...regionNames(db, own)].map(([code, name]) => ({ code, name })) : childrenOf(db, '').flatMap(({ code }) => childrenOf(db, code))
  return found.map(({ code, name }) => ({ value: code, label: name }))
}

// What the upload page of a programme asks and explains. Most lists are of those who already receive.
export function readUpload(db: Db, actor: Actor, code: CentralCode) {
  const { number, unit, states, variants } = programmeOf(code)
  const entries = Object.entries(states)
  return {
    programme: code, number, ofFamily: unit === 'family', states: entries.map(([value, { label }]) => ({ value, label })),
    startState: (code === 'ppks' ? entries[0] : entries.find(([, { phase }]) => phase === 'receiving'))?.[0] ?? '', regencies: regencyChoices(db, actor),
    categories: variants ? wordsOn(db, code, variants, dayOf(new Date().toISOString())).map(({ code: value, label }) => `${value} ${label}`) : [],
  }
}
