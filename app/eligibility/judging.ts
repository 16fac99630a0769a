import { benefitOf } from '#app/pkh/benefit.ts'
import type { Member, Rules as PkhRules } from '#app/pkh/components.ts'
import { HEAD } from '#app/programmes/people.ts'
import { ageOn } from '#app/questionnaire/age.ts'

export type Person = Member & { employment: number | null, relation: number | null }
// held: its household was not found at the last visit and waits for a decision nonaktif; restricted: its people asked to be left out.
export type Family = { desil: number | null, members: readonly Person[], contradicting: readonly string[], held?: Holding }

// What is asked of a family on one day. desilMax, ages: null where nobody has set one. monthly: what the programme pays, null
// for PKH, whose amount follows from the components. quotas: how many places a kabupaten/kota or a desa has;
// quotaEach: the same for each of them, which goes before what is set.
export type Rules = {
  unit: 'family' | 'person'
  day: string
  desilMax: number | null
  needsComponent: boolean
  occupations: readonly number[]
  ageMin: number | null
  ageMax: number | null
  contradicts: readonly string[]
  monthly: number | null
  quotas: Record<string, number>
  quotaEach: { regency: number | null, village: number | null }
}

export const RULE_CODES = ['present', 'held', 'restricted', 'desil', 'component', 'occupation', 'contradicting', 'age'] as const
export type Holding = 'held' | 'restricted'
export const isHolding = (rule: string) => rule === 'held' || rule === 'restricted'
export type RuleCode = typeof RULE_CODES[number]
// found: the family's own number; wanted: that of the rule.
export type Check = { rule: RuleCode, passed: boolean, found: number | null, wanted: number | null }
// components: how many members count in PKH, which also orders a quota. persons: who of the family is meant, for a programme of persons.
export type Verdict = { eligible: boolean, checks: Check[], components: number, perYear: number, persons: number[] }

const MONTHS = 12

// Pure: the real run, what-if and the explanation of one family all ask here.
export function judgeFamily({ desil, members, contradicting, held }: Family, rules: Rules, pkh: PkhRules): Verdict {
  const present = members.filter((member) => member.present)
  const benefit = benefitOf(present, rules.day, pkh)
  const components = benefit.members.filter(({ why }) => why === 'counted').length
  const persons = rules.unit === 'person' ? present.filter((member) => agePasses(member, rules)).map(({ seq }) => seq) : []
  const checks: Check[] = [{ rule: 'present', passed: present.length > 0, found: present.length, wanted: 1 }]
  const ask = (rule: RuleCode, passed: boolean, found: number | null, wanted: number | null) => void checks.push({ rule, passed, found, wanted })
  if (held) ask(held, false, 1, 0)
  if (rules.desilMax !== null) ask('desil', passesDesil(desil, rules.desilMax), desil, rules.desilMax)
  if (rules.needsComponent) ask('component', components > 0, components, 1)
  if (rules.occupations.length > 0) askOccupation(ask, present, rules)
  if (rules.contradicts.length > 0) ask('contradicting', contradicting.length === 0, contradicting.length, 0)
  if (rules.ageMin !== null || rules.ageMax !== null) askAge(ask, present, persons, rules)
  return { eligible: checks.every(({ passed }) => passed), checks, components, perYear: rules.monthly === null ? benefit.perYear : rules.monthly * MONTHS, persons }
}

// What no family of such a desil can fulfil whatever else is known of it: nobody need be read for that.
export const isBeyond = (desil: number | null, { desilMax }: Rules): boolean => desilMax !== null && !passesDesil(desil, desilMax)

const passesDesil = (desil: number | null, most: number) => desil !== null && desil <= most

type Ask = (rule: RuleCode, passed: boolean, found: number | null, wanted: number | null) => void

function askOccupation(ask: Ask, present: readonly Person[], { occupations }: Rules) {
  const count = present.filter(({ employment }) => employment !== null && occupations.includes(employment)).length
  ask('occupation', count === 0, count, 0)
}

// Of a programme of families the age of the head is asked; of persons that of each, and the family fails when none is left.
function askAge(ask: Ask, present: readonly Person[], persons: number[], rules: Rules) {
  if (rules.unit === 'person') return ask('age', persons.length > 0, persons.length, 1)
  const head = present.find(({ relation }) => relation === HEAD)
  const age = head?.birthDate ? ageOn(head.birthDate, rules.day) ?? null : null
  ask('age', head !== undefined && agePasses(head, rules), age, rules.ageMin ?? rules.ageMax)
}

// An unknown age passes no limit of age.
function agePasses({ birthDate }: Person, { ageMin, ageMax, day }: Rules): boolean {
  if (ageMin === null && ageMax === null) return true
  const age = birthDate === null ? undefined : ageOn(birthDate, day)
  return age !== undefined && age >= (ageMin ?? 0) && age <= (ageMax ?? Infinity)
}
