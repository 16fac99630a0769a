import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isSensitive, ruleOf, sayRule } from '#app/ppks/categories.ts'
import { lookUp } from '#app/public/lookup.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { members } from '#db/schema/index.ts'
import { addRecipient, hireRatna, propose, ratify, ratna, withChild } from '#test/support/participants.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, contentsOf, freshDatabase, oki, PONCOSARI, rina } from '#test/support/world.ts'

type Refused = { fields: Record<string, string> }

// A couple of 45 and 41, and a child of the age that is asked, on 2 March 2026.
function home(birthDate = '2020-03-02') {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: withChild({ serial: 1 }, { birthDate }) })
  return db
}
const [ASEP, WATI, CHILD] = [1, 2, 3]
const enter = (db: ReturnType<typeof home>, variant: string, memberSeq: number, data: Record<string, string> = {}, by = oki) =>
  propose(db, { programme: 'ppks', kind: 'entry', variant, subject: { householdId: 'asep', familySeq: 1, memberSeq }, data: { foundOn: '2026-02-20', ...data } }, by)

const categories = suite('the categories of PPKS')

categories('are the 26 in their order, ten of them sensitive', () => {
  const words = wordsOn(freshDatabase(), 'ppks', 'category', '2026-03-02')
  assert.equal(words.map(({ code }) => Number(code)), Array.from({ length: 26 }, (_, n) => n + 1))
  assert.equal(words.filter(({ code }) => isSensitive(code)).map(({ code }) => code), ['3', '6', '10', '14', '15', '16', '17', '18', '19', '20'])
})

categories('say their rule in words', () => {
  const say = (kind: string) => sayRule(ruleOf(kind))
  assert.is(say('age:0-4!'), 'umur belum 5 tahun')
  assert.is(say('age:60-!'), 'umur 60 tahun ke atas')
  assert.is(say('age:18-59? sex:2'), 'perempuan, umur 18–59 tahun, di luar itu dengan penjelasan')
  assert.is(say('family'), 'dicatat atas nama kepala keluarga')
  assert.is(say(''), '')
})

const entering = suite('entering into PPKS')

entering('makes somebody registered in one category, and in another besides', () => {
  const db = home()
  const first = ratify(db, enter(db, '2', CHILD, { situation: 'Putus sekolah' }))
  assert.equal([first.state, first.phase, first.variant, first.sensitive, first.data.situation], ['registered', 'waiting', '2', false, 'Putus sekolah'])
  assert.is(ratify(db, enter(db, '5', CHILD)).variant, '5')
  assert.throws(() => enter(db, '2', CHILD), /sudah tercatat/)
})

for (const [category, birthDate, allowed, words] of [
  ['1', '2021-03-03', true, 'four, the day before five'], ['1', '2021-03-02', false, 'five today'],
  ['2', '2021-03-02', true, 'five today'], ['2', '2021-03-03', false, 'still four'],
  ['2', '2007-03-03', true, 'eighteen'], ['2', '2007-03-02', false, 'nineteen today'],
  ['5', '2008-03-03', true, 'seventeen'], ['5', '2008-03-02', false, 'eighteen today'],
  ['8', '1966-03-02', true, 'sixty today'], ['8', '1966-03-03', false, 'fifty-nine'],
] as const) {
  entering(`category ${category} ${allowed ? 'takes' : 'refuses'} who is ${words}`, () => {
    const db = home(birthDate)
    if (allowed) return assert.is(enter(db, category, CHILD).status, 'submitted')
    const before = contentsOf(db)
    assert.throws(() => enter(db, category, CHILD, { ageNote: 'tetap' }), ({ fields }: Refused) => /umur orang ini \d+ tahun/.test(fields.variant!))
    assert.is(contentsOf(db), before)
  })
}

entering('asks for an explanation outside an age that is only usual', () => {
  const db = home('2022-03-02')
  assert.throws(() => enter(db, '4', CHILD), ({ fields }: Refused) => /5–18 tahun.*umur orang ini 4 tahun.*penjelasan/.test(fields.ageNote!))
  assert.is(enter(db, '4', CHILD, { ageNote: 'Ikut kakaknya mengamen' }).status, 'submitted')
})

entering('asks for it too where the birth date is not known', () => {
  const db = home()
  db.update(members).set({ birthDate: null }).run()
  assert.throws(() => enter(db, '8', ASEP), ({ fields }: Refused) => /tanggal lahir orang ini tidak tercatat/.test(fields.ageNote!))
  assert.is(enter(db, '8', ASEP, { ageNote: 'Menurut ketua RT 70-an tahun' }).status, 'submitted')
})

entering('takes women only where the category is theirs, and the head for a family', () => {
  const db = home()
  assert.throws(() => enter(db, '23', ASEP), ({ fields }: Refused) => /hanya untuk perempuan/.test(fields.variant!))
  assert.is(enter(db, '23', WATI).status, 'submitted')
  assert.throws(() => enter(db, '25', WATI), ({ fields }: Refused) => /kepala keluarga/.test(fields.memberSeq!))
  assert.is(enter(db, '25', ASEP).status, 'submitted')
})

entering('into a sensitive category is for Dinsos alone, and two of them', () => {
  const db = home()
  hireRatna(db)
  assert.throws(() => enter(db, '16', ASEP), ({ fields }: Refused) => /dicatat oleh Dinsos/.test(fields.variant!))
  const change = enter(db, '16', ASEP, {}, rina)
  const made = ratify(db, change, { verifier: ratna })
  assert.equal([made.sensitive, made.state], [true, 'registered'])
})

entering('is corrected in the state it has, and ended with a reason', () => {
  const db = home()
  addRecipient(db, { id: 'case', programme: 'ppks', variant: '2', state: 'served', householdId: 'asep', familySeq: 1, memberSeq: CHILD })
  const mended = ratify(db, propose(db, { programme: 'ppks', kind: 'correction', recipientId: 'case', data: { situation: 'Sudah sekolah lagi' } }))
  assert.equal([mended.state, mended.data.situation], ['served', 'Sudah sekolah lagi'])
  const ended = ratify(db, propose(db, { programme: 'ppks', kind: 'ending', recipientId: 'case', reasonCode: 'independent', data: { outcome: 'Lulus kejar paket' } }))
  assert.equal([ended.state, ended.phase, ended.reasonCode, ended.data.outcome], ['ended', 'ended', 'independent', 'Lulus kejar paket'])
})

const hidden = suite('what the public sees of PPKS')

hidden('is nothing: not of any category, sensitive or not', () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'determined', record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  for (const variant of ['16', '9', '24']) addRecipient(db, { id: randomUUID(), programme: 'ppks', variant, state: 'served', name: 'Asep Suryana', householdId: 'asep', familySeq: 1, memberSeq: ASEP })
  const { found } = lookUp(db, { region: PONCOSARI, name: 'Asep Suryana', address: '10.0.0.1' })
  assert.is(found.length, 1)
  assert.equal(found[0]!.programmes, [])
  assert.not.match(JSON.stringify(found), /ppks|HIV|disabilitas|miskin/i)
})

categories.run()
entering.run()
hidden.run()
