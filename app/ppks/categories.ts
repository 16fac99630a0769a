import { personOf, HEAD, type Person } from '#app/programmes/people.ts'
import type { Proposed } from '#app/programmes/programme.ts'
import { wordsOn, type Word } from '#app/programmes/settings.ts'
import { invalid } from '#app/problems.ts'
import { ageOn, dayOf } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'

// Domain rule: what these say of a person must not spread.
const SENSITIVE = ['3', '6', '10', '14', '15', '16', '17', '18', '19', '20']
export const isSensitive = (category: string) => SENSITIVE.includes(category)

export type Rule = { unit: 'person' | 'family' | 'community', age?: { from: number, to: number, strict: boolean }, sex?: number }

// "age:5-18!" refuses who is outside, "age:18-?" asks for an explanation; whole years, both ends within.
export function ruleOf(kind: string): Rule {
  const age = /\bage:(\d+)-(\d*)([!?])/.exec(kind)
  const sex = /\bsex:([12])/.exec(kind)
  return {
    unit: kind === 'family' || kind === 'community' ? kind : 'person',
    ...(age && { age: { from: Number(age[1]), to: age[2] ? Number(age[2]) : 150, strict: age[3] === '!' } }),
    ...(sex && { sex: Number(sex[1]) }),
  }
}

// The rule as a person reads it, '' if there is none.
export function sayRule({ unit, age, sex }: Rule): string {
  const years = age && (age.to >= 150 ? `${age.from} tahun ke atas` : age.from === 0 ? `belum ${age.to + 1} tahun` : `${age.from}–${age.to} tahun`)
  return [unit === 'family' && 'dicatat atas nama kepala keluarga', unit === 'community' && 'dicatat atas nama wakil komunitas', sex === 2 && 'perempuan', years && `umur ${years}${age.strict ? '' : ', di luar itu dengan penjelasan'}`]
    .filter(Boolean).join(', ')
}

// Who may be entered into a category: of the age and sex it is for. That he lives there and does not stand in it yet, the
// engine has seen to. Ages are those of the day it was proposed.
export function checkEntry(db: Db, change: Proposed, now: string) {
  const category = wordsOn(db, 'ppks', 'category', dayOf(now)).find(({ code }) => code === change.variant)
  const person = personOf(db, change)
  if (category && person) refuseOutside(category, person, change.data.ageNote, dayOf(change.proposedAt))
}

function refuseOutside({ label, kind }: Word, { relation, sex, birthDate }: Person, note: unknown, day: string) {
  const rule = ruleOf(kind)
  if (rule.unit === 'family' && relation !== HEAD) throw invalid({ memberSeq: `${label} dicatat atas nama kepala keluarga. Pilih kepala keluarganya.` })
  if (rule.sex !== undefined && sex !== rule.sex) throw invalid({ variant: `${label} hanya untuk perempuan.` })
  const age = birthDate === null ? undefined : ageOn(birthDate, day)
  if (!rule.age || (age !== undefined && age >= rule.age.from && age <= rule.age.to)) return
  const words = `${label}: ${sayRule({ unit: 'person', age: rule.age })}; ${age === undefined ? 'tanggal lahir orang ini tidak tercatat' : `umur orang ini ${age} tahun`}.`
  if (age !== undefined && rule.age.strict) throw invalid({ variant: words })
  if (!note) throw invalid({ ageNote: `${words} Tuliskan penjelasannya.` })
}
