import { compareNames, type NameMatch } from '#app/duplicates/names.ts'
import { isSound, type Person } from '#app/duplicates/keys.ts'

// The weights, in bits: how many times (powers of two) likelier something is between two records of one person than
// between two people. What a word of a name weighs is not here: it follows from how many people carry it.
export const WEIGHTS = {
  wordAlike: 0.6, wordAlikeLoss: 1, wordMost: 13, nameMost: 22, initial: 2, wordLeft: -1.5,
  dateSame: 14, dateUsual: 9, dateTurned: 10, dateByNik: 9, dayDiffers: 6, monthDiffers: 6.5, yearDiffers: 6,
  sexSame: 1, sexDiffers: -4,
  nikSame: 30, nikAsCard: 25, nikDateDigit: 11, nikSerialDigit: 9, nikRegionDigit: 6, nikDiffers: -3, nikOfOwnDates: -6,
  cardSame: 4, motherSame: 4.5, motherAlike: 3, motherDiffers: -6,
  village: 5, district: 4, regency: 2, province: -1, elsewhere: -2,
}

// Evidence beyond the chance of meeting in so many people. From here on a person should look at it.
export const THRESHOLD = 5
const FEWEST = 100_000
const TWIN_SERIALS = 4
const MOTHER_ALIKE = 0.9

export type Judgement = { score: number, reasons: string[], sameNik: boolean }
export type Crowd = { people: number, carrying: (word: string) => number }

type Weighed = { bits: number, reason?: string }

// undefined: not the same person, as far as the records tell.
export function scorePair(one: Person, other: Person, crowd: Crowd): Judgement | undefined {
  const nik = compareNiks(one, other)
  const date = compareDates(one, other)
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
  const bits = parts.reduce((sum, part) => sum + part.bits, 0) - Math.log2(Math.max(crowd.people, FEWEST))
  if (bits < THRESHOLD && !nik.same) return undefined
  return { score: percent(bits), reasons: parts.flatMap(({ reason }) => reason ?? []), sameNik: nik.same === true }
}

const percent = (bits: number) => Math.max(50, Math.min(100, Math.round(100 / (1 + 2 ** (-(bits - THRESHOLD + 1.5) / 2.5)))))

function weighNames({ likeness, matched, left, turned }: NameMatch, crowd: Crowd): Weighed {
  const bits = matched.reduce((sum, { word, likeness: alike }) => sum + weighWord(word, alike, crowd), 0) + left * WEIGHTS.wordLeft
  const said = likeness === 1 ? 'nama sama' : `nama mirip ${Math.floor(likeness * 100)} %`
  return { bits: Math.min(bits, WEIGHTS.nameMost), reason: turned ? `${said}, urutan kata terbalik` : said }
}

// The two themselves do not make their name common.
function weighWord(word: string, likeness: number, { people, carrying }: Crowd): number {
  if (word.length === 1) return WEIGHTS.initial
  const share = Math.max((carrying(word) - 2) / Math.max(people, 1), 1 / FEWEST)
  const rare = Math.min(WEIGHTS.wordMost, -Math.log2(share))
  return likeness === 1 ? rare : Math.max(1, rare * WEIGHTS.wordAlike - WEIGHTS.wordAlikeLoss)
}

function compareDates(one: Person, other: Person): Weighed | undefined {
  if (!one.birthDate || !other.birthDate) return { bits: 0 }
  if (one.birthDate === other.birthDate) return { bits: isUsual(one.birthDate) ? WEIGHTS.dateUsual : WEIGHTS.dateSame, reason: 'tanggal lahir sama' }
  const [[year, month, day], [year2, month2, day2]] = [one.birthDate.split('-'), other.birthDate.split('-')] as [string[], string[]]
  if (year === year2 && month === day2 && day === month2) return { bits: WEIGHTS.dateTurned, reason: 'tanggal dan bulan lahir tertukar' }
  if (tellsSameDate(one, other) || tellsSameDate(other, one)) return { bits: WEIGHTS.dateByNik, reason: 'tanggal lahir sama menurut NIK' }
  if (year === year2 && month === month2) return { bits: WEIGHTS.dayDiffers, reason: 'tanggal lahir beda hari' }
  if (year === year2 && day === day2) return { bits: WEIGHTS.monthDiffers, reason: 'tanggal lahir beda bulan' }
  if (month === month2 && day === day2 && isNearYear(year!, year2!)) return { bits: WEIGHTS.yearDiffers, reason: 'tanggal lahir beda tahun' }
  return undefined
}

// What offices write when nobody knows the day.
const isUsual = (date: string) => /-(01-01|12-31|07-01|01-31)$/.test(date)

// Digit by digit, without asking the calendar: this is asked of millions of pairs.
function tellsSameDate({ nik }: Person, { birthDate }: Person): boolean {
  if (nik === null || birthDate === null || nik.length !== 16) return false
  if (nik.slice(8, 10) !== birthDate.slice(5, 7) || nik.slice(10, 12) !== birthDate.slice(2, 4)) return false
  const [day, born] = [Number(nik.slice(6, 8)), Number(birthDate.slice(8))]
  return day === born || day === born + 40
}

// A slip of one digit, two digits turned round, or a year either way.
const isNearYear = (one: string, other: string) => {
  const apart = [...one].filter((digit, i) => digit !== other[i]).length
  return apart === 1 || Math.abs(Number(one) - Number(other)) === 1 || (one[2] === other[3] && one[3] === other[2] && one.startsWith(other.slice(0, 2)))
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

const compareSexes = (one: Person, other: Person): Weighed => one.sex === null || other.sex === null ? { bits: 0 }
  : one.sex === other.sex ? { bits: WEIGHTS.sexSame } : { bits: WEIGHTS.sexDiffers, reason: 'jenis kelamin berbeda' }

const compareCards = (one: Person, other: Person): Weighed => one.kkNumber !== null && one.kkNumber === other.kkNumber && isSound(one.kkNumber)
  ? { bits: WEIGHTS.cardSame, reason: 'Nomor KK sama' } : { bits: 0 }

function compareMothers({ mother: one }: Person, { mother: other }: Person): Weighed {
  if (one === '' || other === '') return { bits: 0 }
  if (one === other) return { bits: WEIGHTS.motherSame, reason: 'nama ibu sama' }
  const match = compareNames(one, other)
  return match && match.left === 0 && match.likeness >= MOTHER_ALIKE ? { bits: WEIGHTS.motherAlike, reason: 'nama ibu mirip' } : { bits: WEIGHTS.motherDiffers, reason: 'nama ibu berbeda' }
}

function comparePlaces({ regionCode: one }: Person, { regionCode: other }: Person): Weighed {
  if (one === other) return { bits: WEIGHTS.village, reason: 'desa sama' }
  const shared = (length: number) => one.slice(0, length) === other.slice(0, length)
  if (shared(8)) return { bits: WEIGHTS.district, reason: 'kecamatan sama' }
  if (shared(5)) return { bits: WEIGHTS.regency, reason: 'kabupaten/kota sama' }
  return { bits: shared(2) ? WEIGHTS.province : WEIGHTS.elsewhere }
}
