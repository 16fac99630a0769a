import type { Crowd } from '#app/duplicates/crowd.ts'
import { compareDates, isSameAt, tellsSameDate } from '#app/duplicates/dates.ts'
import { compareNames, type NameMatch } from '#app/duplicates/names.ts'
import { isSound, type Person } from '#app/duplicates/keys.ts'
import { WEIGHTS, type Weighed } from '#app/duplicates/weights.ts'

// Evidence beyond the chance of meeting in so many people. From here on a person should look at it.
export const THRESHOLD = 5
const TWIN_SERIALS = 4
const MOTHER_ALIKE = 0.9

export type Judgement = { score: number, reasons: string[], sameNik: boolean }

// undefined: not the same person, as far as the records tell.
export function scorePair(one: Person, other: Person, crowd: Crowd): Judgement | undefined {
  const date = compareDates(one, other)
  const most = areFarApart(one, other) ? date ? mostBits(one, other, date, crowd) : 0 : Infinity
  return most < THRESHOLD ? undefined : weighPair(one, other, crowd, { date, most })
}

// All there is to weigh. most: what they can reach at best, where that is known.
export function weighPair(one: Person, other: Person, crowd: Crowd, { date, most } = { date: compareDates(one, other), most: Infinity }): Judgement | undefined {
  const nik = compareNiks(one, other)
  if (most + nik.bits < THRESHOLD) return undefined
  if (!date && nik.bits < WEIGHTS.nikDateDigit) return undefined
  const names = compareNames(one.name, other.name)
  if (!names && !nik.same) return undefined
  if (names && areTwins(one, other, nik)) return undefined
  const mother = compareMothers(one, other)
  if (mother.bits < 0 && speaksAgainst(one, other, nik)) return undefined
  const parts = [
    names ? weighNames(names, crowd) : { bits: -6, reason: 'nama berbeda' }, date ?? { bits: -4, reason: 'tanggal lahir berbeda' }, nik,
    compareSexes(one, other), compareCards(one, other), mother, comparePlaces(one, other),
  ]
  const bits = parts.reduce((sum, part) => sum + part.bits, 0) - crowd.chance
  if (bits < THRESHOLD && !nik.same) return undefined
  return { score: percent(bits), reasons: parts.flatMap(({ reason }) => reason ?? []), sameNik: nik.same === true }
}

// Two numbers that nobody made of each other by a slip: whatever else, they add nothing.
function areFarApart(one: Person, other: Person): boolean {
  const [first, second] = [one.nik ?? '', other.nik ?? '']
  if (first === '' || second === '') return (first === '' || first !== other.kkNumber) && (second === '' || second !== one.kkNumber)
  let apart = 0
  for (let i = 0; i < 16 && apart < 3; i += 1) if (first.charCodeAt(i) !== second.charCodeAt(i)) apart += 1
  return apart === 3 && first !== other.kkNumber && second !== one.kkNumber
}

// What the two can reach at best, told without comparing their names: most that meet are sent away here.
function mostBits(one: Person, other: Person, date: Weighed, crowd: Crowd): number {
  const mother = one.mother === '' || other.mother === '' ? 0 : one.mother === other.mother ? WEIGHTS.motherSame : WEIGHTS.motherAlike
  const card = one.kkNumber !== null && one.kkNumber === other.kkNumber ? WEIGHTS.cardSame : 0
  return Math.max(crowd.mostOf(one.name), crowd.mostOf(other.name)) + date.bits + mother + card + compareSexes(one, other).bits + comparePlaces(one, other).bits
    - crowd.chance + ROUNDING
}

const ROUNDING = 0.001

const percent = (bits: number) => Math.max(50, Math.min(100, Math.round(100 / (1 + 2 ** (-(bits - THRESHOLD + 1.5) / 2.5)))))

function weighNames({ likeness, matched, left, turned }: NameMatch, crowd: Crowd): Weighed {
  const bits = matched.reduce((sum, { word, likeness: alike }) => sum + weighWord(word, alike, crowd), 0) + left * WEIGHTS.wordLeft
  const said = likeness === 1 ? 'nama sama' : `nama mirip ${Math.floor(likeness * 100)} %`
  return { bits: Math.min(bits, WEIGHTS.nameMost), reason: turned ? `${said}, urutan kata terbalik` : said }
}

function weighWord(word: string, likeness: number, { rarity }: Crowd): number {
  if (word.length === 1) return WEIGHTS.initial
  const rare = rarity(word)
  return likeness === 1 ? rare : Math.max(1, rare * WEIGHTS.wordAlike - WEIGHTS.wordAlikeLoss)
}

type NikMatch = Weighed & { same?: boolean, serials?: number }

function compareNiks(one: Person, other: Person): NikMatch {
  const [first, second] = [one.nik ?? '', other.nik ?? '']
  if ((first !== '' && first === other.kkNumber) || (second !== '' && second === one.kkNumber)) return { bits: WEIGHTS.nikAsCard, reason: 'NIK tertulis sebagai Nomor KK' }
  if (!isSound(first) || !isSound(second)) return { bits: 0 }
  if (first === second) return { bits: WEIGHTS.nikSame, reason: 'NIK sama', same: true }
  const places = placesApart(first, second)
  const serials = places.every((place) => place >= 12) ? Math.abs(Number(first.slice(12)) - Number(second.slice(12))) : undefined
  const [at, next] = places
  const turned = places.length === 2 && next === at! + 1 && first[at!] === second[next] && first[next] === second[at!]
  if (places.length > 1 && !turned) return { bits: areOfOwnDates(one, other) ? WEIGHTS.nikOfOwnDates : WEIGHTS.nikDiffers, reason: 'NIK berbeda', serials }
  return { bits: weighSlip(one, other, at!, serials), reason: turned ? 'NIK dua angka tertukar' : 'NIK beda 1 angka', serials }
}

// Where two numbers differ; more than three is simply another number.
function placesApart(one: string, other: string): number[] {
  const places: number[] = []
  for (let i = 0; i < 16 && places.length < 4; i += 1) if (one[i] !== other[i]) places.push(i)
  return places
}

// What one wrong digit proves depends on where it stands. In the date it contradicts one's own birth date, or else it is
// simply another date; the next of the serials and the next kecamatan belong to other people more often than not.
function weighSlip(one: Person, other: Person, at: number, serials: number | undefined): number {
  if (serials !== undefined) return serials <= TWIN_SERIALS ? 0 : WEIGHTS.nikSerialDigit
  if (at < 6) return WEIGHTS.nikRegionDigit
  return areOfOwnDates(one, other) ? WEIGHTS.nikOfOwnDates : WEIGHTS.nikDateDigit
}

// Two birth dates, and each NIK agrees with its own: two people were registered.
const areOfOwnDates = (one: Person, other: Person) => one.birthDate !== other.birthDate && tellsSameDate(one, one) && tellsSameDate(other, other)

// Born on one day, registered one after the other, and of one mother, card or household: twins have different names, and a
// likeness of names proves nothing between them.
function areTwins(one: Person, other: Person, { serials, same }: NikMatch): boolean {
  if (same || one.name === other.name || one.birthDate === null || one.birthDate !== other.birthDate) return false
  const ofOneFamily = (one.mother !== '' && one.mother === other.mother) || (one.kkNumber !== null && one.kkNumber === other.kkNumber)
  return ofOneFamily && serials !== undefined && serials <= TWIN_SERIALS
}

// Another mother and another NIK: namesakes, however rare the name.
const speaksAgainst = (one: Person, other: Person, { bits }: NikMatch) =>
  bits < WEIGHTS.nikSerialDigit && isSound(one.nik ?? '') && isSound(other.nik ?? '')

const SEXES = { unknown: { bits: 0 }, same: { bits: WEIGHTS.sexSame }, differ: { bits: WEIGHTS.sexDiffers, reason: 'jenis kelamin berbeda' } } satisfies Record<string, Weighed>
const compareSexes = ({ sex: one }: Person, { sex: other }: Person): Weighed => one === null || other === null ? SEXES.unknown : one === other ? SEXES.same : SEXES.differ

const compareCards = (one: Person, other: Person): Weighed => one.kkNumber !== null && one.kkNumber === other.kkNumber && isSound(one.kkNumber)
  ? { bits: WEIGHTS.cardSame, reason: 'Nomor KK sama' } : { bits: 0 }

function compareMothers({ mother: one }: Person, { mother: other }: Person): Weighed {
  if (one === '' || other === '') return { bits: 0 }
  if (one === other) return { bits: WEIGHTS.motherSame, reason: 'nama ibu sama' }
  const match = compareNames(one, other)
  return match && match.left === 0 && match.likeness >= MOTHER_ALIKE ? { bits: WEIGHTS.motherAlike, reason: 'nama ibu mirip' } : { bits: WEIGHTS.motherDiffers, reason: 'nama ibu berbeda' }
}

const PLACES = {
  village: { bits: WEIGHTS.village, reason: 'desa sama' }, district: { bits: WEIGHTS.district, reason: 'kecamatan sama' },
  regency: { bits: WEIGHTS.regency, reason: 'kabupaten/kota sama' }, province: { bits: WEIGHTS.province }, elsewhere: { bits: WEIGHTS.elsewhere },
} satisfies Record<string, Weighed>

function comparePlaces({ regionCode: one }: Person, { regionCode: other }: Person): Weighed {
  if (one === other) return PLACES.village
  if (!isSameAt(one, other, 0, 2)) return PLACES.elsewhere
  return isSameAt(one, other, 2, 8) ? PLACES.district : isSameAt(one, other, 2, 5) ? PLACES.regency : PLACES.province
}
