import { COMPONENTS, componentsOf, isPast, type Component, type Member, type Rules } from '#app/pkh/components.ts'

// Why somebody counts or does not: a code that views say in a sentence.
export type Why = 'counted' | 'absent' | 'pregnancy_over' | 'no_birth_date' | 'no_component' | 'unpaid' | 'component_full' | 'family_full'
export type Counted = { seq: number, components: Component[], component: Component | null, amount: number, why: Why }
export type Benefit = { members: Counted[], perYear: number, perPayment: number }

// The components are filled from the highest amount down, those of one amount in the order of COMPONENTS, each with the first
// by number who fits; somebody already counted gives way where he fits another place, so that no family gets less for the
// order its members stand in. This is the most the rules allow, and one more member never makes it less.
export function benefitOf(members: readonly Member[], day: string, rules: Rules): Benefit {
  const people = [...members].sort((one, other) => one.seq - other.seq)
  const fits = people.map((member) => componentsOf(member, day, rules))
  const placed = place(fits, rules)
  const counted = people.map((member, i): Counted => {
    const component = placed.at[i] ?? null
    const amount = component === null ? 0 : rules.amounts[component] ?? 0
    return { seq: member.seq, components: fits[i]!, component, amount, why: component === null ? whyNot(member, fits[i]!, placed, rules, day) : 'counted' }
  })
  const perYear = counted.reduce((sum, { amount }) => sum + amount, 0)
  return { members: counted, perYear, perPayment: Math.floor(perYear / rules.paymentsPerYear) }
}

type Placed = { at: (Component | undefined)[], used: Map<Component, number>, total: number }

const paid = ({ amounts }: Rules, component: Component) => (amounts[component] ?? 0) > 0

const orders = new WeakMap<Rules['amounts'], Component[]>()

// From the highest amount down; worked out once for all the families of a run.
function orderOf(rules: Rules): Component[] {
  const known = orders.get(rules.amounts)
  if (known) return known
  const order = COMPONENTS.filter((component) => paid(rules, component)).sort((one, other) => rules.amounts[other]! - rules.amounts[one]!)
  orders.set(rules.amounts, order)
  return order
}

function place(fits: Component[][], rules: Rules): Placed {
  const placed: Placed = { at: [], used: new Map(), total: 0 }
  if (fits.every((one) => one.length === 0)) return placed
  for (const component of orderOf(rules)) {
    if (!fits.some((own) => own.includes(component))) continue
    const limit = Math.min(rules.limits[component] ?? Infinity, rules.mostMembers)
    for (let n = 0; n < limit && placed.total < rules.mostMembers; n += 1) {
      if (!take(component, fits, placed, new Set())) break
      placed.used.set(component, n + 1)
      placed.total += 1
    }
  }
  return placed
}

// Somebody who is free, or one who can be moved out of the way into the place another can take over.
function take(component: Component, fits: Component[][], placed: Placed, asked: Set<number>): boolean {
  const candidates = fits.flatMap((own, i) => own.includes(component) && !asked.has(i) ? [i] : [])
  const free = candidates.find((i) => placed.at[i] === undefined)
  if (free !== undefined) {
    placed.at[free] = component
    return true
  }
  for (const i of candidates) {
    asked.add(i)
    const held = placed.at[i]!
    if (held === component || !take(held, fits, placed, asked)) continue
    placed.at[i] = component
    return true
  }
  return false
}

function whyNot({ present, birthDate, pregnant, pregnantSince }: Member, own: Component[], { total }: Placed, rules: Rules, day: string): Why {
  if (!present) return 'absent'
  if (own.length === 0 && pregnant && isPast(pregnantSince, day, rules.pregnancyMonths)) return 'pregnancy_over'
  if (own.length === 0) return birthDate === null ? 'no_birth_date' : 'no_component'
  if (!own.some((component) => paid(rules, component))) return 'unpaid'
  return total >= rules.mostMembers ? 'family_full' : 'component_full'
}
