import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { memberNumber, type Person } from '#app/duplicates/keys.ts'
import { bonesOf, compareNames, plainName, wordsOf } from '#app/duplicates/names.ts'
import { crowdOf } from '#app/duplicates/crowd.ts'
import { scorePair, weighPair } from '#app/duplicates/scoring.ts'
import { findAlike, replacePeople } from '#app/duplicates/searching.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { chunksOf, measure } from '#test/support/labelled-run.ts'
import { freshDatabase } from '#test/support/world.ts'

const names = suite('a name')

const SAME: [one: string, other: string][] = [
  ['M. Yusuf', 'Muhammad Yusup'], ['Muh. Yusuf', 'MOCHAMAD YUSUF'], ['Hj. Siti Aminah, S.Pd', 'St. Aminah'], ['Nurhayati', 'NUR HAYATI'], ['Soekarno', 'Sukarno'],
  ['Djoko Tjahyono', 'Joko Cahyono'], ['Aminah Siti', 'Siti Aminah'], ['Sumiyati / Yati', 'Sumiati'], ['Sumiyati / Yati', 'Yati'], ['Abd. Rahman', 'Abdul Rochman'],
  ['Amin bin Salim', 'Amin'], ['H. Slamet', 'Slamet'], ['Nurhidayat', 'Nur Hidayatt'], ["Ma'ruf", 'Maruf'],
]
for (const [one, other] of SAME) names(`${one} may be ${other}`, () => assert.ok(compareNames(plainName(one), plainName(other)), `${plainName(one)} | ${plainName(other)}`))

const APART: [one: string, other: string][] = [['Hasan', 'Husen'], ['Siti Aminah', 'Siti Fatimah'], ['Dwi Lestari', 'Tri Lestari'], ['Budi Santoso', 'Agus Santoso'], ['Tukiman', 'Wagiman']]
for (const [one, other] of APART) names(`${one} is not ${other}`, () => assert.is(compareNames(plainName(one), plainName(other)), undefined))

names('keeps its one word when that is a title', () => assert.equal([plainName('Haji'), plainName('H. Haji Amin'), plainName('Ny. Ani')], ['HAJI', 'AMIN', 'ANI']))

names.run()

const scoring = suite('two records')

const BASE: Person = {
  member: memberNumber(1, 1), name: 'SUMIYATI HANDAYANI', sex: 2, birthDate: '1984-08-20', nik: '9902016008840077', kkNumber: '9902011503100001', mother: 'NGADINEM', regionCode: '34.02.01.2001',
}
const CROWD = crowdOf(1_000_000, () => 500)
const against = (changed: Partial<Person>, base: Partial<Person> = {}) =>
  scorePair({ ...BASE, ...base }, { ...BASE, member: memberNumber(2, 1), kkNumber: '9902014503100009', regionCode: '34.04.01.2001', ...changed }, CROWD)

const ALIKE: [sentence: string, changed: Partial<Person>, reason: RegExp][] = [
  ['with one digit of the NIK wrong', { nik: '9902016008840977', mother: '' }, /NIK beda 1 angka/],
  ['with a slip in the name and no NIK', { nik: null, name: 'SUMIATI HANDAYANI' }, /nama mirip \d+ %/],
  ['with the family card in the place of the NIK', { nik: '9902011503100001', kkNumber: '9902016008840077' }, /NIK tertulis sebagai Nomor KK/],
  ['with the words of the name turned round', { nik: null, name: 'HANDAYANI SUMIYATI' }, /urutan kata terbalik/],
  ['with the year mistyped', { nik: null, birthDate: '1974-08-20' }, /beda tahun/],
]
for (const [sentence, changed, reason] of ALIKE) {
  scoring(`${sentence} are likely one person, and it is said why`, () => assert.match(against(changed)?.reasons.join(', ') ?? 'not found', reason))
}

scoring('with swapped day and month are found where the day can be a month', () => {
  assert.match(against({ birthDate: '1984-05-08', nik: null }, { birthDate: '1984-08-05' })!.reasons.join(), 'tanggal dan bulan lahir tertukar')
})

scoring('of twins are not one person, however alike their names', () => {
  assert.is(against({ name: 'SUMIYANTI HANDAYANI', nik: '9902016008840078', kkNumber: BASE.kkNumber, regionCode: BASE.regionCode }), undefined)
})

scoring('of namesakes born on one day, with other mothers and other NIK, are two people', () => {
  assert.is(against({ nik: '9904016008840003', mother: 'PARTINI' }), undefined)
})

scoring('of a common name need more than name and day', () => {
  const common = crowdOf(1_000_000, () => 40_000)
  assert.is(scorePair({ ...BASE, nik: null, mother: '' }, { ...BASE, nik: '9904016008840003', mother: '', regionCode: '11.01.01.2001', kkNumber: null }, common), undefined)
})

scoring('with one NIK always deserve a look', () => assert.is(against({ name: 'BUDI', birthDate: '1999-01-01', sex: 1, mother: 'PARTINI' })?.sameNik, true))

scoring('of many people are never sent away at first sight where weighing everything would keep them', () => {
  const people = [...chunksOf(randomFrom(5), 1500)].flatMap((chunk) => chunk.people)
  const words = people.flatMap(({ name }) => wordsOf(name))
  for (const crowd of [crowdOf(people.length, (word) => words.filter((one) => one === word).length), CROWD]) {
    let kept = 0
    people.forEach((one, i) => people.slice(i + 1).filter((other) => bonesOf(other.name) === bonesOf(one.name)).forEach((other) => {
      const weighed = weighPair(other, one, crowd)
      if (weighed) kept += 1
      assert.equal(scorePair(other, one, crowd), weighed)
    }))
    assert.ok(kept > 20, `${kept}`)
  }
})

scoring.run()

const searching = suite('the search')

const enter = (people: Partial<Person>[]) => {
  const db = freshDatabase()
  const persons = people.map((person, i): Person => ({ ...BASE, member: memberNumber(i + 1, 1), kkNumber: `990201150310${String(i).padStart(4, '1')}`, ...person }))
  persons.forEach((person, i) => replacePeople(db, i + 1, [person]))
  return { db, persons, found: (i: number) => findAlike(db, [persons[i]!]).map(({ other }) => other.member) }
}

searching('never looks inside one household', () => {
  const { db, persons } = enter([{}])
  const twice = [persons[0]!, { ...persons[0]!, member: memberNumber(1, 2) }]
  replacePeople(db, 1, twice)
  assert.equal(findAlike(db, twice), [])
})

searching('finds a person again who moved to the other end of the country', () => {
  const { found } = enter([{}, { nik: null, regionCode: '91.01.01.2001', name: 'SUMIATI HANDAYANI' }])
  assert.equal(found(1), [memberNumber(1, 1)])
})

searching('forgets who is gone, and what they were called', () => {
  const { db, found } = enter([{}, {}])
  replacePeople(db, 1, [])
  assert.equal(found(1), [])
  assert.equal(db.$client.prepare("SELECT people FROM duplicate_names WHERE word = 'SUMIYATI'").pluck().get(), 1)
  assert.equal(db.$client.prepare('SELECT count(*) FROM duplicate_keys WHERE member < 2000').pluck().get(), 0)
})

searching('reaches its precision and recall among 10,000 people of whom it is known who is there twice', () => {
  const db = openDatabase(':memory:')
  migrate(db)
  const { people, pairs, precision, recall } = measure(db, { people: 10_000, seed: 11 })
  assert.ok(people >= 10_000 && pairs > 400, `${people} people, ${pairs} pairs`)
  assert.ok(precision >= 0.98, `precision ${precision}`)
  assert.ok(recall >= 0.95, `recall ${recall}`)
})

searching.run()
