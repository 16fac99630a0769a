import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judge } from '#app/matching/judging.ts'
import { OUTCOMES, type Answer } from '#app/matching/matcher.ts'
import { nameLikeness, scoreOf } from '#app/matching/names.ts'
import { fateOf, simulator } from '#app/matching/simulator.ts'
import { nextTry } from '#app/matching/waits.ts'

const names = suite('the likeness of two names')

// Worked out by hand: twice the letters in common over all letters.
const WORKED: [one: string, other: string, letters: string, likeness: number][] = [
  ['Wikimedia', 'Wikimania', 'WIKIM + IA', 2 * 7 / 18],
  ['Ahmad', 'Achmad', 'HMAD + A', 2 * 5 / 11],
  ['Asep', 'Wati', 'A', 2 / 8],
  ['Sri Lestari', 'Sri Lestary', 'SRI LESTAR', 2 * 10 / 22],
  ['Joko', 'Siti', 'nothing', 0],
]

for (const [one, other, letters, likeness] of WORKED) {
  names(`${one} and ${other} share ${letters}`, () => assert.is(nameLikeness(one, other).toFixed(6), (likeness * 100).toFixed(6)))
}

names('does not care for capitals, quotes and blanks', () => assert.is(nameLikeness(" nu'man  \"hakim\"", 'NUMAN HAKIM'), 100))

names('takes the best part of a name with a stroke', () => {
  assert.is(nameLikeness('Sumarni / Marni', 'MARNI'), 100)
  assert.is(nameLikeness('Sugiyem/Bu Giyem', 'Slamet/Sugiyem'), 100)
})

names('says nothing of a name that is not there', () => assert.equal([nameLikeness('', ''), nameLikeness('Asep', ''), nameLikeness('/', 'Asep')], [0, 0, 0]))

names('stays within 0 and 100, whatever is compared', () => fc.assert(fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
  const likeness = nameLikeness(one, other)
  assert.ok(likeness >= 0 && likeness <= 100)
})))

names('never rounds up to the limit', () => {
  const [one, other] = ['abcdefghijklmnqrstuvwx', 'abcdefghijklmn01234567890']
  assert.equal([nameLikeness(one, other).toFixed(2), scoreOf(one, other)], ['59.57', 59])
})

const judging = suite('what an answer means')

const asep = { name: 'Asep Suryana', kkNumber: '9902011503100001', sex: 1, birthDate: '1980-05-12' }
const found = (person: Partial<NonNullable<Answer['person']>>): Answer => ({ said: 'found', person: { nik: '9902011205800001', name: 'ASEP SURYANA', ...person } })

judging('is padan from 60 percent on', () => {
  assert.is(judge({ ...asep, name: 'Abcde' }, found({ name: 'Abcxy' })).outcome, 'padan')
  const below = judge({ ...asep, name: 'Abcdef' }, found({ name: 'Abcxyz' }))
  assert.equal([below.outcome, below.score], ['tidak_padan_nama', 50])
})

judging('keeps a person whose card changed apart from one whose name does not fit', () => {
  assert.is(judge(asep, found({ kkNumber: '9902011503109999' })).outcome, 'kk_berbeda')
  assert.is(judge(asep, found({ kkNumber: undefined })).outcome, 'padan')
  assert.is(judge(asep, found({ name: 'BAMBANG', kkNumber: '9902011503109999' })).outcome, 'tidak_padan_nama')
})

judging('tells of another birth date without deciding by it', () => {
  const { outcome, reasons } = judge(asep, found({ birthDate: '1981-05-12' }))
  assert.is(outcome, 'padan')
  assert.match(reasons.join(' '), /Tanggal lahir berbeda/)
})

judging('says in words what the register said', () => {
  const of = (said: Answer['said']) => judge(asep, { said }).outcome
  assert.equal([of('not_found'), of('deceased'), of('duplicate'), of('not_online'), of('trouble')], ['nik_tidak_ditemukan', 'meninggal', 'ganda', 'belum_online', 'gangguan'])
})

const simulating = suite('the simulator')

const question = (nik: string, tries = 0) => ({ nik, kkNumber: '9902011503100001', name: 'Asep Suryana', sex: 1, birthDate: '1980-05-12', tries })
const nikOf = (wanted: string) => Array.from({ length: 9999 }, (_, i) => `990201120580${String(i + 1).padStart(4, '0')}`).find((nik) => fateOf(nik) === wanted)!

simulating('knows every outcome, and its answer leads to it', async () => {
  for (const outcome of OUTCOMES) {
    const asked = question(nikOf(outcome))
    const [answer] = await simulator.ask([asked])
    assert.is(judge(asked, answer!).outcome, outcome, outcome)
  }
})

simulating('answers in the end what first failed or was not online', async () => {
  const [again] = await simulator.ask([question(nikOf('gangguan'), 1)])
  const [early, late] = await simulator.ask([question(nikOf('belum_online'), 1), question(nikOf('belum_online'), 2)])
  assert.equal([again!.said, early!.said, late!.said], ['found', 'not_online', 'found'])
})

simulating('judges nobody outside province 99', async () => {
  const [answer] = await simulator.ask([question('3402011205800001')])
  assert.is(answer!.said, 'trouble')
})

const waiting = suite('asking again')

waiting('waits longer each time, and days for a NIK that is not online', () => {
  const minutes = (cause: 'gangguan' | 'belum_online', tries: number) => (Date.parse(nextTry(cause, tries, '2026-03-02T03:00:00.000Z')) - Date.parse('2026-03-02T03:00:00.000Z')) / 60_000
  assert.equal([1, 2, 3, 4, 9].map((tries) => minutes('gangguan', tries)), [5, 15, 60, 240, 1440])
  assert.equal([1, 2, 8].map((tries) => minutes('belum_online', tries)), [1440, 3 * 1440, 14 * 1440])
})

names.run()
judging.run()
simulating.run()
waiting.run()
