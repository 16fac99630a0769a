import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { benefitOf } from '#app/pkh/benefit.ts'
import { COMPONENTS, componentsOf, type Component, type Member, type Rules } from '#app/pkh/components.ts'
import { familyBenefit, membersOf } from '#app/pkh/families.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, freshDatabase } from '#test/support/world.ts'

const DAY = '2026-03-02'
const db = freshDatabase()
const RULES = rulesOn(db, DAY, '')

type Given = Partial<Omit<Member, 'seq'>>
const person = (given: Given, i: number): Member =>
  ({ seq: i + 1, birthDate: '1985-06-15', present: true, pregnant: false, disability: 0, schooling: 2, education: 4, ...given })
const family = (...people: Given[]) => people.map(person)
const pupil = (birthDate: string, education: number): Given => ({ birthDate, schooling: 1, education })

const [ADULT, MOTHER, TODDLER, ELDERLY, SEVERE]: Given[] = [{}, { pregnant: true }, { birthDate: '2023-01-10', schooling: null, education: null }, { birthDate: '1950-01-01' }, { disability: 12 }]
const [SD, SMP, SMA] = [pupil('2017-04-01', 1), pupil('2012-04-01', 4), pupil('2009-04-01', 7)]

// [the family, what each member counts as (- not), rupiah a year]. Worked out by hand from the index of 2026.
const GOLDEN: [name: string, people: Given[], counted: string, perYear: number][] = [
  ['a couple with nobody in a component', [ADULT!, ADULT!], '- -', 0],
  ['nobody at all', [], '', 0],
  ['a pregnant mother', [ADULT!, MOTHER!], '- pregnancy', 3_000_000],
  ['a toddler', [ADULT!, TODDLER!], '- early_childhood', 3_000_000],
  ['a pupil of SD', [ADULT!, SD!], '- sd', 900_000],
  ['a pupil of SMP', [ADULT!, SMP!], '- smp', 1_500_000],
  ['a pupil of SMA', [ADULT!, SMA!], '- sma', 2_000_000],
  ['one old person', [ELDERLY!], 'elderly', 3_000_000],
  ['one with a severe disability', [SEVERE!], 'disability', 3_000_000],
  ['one of each school', [SD!, SMP!, SMA!], 'sd smp sma', 4_400_000],
  ['four pupils of SD: no limit of their own', [SD!, SD!, SD!, SD!], 'sd sd sd sd', 3_600_000],
  ['five pupils of SD: the fifth is one too many', [SD!, SD!, SD!, SD!, SD!], 'sd sd sd sd -', 3_600_000],
  ['two toddlers', [TODDLER!, TODDLER!], 'early_childhood early_childhood', 6_000_000],
  ['three toddlers: the third by number does not count', [TODDLER!, TODDLER!, TODDLER!], 'early_childhood early_childhood -', 6_000_000],
  ['two pregnant women', [MOTHER!, MOTHER!], 'pregnancy pregnancy', 6_000_000],
  ['three pregnant women', [MOTHER!, MOTHER!, MOTHER!], 'pregnancy pregnancy -', 6_000_000],
  ['two old people: one counts', [ELDERLY!, ELDERLY!], 'elderly -', 3_000_000],
  ['two with a severe disability: one counts', [SEVERE!, SEVERE!], 'disability -', 3_000_000],
  ['old and severely disabled counts once', [{ ...ELDERLY, disability: 12 }], 'elderly', 3_000_000],
  ['old and disabled gives the place of the old to the other', [{ ...ELDERLY, disability: 12 }, ELDERLY!], 'disability elderly', 6_000_000],
  ['the same, whoever stands first', [ELDERLY!, { ...ELDERLY, disability: 12 }], 'elderly disability', 6_000_000],
  ['the highest four of five', [SD!, SMP!, SMA!, TODDLER!, MOTHER!], '- smp sma early_childhood pregnancy', 9_500_000],
  ['the highest four of six', [SD!, SD!, ELDERLY!, SEVERE!, TODDLER!, MOTHER!], '- - elderly disability early_childhood pregnancy', 12_000_000],
  ['four places of three millions, five who fit: the order of components', [SEVERE!, ELDERLY!, TODDLER!, TODDLER!, MOTHER!], '- elderly early_childhood early_childhood pregnancy', 12_000_000],
  ['two SMA before three SMP', [SMP!, SMP!, SMP!, SMA!, SMA!], 'smp smp - sma sma', 7_000_000],
  ['a third toddler leaves the place to a pupil', [TODDLER!, TODDLER!, TODDLER!, SD!], 'early_childhood early_childhood - sd', 6_900_000],
  ['a pregnant pupil of SMA counts as pregnant', [{ ...SMA, pregnant: true }], 'pregnancy', 3_000_000],
  ['the third pregnant pupil counts as a pupil', [{ ...SMA, pregnant: true }, { ...SMA, pregnant: true }, { ...SMA, pregnant: true }], 'pregnancy pregnancy sma', 8_000_000],
  ['six years old in SD counts as early childhood', [pupil('2020-01-10', 1)], 'early_childhood', 3_000_000],
  ['the day before the seventh birthday', [{ ...TODDLER, birthDate: '2019-03-03' }], 'early_childhood', 3_000_000],
  ['the seventh birthday', [{ ...TODDLER, birthDate: '2019-03-02' }], '-', 0],
  ['the seventh birthday, at school', [pupil('2019-03-02', 1)], 'sd', 900_000],
  ['born today', [{ ...TODDLER, birthDate: DAY }], 'early_childhood', 3_000_000],
  ['born tomorrow is not born', [{ ...TODDLER, birthDate: '2026-03-03' }], '-', 0],
  ['five years old in SD, with both toddler places taken', [TODDLER!, TODDLER!, pupil('2021-02-01', 1)], 'early_childhood early_childhood -', 6_000_000],
  ['six years old in SD, with both toddler places taken', [TODDLER!, TODDLER!, pupil('2020-03-02', 1)], 'early_childhood early_childhood sd', 6_900_000],
  ['the day before the 70th birthday', [{ birthDate: '1956-03-03' }], '-', 0],
  ['the 70th birthday', [{ birthDate: '1956-03-02' }], 'elderly', 3_000_000],
  ['the day before the 22nd birthday, still in SMA', [pupil('2004-03-03', 8)], 'sma', 2_000_000],
  ['the 22nd birthday, still in SMA', [pupil('2004-03-02', 8)], '-', 0],
  ['born on 29 February, the day after 28 February', [{ ...TODDLER, birthDate: '2020-02-29' }], 'early_childhood', 3_000_000],
  ['Paket A, B and C', [pupil('2015-01-01', 2), pupil('2011-01-01', 5), pupil('2008-01-01', 8)], 'sd smp sma', 4_400_000],
  ['madrasah of each level', [pupil('2015-01-01', 3), pupil('2011-01-01', 6), pupil('2008-01-01', 9)], 'sd smp sma', 4_400_000],
  ['a student at university', [pupil('2006-01-01', 10)], '-', 0],
  ['a boy who left school', [{ birthDate: '2012-04-01', schooling: 2, education: 4 }], '-', 0],
  ['a pupil whose level nobody wrote down', [{ birthDate: '2012-04-01', schooling: 1, education: null }], '-', 0],
  ['a pupil without a date of birth', [{ birthDate: null, schooling: 1, education: 1 }], '-', 0],
  ['a pregnant woman without a date of birth', [{ birthDate: null, pregnant: true }], 'pregnancy', 3_000_000],
  ['a date of birth that is none', [{ birthDate: '2023-02-30' }], '-', 0],
  ['one who is lame: not severe', [{ disability: 1 }], '-', 0],
  ['blind: not severe', [{ disability: 2 }], '-', 0],
  ['blind and lame: severe', [{ disability: 6 }], 'disability', 3_000_000],
  ['a toddler who died', [ADULT!, { ...TODDLER, present: false }], '- -', 0],
  ['one toddler moved away, two stayed, one came', [{ ...TODDLER, present: false }, TODDLER!, TODDLER!, TODDLER!], '- early_childhood early_childhood -', 6_000_000],
  ['everybody gone', [{ ...MOTHER, present: false }, { ...TODDLER, present: false }], '- -', 0],
]

const golden = suite('the benefit of a family')
for (const [name, people, counted, perYear] of GOLDEN) {
  golden(name, () => {
    const benefit = benefitOf(family(...people), DAY, RULES)
    assert.is(benefit.members.map(({ component }) => component ?? '-').join(' '), counted)
    assert.is(benefit.perYear, perYear)
    assert.is(benefit.perPayment, Math.floor(perYear / 4))
  })
}

golden('says of each member why he counts or not', () => {
  const why = (...people: Given[]) => benefitOf(family(...people), DAY, RULES).members.map((one) => one.why)
  assert.equal(why(TODDLER!, TODDLER!, TODDLER!, ADULT!, { birthDate: null }, { ...MOTHER, present: false }),
    ['counted', 'counted', 'component_full', 'no_component', 'no_birth_date', 'absent'])
  assert.equal(why(SMA!, SMA!, SMA!, SMA!, SD!), ['counted', 'counted', 'counted', 'counted', 'family_full'])
  assert.equal(benefitOf(family(SD!), DAY, { ...RULES, amounts: { pregnancy: 1 } }).members[0]!.why, 'unpaid')
})

golden('follows the dated amounts: the old and the disabled got less before 2026', () => {
  const before = (people: Given[], day: string) => benefitOf(family(...people), day, rulesOn(db, day, '')).perYear
  assert.is(before([ELDERLY!, SEVERE!], '2025-12-31'), 4_800_000)
  assert.is(before([ELDERLY!, SEVERE!], '2026-01-01'), 6_000_000)
  assert.is(before([{ birthDate: '1957-06-01' }], '2019-06-01'), 0)
})

golden('is worked out from the registry, for each family of a household apart', () => {
  const fresh = freshDatabase()
  const record = aRecord()
  const [head, wife] = [record.members[0]!, record.members[1]!]
  addHousehold(fresh, 'asep', { record: {
    ...record, families: [...record.families, { familySeq: 2, kkNumber: '9902011503109999' }],
    members: [head, { ...wife, pregnant: true }, { ...head, memberSeq: 3, familySeq: 2, nik: null, birthDate: '1950-01-01' }, { ...wife, memberSeq: 4, familySeq: 2, nik: null, memberPresence: 2, pregnant: true }],
  } })
  const worth = (familySeq: number) => familyBenefit(fresh, 'asep', familySeq, DAY, RULES)
  assert.is(worth(1), 3_000_000)
  assert.is(worth(2), 3_000_000)
  assert.equal(membersOf(fresh, 'asep', 2).map(({ present }) => present), [true, false])
  assert.is(worth(3), 0)
  fresh.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('asep', 'pindah', '2026-01-01', 'test')").run()
  assert.is(worth(1), 0)
})
golden.run()

const properties = suite('the benefit of any family')

const anybody: fc.Arbitrary<Given> = fc.record({
  birthDate: fc.option(fc.date({ min: new Date('1935-01-01'), max: new Date('2026-03-02'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)), { nil: null }),
  present: fc.boolean(), pregnant: fc.boolean(), disability: fc.integer({ min: 0, max: 12 }), schooling: fc.integer({ min: 0, max: 2 }), education: fc.integer({ min: 1, max: 10 }),
})
const anyRules: fc.Arbitrary<Rules> = fc.record({
  amounts: fc.record(Object.fromEntries(COMPONENTS.map((component) => [component, fc.integer({ min: 0, max: 5 })])) as Record<Component, fc.Arbitrary<number>>),
  limits: fc.record(Object.fromEntries(COMPONENTS.map((component) => [component, fc.integer({ min: 0, max: 3 })])) as Record<Component, fc.Arbitrary<number>>, { requiredKeys: [] }),
  mostMembers: fc.integer({ min: 0, max: 5 }),
}).map((rules) => ({ ...RULES, ...rules }))
const anyFamily = fc.array(anybody, { maxLength: 7 }).map((people) => family(...people))

properties('never goes over a limit, and nobody counts twice or without reason', () => fc.assert(fc.property(anyFamily, anyRules, (people, rules) => {
  const { members, perYear } = benefitOf(people, DAY, rules)
  const counted = members.filter(({ component }) => component !== null)
  assert.ok(counted.length <= rules.mostMembers)
  for (const component of COMPONENTS) assert.ok(counted.filter((one) => one.component === component).length <= (rules.limits[component] ?? Infinity))
  for (const { seq, component } of counted) assert.ok(componentsOf(people.find((one) => one.seq === seq)!, DAY, rules).includes(component!))
  assert.is(perYear, counted.reduce((sum, { component }) => sum + rules.amounts[component!]!, 0))
}), { numRuns: 400 }))

properties('is never less with one person more, nor does it follow the order of the members', () => fc.assert(fc.property(anyFamily, anybody, anyRules, (people, newcomer, rules) => {
  const { perYear } = benefitOf(people, DAY, rules)
  assert.ok(benefitOf([...people, person(newcomer, people.length)], DAY, rules).perYear >= perYear)
  const turned = people.map((one, i) => ({ ...one, seq: people.length - i }))
  assert.is(benefitOf(turned, DAY, rules).perYear, perYear)
}), { numRuns: 400 }))

properties('is the most the rules allow', () => fc.assert(fc.property(fc.array(anybody, { maxLength: 5 }).map((people) => family(...people)), anyRules, (people, rules) => {
  const fits = people.map((one) => componentsOf(one, DAY, rules))
  const best = (i: number, used: Component[]): number => i === people.length ? used.reduce((sum, component) => sum + rules.amounts[component]!, 0)
    : Math.max(best(i + 1, used), ...fits[i]!.filter((component) => used.length < rules.mostMembers && used.filter((one) => one === component).length < (rules.limits[component] ?? Infinity))
      .map((component) => best(i + 1, [...used, component])))
  assert.is(benefitOf(people, DAY, rules).perYear, best(0, []))
}), { numRuns: 300 }))
properties.run()
