import { ageOn } from '#app/questionnaire/age.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { makeHome, makeProgrammes, programmeAnswers, type Programmes } from '#db/seeds/homes.ts'
import { DUSUN, nameFor, SCHOOLS, TOWNS, TRADES } from '#db/seeds/names.ts'
import { lifeAt } from '#db/seeds/lives.ts'
import type { Random } from '#db/seeds/random.ts'

// crowded: with the larger families of a register of the poor; 3.6 people to a household instead of 3.3.
export type Place = { regionCode: string, serial: number, today: string, crowded?: boolean }

// One of a household before its answers: relation to the head, to the head of its own family, and in which family.
type Person = {
  sex: 1 | 2, birthDate: string, age: number, name: string, mother: string, relation: number, family: number, inFamily: number, marital: number
}

const nikRegion = (regionCode: string) => `99${regionCode.slice(3, 5)}${regionCode.slice(6, 8)}`
const four = (number: number) => String(number % 9999 + 1).padStart(4, '0')

// A whole, valid household of people who do not exist: NIK and KK are under province 99, which no region has.
export function makeHousehold(random: Random, { regionCode, serial, today, crowded = false }: Place): HouseholdRecord {
  const people = makePeople(random, today, crowded)
  const wealth = random.below(1000) / 1000
  const programmes = makeProgrammes(random, wealth, people.filter(({ age }) => age >= 7 && age <= 18).length)
  const members = people.map((person, i) => memberAnswers(random, person, i, { regionCode, serial, programmes, people }))
  const familyCount = Math.max(...people.map(({ family }) => family))
  const business = makeBusiness(random, members)
  const head = people[0]!
  const rt = String(random.between(1, 6)).padStart(2, '0')
  const dusun = random.pick(DUSUN)
  return {
    household: {
      headName: head.name, headSex: head.sex, slsName: `RT ${rt} Dusun ${dusun}`, address: `${dusun} RT ${rt}`,
      prelistOrderNo: String(serial), memberCount: people.length, familyCount, hasilVerivali: 1,
      ...makeHome(random, wealth), anyMemberHasBusiness: business !== undefined, ...programmeAnswers(random, programmes),
    },
    families: Array.from({ length: familyCount }, (_, i) => ({ familySeq: i + 1, kkNumber: kkNumber(random, regionCode, serial * 3 + i) })),
    members,
    children: random.chance(0.04) ? [{ name: nameFor(random, random.pick([1, 2] as const), 15), schoolName: random.pick(SCHOOLS) }] : [],
    businesses: business ? [business] : [],
  }
}

const kkNumber = (random: Random, regionCode: string, serial: number) =>
  `${nikRegion(regionCode)}${two(random.between(1, 28))}${two(random.between(1, 12))}${two(random.between(6, 24))}${four(serial)}`

const two = (number: number) => String(number).padStart(2, '0')

// A day on which somebody of this age today was born.
function birthDateOf(random: Random, age: number, today: string) {
  const date = new Date(`${today}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() - age)
  date.setUTCDate(date.getUTCDate() - 1 - random.below(360))
  return date.toISOString().slice(0, 10)
}

type Making = Partial<Person> & { age: number, sex: 1 | 2, relation: number }

function makePeople(random: Random, today: string, crowded: boolean): Person[] {
  const make = ({ age, sex, relation, ...given }: Making): Person => {
    const birthDate = birthDateOf(random, age, today)
    return {
      sex, birthDate, relation, name: nameFor(random, sex, age), mother: nameFor(random, 2, Math.max(60, age + 22)),
      family: 1, inFamily: relation, marital: 1, ...given, age: ageOn(birthDate, today) ?? age,
    }
  }
  return random.weighted<(random: Random, make: (making: Making) => Person) => Person[]>([
    [58, crowded ? largeFamily : couple], [8, oldCouple], [11, mother], [10, alone], [10, withParent], [6, twoFamilies],
  ])(random, make)
}

type Make = (making: Making) => Person
type Children = { motherName: string, motherAge: number, count: number, relation: number, family: number }

function childrenOf(random: Random, make: Make, { motherName, motherAge, count, relation, family }: Children): Person[] {
  const eldest = Math.min(motherAge - random.between(18, 27), 30)
  return Array.from({ length: count }, (_, i) => eldest - i * random.between(3, 5)).filter((age) => age >= 0)
    .map((age) => make({ age, sex: random.pick([1, 2] as const), relation, family, inFamily: 3, mother: motherName }))
}

const USUAL = [[10, 0], [34, 1], [38, 2], [14, 3], [4, 4]] as const
const MANY = [[4, 0], [20, 1], [36, 2], [26, 3], [14, 4]] as const

const couple = (random: Random, make: Make) => family(random, make, USUAL)
const largeFamily = (random: Random, make: Make) => family(random, make, MANY)

function family(random: Random, make: Make, children: typeof USUAL | typeof MANY): Person[] {
  const age = random.between(24, 57)
  const man = make({ age, sex: 1, relation: 1, marital: 2 })
  const wife = make({ age: Math.max(20, age - random.between(0, 7)), sex: 2, relation: 2, marital: 2 })
  const count = random.weighted<number>(children)
  return [man, wife, ...childrenOf(random, make, { motherName: wife.name, motherAge: wife.age, count, relation: 3, family: 1 })]
}

const oldCouple = (random: Random, make: Make): Person[] => {
  const age = random.between(58, 82)
  return [make({ age, sex: 1, relation: 1, marital: 2 }), make({ age: age - random.between(1, 8), sex: 2, relation: 2, marital: 2 })]
}

const mother = (random: Random, make: Make): Person[] => {
  const head = make({ age: random.between(29, 56), sex: 2, relation: 1, marital: random.pick([3, 4, 4]) })
  return [head, ...childrenOf(random, make, { motherName: head.name, motherAge: head.age, count: random.between(1, 3), relation: 3, family: 1 })]
}

const alone = (random: Random, make: Make): Person[] =>
  [make({ age: random.between(60, 88), sex: random.weighted([[30, 1], [70, 2]] as const), relation: 1, marital: 4 })]

const withParent = (random: Random, make: Make): Person[] => {
  const family = couple(random, make)
  return [...family, make({ age: family[0]!.age + random.between(20, 30), sex: random.weighted([[25, 1], [75, 2]] as const), relation: 6, marital: 4 })]
}

const twoFamilies = (random: Random, make: Make): Person[] => {
  const head = make({ age: random.between(56, 72), sex: 1, relation: 1, marital: 2 })
  const wife = make({ age: head.age - random.between(1, 6), sex: 2, relation: 2, marital: 2 })
  const son = make({ age: Math.max(22, wife.age - random.between(20, 26)), sex: 1, relation: 3, family: 2, inFamily: 1, marital: 2, mother: wife.name })
  const daughterInLaw = make({ age: Math.max(20, son.age - random.between(0, 5)), sex: 2, relation: 4, family: 2, inFamily: 2, marital: 2 })
  const grandchildren = childrenOf(random, make, { motherName: daughterInLaw.name, motherAge: daughterInLaw.age, count: random.between(1, 2), relation: 5, family: 2 })
  return [head, wife, son, daughterInLaw, ...grandchildren]
}

type Around = { regionCode: string, serial: number, programmes: Programmes, people: Person[] }

function memberAnswers(random: Random, person: Person, i: number, { regionCode, serial, programmes, people }: Around): Answers {
  const { sex, birthDate, age, name, mother: motherMaidenName, relation, family, inFamily, marital } = person
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  // The cards are in the hands of the wife, or of the head who has none.
  const holder = people[1]?.relation === 2 ? 1 : 0
  const pupil = people.findIndex((one) => one.age >= 7 && one.age <= 18)
  return {
    memberSeq: i + 1, name, nik: `${nikRegion(regionCode)}${two(Number(day) + (sex === 2 ? 40 : 0))}${month}${year.slice(2)}${four(serial * 7 + i)}`,
    relationToHead: relation, familySeq: family, relationToFamilyHead: inFamily, sex, age, birthPlace: random.pick(TOWNS), birthDate,
    maritalStatus: marital, ...(marital === 2 || marital === 3 ? { marriageCertificate: random.weighted([[80, 1], [14, 2], [6, 0]] as const) } : {}),
    listedInKk: true, memberPresence: 1, ...lifeAt(random, person), motherMaidenName,
    hasKks: programmes.kks && i === holder, hasPkh: programmes.pkh && i === holder, hasSembako: programmes.sembako && i === holder,
    hasPbi: programmes.pbi, ...(programmes.pbi ? { pbiNumber: `0001${random.between(100_000_000, 999_999_999)}` } : {}),
    hasKip: programmes.kip && i === pupil,
  }
}

function makeBusiness(random: Random, members: Answers[]): Answers | undefined {
  const owner = members.find(({ employmentStatus }) => employmentStatus === 1 || employmentStatus === 2)
  if (!owner || !random.chance(0.35)) return undefined
  const [code, words] = random.pick(TRADES)
  return {
    ownerName: owner.name, ownerMemberSeq: owner.memberSeq, businessField: words, businessFieldCode: code, workerCount: random.between(0, 2),
    hasBusinessPlace: random.pick([1, 2]), monthlyTurnover: random.weighted([[60, 1], [34, 2], [6, 3]] as const),
  }
}
