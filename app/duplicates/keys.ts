import { isDummyNumber } from '#app/questionnaire/nik.ts'
import { bonesOf, wordsOf } from '#app/duplicates/names.ts'

// One present member as the search knows them. name and mother are plain names; member: household number * 1000 + seq.
export type Person = {
  member: number, name: string, sex: number | null, birthDate: string | null, nik: string | null, kkNumber: string | null, mother: string, regionCode: string
}

const SPAN = 1000
export const memberNumber = (household: number, seq: number) => household * SPAN + seq
export const householdOf = (member: number) => Math.floor(member / SPAN)
export const seqOf = (member: number) => member % SPAN

const MOST_WORDS = 3

// Where two records of one person meet, whatever single thing was mistyped: the date and one word of the name; all words and
// two thirds of the date; half of the NIK. No key needs the region, so a second record far away is found too.
export function keysOf({ name, birthDate, nik, kkNumber }: Person): number[] {
  const bones = [...new Set(wordsOf(name).filter((word) => word.length > 1).map(bonesOf))]
  const all = [...bones].sort().join('-')
  const joined = name.split('/')[0]!.replaceAll(' ', '')
  const texts: string[] = []
  if (birthDate && all) {
    const [year, month, day] = birthDate.split('-') as [string, string, string]
    const [low, high] = [month, day].sort() as [string, string]
    for (const bone of [...bones.slice(0, MOST_WORDS), bonesOf(joined)]) texts.push(`d${birthDate}${bone}`)
    texts.push(`y${year}${month}${all}`, `z${year}${day}${all}`, `m${low}${high}${all}`)
  }
  if (nik && isSound(nik)) {
    texts.push(`n${nik}`)
    for (const bone of bones.slice(0, 2)) texts.push(`h${nik.slice(0, 8)}${bone}`, `t${nik.slice(8)}${bone}`)
  }
  if (kkNumber && isSound(kkNumber)) texts.push(cardKey(kkNumber))
  return [...new Set(texts.map(hash))]
}

// Where to look besides: a card's number written in the place of a person's, here or there.
export const swappedKeysOf = ({ nik, kkNumber }: Person): number[] => [
  ...nik && isSound(nik) ? [hash(cardKey(nik))] : [], ...kkNumber && isSound(kkNumber) ? [hash(`n${kkNumber}`)] : [],
]

// Of everybody on one family card.
export const cardKeyOf = (number: string) => hash(cardKey(number))

const cardKey = (number: string) => `c${number}`

export const isSound = (number: string) => /^\d{16}$/.test(number) && !isDummyNumber(number)

// 48 bits, so that a million people share none by chance that would be worth a look.
function hash(text: string): number {
  let [high, low] = [0x811c9dc5, 0x9747b28c]
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x5bd1e995) ^ (low >>> 15)
  }
  return ((high ^ (high >>> 13)) >>> 0) * 0x10000 + ((low ^ (low >>> 11)) & 0xffff)
}
