import { addMonths, ageOn } from '#app/questionnaire/age.ts'

// In the order that decides between components of the same amount.
export const COMPONENTS = ['pregnancy', 'early_childhood', 'elderly', 'disability', 'sma', 'smp', 'sd'] as const
export type Component = typeof COMPONENTS[number]

// One of a family as the registry has him; codes as in the questionnaire (412, 413, 415, 416). pregnantSince: the day from which
// that is known; without one a pregnancy has no end.
export type Member = {
  seq: number, birthDate: string | null, present: boolean, pregnant: boolean, pregnantSince?: string | null, disability: number | null, schooling: number | null, education: number | null
}

// What holds on one day. An amount that nobody has set is undefined: that component is not paid. A limit that is not set does not limit.
export type Rules = {
  amounts: Partial<Record<Component, number>>
  limits: Partial<Record<Component, number>>
  mostMembers: number
  ages: { earlyChildhoodMax: number, schoolMin: number, schoolMax: number, elderlyMin: number }
  severe: ReadonlySet<number>
  pregnancyMonths: number
  paymentsPerYear: number
}

const STILL_AT_SCHOOL = 1
const SCHOOLS: [Component, number, number][] = [['sd', 1, 3], ['smp', 4, 6], ['sma', 7, 9]]

// No pregnancy lasts longer; after that only the registry is old.
export const isPast = (since: string | null | undefined, day: string, months: number): boolean => typeof since === 'string' && addMonths(since, months) <= day

// Every component one falls in on a day. Ages are whole years: somebody is "0–6" up to the day before the seventh birthday.
export function componentsOf({ birthDate, present, pregnant, pregnantSince, disability, schooling, education }: Member, day: string, { ages, severe, pregnancyMonths }: Pick<Rules, 'ages' | 'severe' | 'pregnancyMonths'>): Component[] {
  if (!present) return []
  const found: Component[] = []
  const age = birthDate === null ? undefined : ageOn(birthDate, day)
  if (pregnant && !isPast(pregnantSince, day, pregnancyMonths)) found.push('pregnancy')
  if (age !== undefined && age <= ages.earlyChildhoodMax) found.push('early_childhood')
  if (age !== undefined && age >= ages.elderlyMin) found.push('elderly')
  if (disability !== null && severe.has(disability)) found.push('disability')
  if (schooling === STILL_AT_SCHOOL && age !== undefined && age >= ages.schoolMin && age <= ages.schoolMax) {
    const school = SCHOOLS.find(([, from, to]) => education !== null && education >= from && education <= to)
    if (school) found.push(school[0])
  }
  return found
}
