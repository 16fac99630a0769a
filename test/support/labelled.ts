import { nameFor } from '#db/seeds/names.ts'
import type { Random } from '#db/seeds/random.ts'
import { misspell, rewrite } from '#test/support/slips.ts'

// A population in which it is known who is entered twice. Each record carries the truth: the number of the person it is of.
export type Entry = { truth: number, name: string, sex: 1 | 2, birthDate: string, nik: string | null, kkNumber: string, mother: string, regionCode: string }

const two = (number: number) => String(number).padStart(2, '0')
const four = (number: number) => String(number % 9999 + 1).padStart(4, '0')
const cardRegion = (regionCode: string) => `99${regionCode.slice(3, 5)}${regionCode.slice(6, 8)}`

const COMMON = {
  1: ['Muhammad Yusuf', 'Muhammad Ridwan', 'Ahmad Fauzi', 'Abdul Rahman', 'Slamet Riyadi', 'Agus Setiawan', 'Agus Supriyanto', 'Slamet', 'Suparman', 'Muhammad Arif Hidayat'],
  2: ['Siti Aminah', 'Siti Fatimah', 'Siti Aisyah', 'Sri Wahyuni', 'Nur Hayati', 'Sumiyati', 'Siti Nurjanah', 'Sri Lestari', 'Siti Khotimah', 'Dewi Lestari'],
} as const
const TWINS = [['Hasan', 'Husen'], ['Rina', 'Rini'], ['Dwi', 'Tri'], ['Yanto', 'Yanti'], ['Nisa', 'Nisya'], ['Putri', 'Putra'], ['Andi', 'Anda'], ['Lia', 'Lea'], ['Fajar', 'Fajri']] as const

export type Population = { household: () => Entry[] }

// Regencies of some twelve kecamatan with ten desa each.
export function populationOf(random: Random, regencies: number) {
  let people = 0
  let cards = 0
  const serials = new Map<string, number>()
  const place = () => `${two(11 + random.below(3))}.${two(1 + random.below(regencies))}.${two(1 + random.below(12))}.${2001 + random.below(10)}`

  const birthDate = (age: number) => {
    const day = new Date(Date.UTC(2026 - age, 0, 1 + random.below(365)))
    return random.chance(0.02) ? `${2026 - age}-01-01` : day.toISOString().slice(0, 10)
  }
  // The office counts those born on one day in one kecamatan from 1.
  const nikOf = (regionCode: string, sex: 1 | 2, born: string) => {
    const [year, month, day] = born.split('-') as [string, string, string]
    const start = `${cardRegion(regionCode)}${two(Number(day) + (sex === 2 ? 40 : 0))}${month}${year.slice(2)}`
    const serial = (serials.get(start) ?? 0) + 1
    serials.set(start, serial)
    return `${start}${two(0)}${two(serial % 100)}`
  }
  const named = (sex: 1 | 2, age: number) => random.chance(0.12) ? random.pick(COMMON[sex]) : nameFor(random, sex, age)

  const person = (given: Partial<Entry> & { sex: 1 | 2, age: number, kkNumber: string, regionCode: string }): Entry => {
    const { age, ...rest } = given
    const born = given.birthDate ?? birthDate(age)
    return { truth: people++, name: named(given.sex, age), birthDate: born, mother: nameFor(random, 2, age + 25), nik: nikOf(random.chance(0.85) ? given.regionCode : place(), given.sex, born), ...rest }
  }

  // Parents, children, now and then twins; a grown twin may live in a household of their own.
  const household = (regionCode = place()): Entry[] => {
    cards += 1
    const kkNumber = `${cardRegion(regionCode)}${two(1 + cards % 28)}${two(1 + cards % 12)}${two(6 + cards % 18)}${four(cards * 7)}`
    const age = 24 + random.below(50)
    const father = person({ sex: 1, age, kkNumber, regionCode })
    const mother = person({ sex: 2, age: age - random.below(6), kkNumber, regionCode })
    const children = Array.from({ length: random.below(4) }, (_, i) => person({ sex: random.pick([1, 2] as const), age: Math.max(0, age - 22 - i * 3), kkNumber, regionCode, mother: mother.name }))
    return [father, mother, ...children]
  }
  const twins = (): [Entry[], Entry[]] => {
    const [one, other] = [household(), household()]
    const [first, second] = random.pick(TWINS)
    const sex = random.pick([1, 2] as const)
    const family = random.chance(0.5) ? ` ${nameFor(random, sex, 30).split(' ').at(-1)}` : ''
    const born = person({ sex, age: 25, kkNumber: one[0]!.kkNumber, regionCode: one[0]!.regionCode, name: `${first}${family}` })
    const same = person({ sex, age: 25, kkNumber: random.chance(0.5) ? born.kkNumber : other[0]!.kkNumber, regionCode: random.chance(0.5) ? born.regionCode : other[0]!.regionCode, name: `${second}${family}`, birthDate: born.birthDate, mother: born.mother })
    const next = born.nik!.slice(0, 12) + String(Number(born.nik!.slice(12)) + 1).padStart(4, '0')
    serials.set(born.nik!.slice(0, 12), Number(next.slice(12)))
    return [[...one, born], [...other, { ...same, nik: next }]]
  }
  // Another person of the same name, born the same day or the day after, somewhere else.
  const namesake = (of: Entry): Entry => {
    const day = new Date(Date.parse(of.birthDate) + random.below(2) * 86_400_000).toISOString().slice(0, 10)
    const regionCode = place()
    return { ...of, truth: people++, birthDate: day, regionCode, kkNumber: `${cardRegion(regionCode)}0101${two(10)}${four(cards * 13)}`, mother: nameFor(random, 2, 60), nik: nikOf(regionCode, of.sex, day) }
  }
  // The same person entered a second time, with what goes wrong then.
  const again = (of: Entry): Entry => {
    const regionCode = random.weighted([[45, of.regionCode], [20, `${of.regionCode.slice(0, 9)}${2001 + random.below(10)}`], [20, `${of.regionCode.slice(0, 6)}${two(1 + random.below(12))}.2001`], [15, place()]] as const)
    return {
      ...of, regionCode, name: random.chance(0.7) ? rewrite(random, of.name, of.sex) : of.name,
      birthDate: random.chance(0.3) ? slipOfDate(of.birthDate) : of.birthDate,
      mother: random.weighted([[55, of.mother], [20, misspell(random, of.mother)], [25, '']] as const),
      kkNumber: random.chance(0.5) ? of.kkNumber : `${cardRegion(regionCode)}0202${two(12)}${four(cards++ * 11)}`,
      ...numbersAgain(of),
    }
  }
  const numbersAgain = (of: Entry): Partial<Entry> => random.weighted<() => Partial<Entry>>([
    [38, () => ({})], [20, () => ({ nik: slipOfNumber(of.nik!) })], [8, () => ({ nik: turned(of.nik!) })], [14, () => ({ nik: null })],
    [14, () => ({ nik: nikOf(place(), of.sex, of.birthDate) })], [6, () => ({ nik: of.kkNumber, kkNumber: of.nik! })],
  ])()
  const slipOfNumber = (number: string) => {
    const at = random.below(16)
    return number.slice(0, at) + String((Number(number[at]) + 1 + random.below(8)) % 10) + number.slice(at + 1)
  }
  const turned = (number: string) => {
    const at = 6 + random.below(9)
    return number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2)
  }
  const slipOfDate = (date: string): string => {
    const [year, month, day] = date.split('-') as [string, string, string]
    const slip = random.weighted([[30, `${year}-${month}-${two(1 + random.below(28))}`], [15, `${year}-${two(1 + random.below(12))}-${day}`], [25, `${Number(year) + random.pick([-1, 1, -10, 10])}-${month}-${day}`], [30, `${year}-${day}-${month}`]] as const)
    return Number.isNaN(Date.parse(slip)) || new Date(slip).toISOString().slice(0, 10) !== slip ? date : slip
  }
  return { household, twins, namesake, again }
}
