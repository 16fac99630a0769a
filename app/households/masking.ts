import { isDocument } from '#app/prints/advice.ts'
import { parsePath, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'

// The province watches over its kabupaten; who has which NIK or KK is not its business.
export const seesNumbers = ({ role }: Pick<Actor, 'role'>) => role !== 'province_officer'

// A photo of KTP or KK is those numbers in a picture.
export const seesPhoto = (actor: Pick<Actor, 'role'>, kind: string) => seesNumbers(actor) || !isDocument(kind)

const NUMBERS = new Set(['nik', 'kkNumber', 'headNik'])

export const hideNumber = (number: string) =>
  /^\d{8,}$/.test(number) ? number.slice(0, 2) + '*'.repeat(number.length - 6) + number.slice(-4) : number

// Of a card's number with a mistake in it nothing is shown: it is as much somebody's as a clean one.
export const hideCard = (number: string) => /^\d{8,}$/.test(number) ? hideNumber(number) : '*'.repeat(Math.min(number.length, 16))

const hidden = (row: Answers): Answers => Object.fromEntries(Object.entries(row)
  .map(([key, value]) => [key, NUMBERS.has(key) && typeof value === 'string' ? hideNumber(value) : value]))

export const hideNumbers = ({ household, families, members, children, businesses }: HouseholdRecord): HouseholdRecord => ({
  household: hidden(household), families: families.map(hidden), members: members.map(hidden), children: children.map(hidden), businesses,
})

export const holdsNumber = (path: string) => NUMBERS.has(parsePath(path)?.key ?? '')
