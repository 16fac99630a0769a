import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ageOn, dayOf } from '#app/questionnaire/age.ts'
import { findKkMistakes, KK_RULES } from '#app/questionnaire/kk.ts'
import { findNikMistakes, NIK_RULES, parseNik } from '#app/questionnaire/nik.ts'

const today = '2026-03-02'
const codes = (nik: string, known: Partial<Parameters<typeof findNikMistakes>[1]> = {}) =>
  findNikMistakes(nik, { today, ...known }).map(({ code, severity }) => `${severity} ${code}`)

const nik = suite('a NIK')

nik('is read with day plus forty for women', () => {
  assert.equal(parseNik('9902015208840001'), { region: '990201', day: 12, month: 8, yearOfCentury: 84, sex: 2, serial: '0001' })
})

const CASES: [sentence: string, nik: string, expected: string[]][] = [
  ['of fifteen digits', '990201520884000', ['error nik_shape']],
  ['with a letter', '32041106099700AB', ['error nik_shape']],
  ['of one digit sixteen times', '9999999999999999', ['error nik_dummy']],
  ['with day 00', '9902010008840001', ['error nik_day']],
  ['with day 35', '9902013508840001', ['error nik_day']],
  ['with day 72', '9902017208840001', ['error nik_day']],
  ['with month 13', '9902011213840001', ['error nik_date']],
  ['of 30 February', '9902013002840001', ['error nik_date']],
  ['with serial 0000', '9902011208840000', ['error nik_serial']],
  ['that is sound', '9902011208840001', []],
]
for (const [sentence, number, expected] of CASES) nik(`${sentence}: ${expected.join() || 'no mistake'}`, () => assert.equal(codes(number), expected))

nik('only warns of another sex, birth date or region', () => {
  assert.equal(codes('9902011208840001', { sex: 2, birthDate: '1984-08-13', knownRegion: () => false }), ['warning nik_sex', 'warning nik_birth_date', 'warning nik_region'])
})

nik('takes the century of the known birth date', () => {
  assert.equal(codes('9902011208250001', { birthDate: '1925-08-12' }), [])
})

nik('may not be the family card\'s number', () => {
  assert.equal(codes('9902011208840001', { kkNumber: '9902011208840001' }), ['error nik_is_kk'])
})

nik('made from a real birth date is always sound', () => fc.assert(fc.property(
  fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }), fc.constantFrom(1, 2), fc.integer({ min: 1, max: 9999 }),
  (date, sex, serial) => {
    const [year, month, day] = date.toISOString().slice(0, 10).split('-') as [string, string, string]
    const number = `990201${String(Number(day) + (sex === 2 ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`
    assert.equal(codes(number, { sex, birthDate: `${year}-${month}-${day}` }), [])
  })))

// One example for each rule: a rule nobody can break, or one without a sentence, would be none.
const BROKEN: Record<keyof typeof NIK_RULES, [nik: string, known?: Partial<Parameters<typeof findNikMistakes>[1]>]> = {
  nik_shape: ['99020112088400'], nik_dummy: ['1234567890123456'], nik_is_kk: ['9902011208840001', { kkNumber: '9902011208840001' }],
  nik_day: ['9902014008840001'], nik_date: ['9902013102840001'], nik_serial: ['9902011208840000'], nik_leading_zero: ['0902011208840001'],
  nik_sex: ['9902015208840001', { sex: 1 }], nik_birth_date: ['9902011208840001', { birthDate: '1984-08-13' }], nik_region: ['8899011208840001', { knownRegion: () => false }],
}
for (const [rule, [number, known]] of Object.entries(BROKEN)) {
  nik(`can break the rule ${rule}, and is told in a sentence`, () => {
    const [found] = findNikMistakes(number, { today, ...known }).filter(({ code }) => code === rule)
    assert.is(found?.severity, NIK_RULES[rule as keyof typeof NIK_RULES][0])
    assert.match(found!.message, /^[\wN].{15,}\.$/)
  })
}

nik('falls to the century in which its day is on the calendar and has come', () => {
  assert.equal(codes('9902010112260001', { birthDate: '2026-01-12' }), ['warning nik_birth_date'])
})

nik('of anybody at all breaks no rule but those named', () => fc.assert(fc.property(fc.stringMatching(/^\d{16}$/), (number) => {
  const found = findNikMistakes(number, { today }).map(({ code }) => code)
  assert.ok(found.every((code) => code in NIK_RULES))
  const parsed = parseNik(number)!
  assert.is(found.includes('nik_day') || found.includes('nik_dummy'), parsed.day < 1 || parsed.day > 31 || found.includes('nik_dummy'))
})))

nik.run()

const kk = suite('a family card number')

kk('has sixteen digits, a plausible date and a serial', () => {
  assert.equal(findKkMistakes('9902011503100001', today), [])
  assert.is(findKkMistakes('99020115031000', today)[0]!.code, 'kk_shape')
  assert.is(findKkMistakes('9902011503100000', today)[0]!.code, 'kk_serial')
  assert.is(findKkMistakes('9902014503100001', today)[0]!.severity, 'warning')
})

const BROKEN_CARDS: Record<keyof typeof KK_RULES, [number: string, known?: Parameters<typeof findKkMistakes>[2]]> = {
  kk_shape: ['99020115031'], kk_dummy: ['2222222222222222'], kk_serial: ['9902011503100000'], kk_is_nik: ['9902011208840001', { niks: ['9902011208840001'] }],
  kk_date: ['9902014503100001'], kk_region: ['8899011503100001', { knownRegion: () => false }],
}
for (const [rule, [number, known]] of Object.entries(BROKEN_CARDS)) {
  kk(`can break the rule ${rule}, and is told in a sentence`, () => {
    const [found] = findKkMistakes(number, today, known)
    assert.equal([found?.code, found?.severity], [rule, KK_RULES[rule as keyof typeof KK_RULES][0]])
    assert.match(found!.message, /\.$/)
  })
}

kk.run()

const days = suite('the calendar')

days('turns at midnight in Jakarta, not in Greenwich', () => {
  assert.equal([dayOf('2026-03-01T16:59:00.000Z'), dayOf('2026-03-01T17:00:00.000Z')], ['2026-03-01', '2026-03-02'])
})

days('knows a birthday to the day', () => {
  assert.equal([ageOn('2008-02-29', '2026-02-28'), ageOn('2008-02-29', '2026-03-01'), ageOn('2027-01-01', '2026-03-01')], [17, 18, undefined])
})

days.run()
