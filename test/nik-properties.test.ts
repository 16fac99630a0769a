import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isDate } from '#app/questionnaire/age.ts'
import { findNikMistakes, parseNik } from '#app/questionnaire/nik.ts'

const today = '2026-03-02'
const two = (value: number) => String(value).padStart(2, '0')
const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''))
const severities = (nik: string, known = {}) => findNikMistakes(nik, { today, ...known }).map(({ severity }) => severity)

const people = fc.record({
  region: digits(4).map((rest) => `99${rest}`), sex: fc.constantFrom(1 as const, 2 as const), serial: fc.integer({ min: 1, max: 9999 }),
  born: fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
})
const write = ({ region, sex, serial, born }: { region: string, sex: 1 | 2, serial: number, born: string }) => {
  const [year, month, day] = born.split('-') as [string, string, string]
  return `${region}${two(Number(day) + (sex === 2 ? 40 : 0))}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`
}

const nik = suite('any NIK')

nik('that was written can be read: region, day, month, year, sex and serial', () => fc.assert(fc.property(people, (person) => {
  const parsed = parseNik(write(person))!
  const [year, month, day] = person.born.split('-').map(Number) as [number, number, number]
  assert.equal(parsed, { region: person.region, day, month, yearOfCentury: year % 100, sex: person.sex, serial: String(person.serial).padStart(4, '0') })
})))

nik('of a woman differs from that of a man of the same day by exactly forty days', () => fc.assert(fc.property(people, (person) => {
  assert.is(BigInt(write({ ...person, sex: 2 })) - BigInt(write({ ...person, sex: 1 })), 40n * 10n ** 8n)
})))

nik('of sixteen digits is an error exactly where its date, serial or whole is impossible', () => fc.assert(fc.property(digits(16), (number) => {
  const { day, month, yearOfCentury, serial } = parseNik(number)!
  const dates = [2000, 1900].map((century) => `${century + yearOfCentury}-${two(month)}-${two(day)}`)
  const possible = dates.some((date) => isDate(date) && date <= today) && serial !== '0000' && !/^(\d)\1{15}$/.test(number) && !/^(1234567890123456|0123456789012345)$/.test(number)
  assert.is(severities(number).includes('error'), !possible)
}), { numRuns: 500 }))

nik('is never refused for what may have been corrected or renamed: sex, birth date, region', () => fc.assert(fc.property(people, people, (person, other) => {
  const found = severities(write(person), { sex: other.sex, birthDate: other.born, knownRegion: () => false })
  assert.ok(found.length > 0)
  assert.not.ok(found.includes('error'))
})))

nik('that is not sixteen digits is only said to be that', () => fc.assert(fc.property(fc.string().filter((text) => !/^\d{16}$/.test(text)), (text) => {
  assert.equal(findNikMistakes(text, { today }).map(({ code }) => code), ['nik_shape'])
})))

nik.run()
