import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgeCards, judgeIdentity } from '#app/evidence/signals/identity.ts'
import { judgeOfficer } from '#app/quality/officer-verdict.ts'
import { figuresOf, type VisitFigure } from '#app/quality/officer-figures.ts'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { photosNeeded } from '#app/questionnaire/evidence.ts'
import { mergeRecords } from '#app/questionnaire/merge.ts'
import { missingInWords, missingNumbers } from '#app/questionnaire/missing-numbers.ts'
import { CURRENT, findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { setAnswer, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { readWhole } from '#app/visits/whole.ts'
import { aRecord, withoutNumbers } from '#test/support/records.ts'
import { PONCOSARI } from '#test/support/world.ts'

const today = '2026-03-02'
const mistakes = (record: HouseholdRecord, version = '2026') => findMistakes(questionnaireOf(version)!, record, { context: { today } }).map(({ code, path, severity }) => `${severity} ${code} ${path}`)
const photos = (record: HouseholdRecord) => photosNeeded(record).map(({ code }) => code)

const asking = suite('a family without a card')

asking('has a No KK or a reason why not: one of the two, never both', () => {
  const none = withoutNumbers(aRecord())
  assert.equal(mistakes(none), [])
  assert.equal(mistakes(setAnswer(none, 'families.0.kkMissingReason', undefined)), ['error required families.0.kkNumber'])
  assert.equal(mistakes(setAnswer(aRecord(), 'families.0.kkMissingReason', 2)), ['error both families.0.kkNumber'])
  assert.equal(mistakes(setAnswer(none, 'families.0.kkMissingReason', 9)), ['error value families.0.kkMissingReason'])
})

asking('is asked so by every version a phone may have begun with, and what was answered before stays right', () => {
  for (const version of ['2025', '2026', '2026-dtsen']) {
    assert.equal(mistakes(aRecord(), version), [], version)
    assert.equal(mistakes(withoutNumbers(aRecord()), version), [], version)
  }
})

asking('shows no photo of one; where one family of the house has a card it does', () => {
  const none = withoutNumbers(aRecord())
  assert.equal([photos(aRecord()).length, photos(none).length, photos(none).includes('F-KK')], [9, 8, false])
  assert.ok(photos({ ...none, families: [...none.families, { familySeq: 2, kkNumber: '9902011503100399' }] }).includes('F-KK'))
  assert.ok(photos(setAnswer(none, 'families.0.kkMissingReason', undefined)).includes('F-KK'), 'said by nobody')
})

asking('shows no KTP only where nobody has a NIK and each says why', () => {
  assert.ok(photos(withoutNumbers(aRecord(), { niks: [2] })).includes('F-KTP'))
  const nobody = withoutNumbers(aRecord(), { niks: [1, 2] })
  assert.not.ok(photos(nobody).includes('F-KTP'))
  assert.ok(photos(setAnswer(nobody, 'members.0.nikMissingReason', undefined)).includes('F-KTP'))
})

asking('is as fully known with its reason as another with its number', () => {
  const block = (record: HouseholdRecord) => completenessOf(CURRENT, record, today).find(({ section }) => section === 'families')!
  assert.equal(block(withoutNumbers(aRecord())), block(aRecord()))
})

asking('is told by whose card it is', () => {
  const words = missingNumbers(withoutNumbers(aRecord({ head: 'Asep', spouse: 'Wati' }), { niks: [2] })).map(missingInWords)
  assert.equal(words, ['No KK keluarga 1 (Asep): belum pernah dibuat', 'NIK ART 2 (Wati): belum pernah didaftarkan'])
  assert.equal(missingNumbers(aRecord()), [])
})

asking.run()

const people = suite('a member without a NIK')

people('may say why, and is sent either way, as before', () => {
  const bare = setAnswer(aRecord(), 'members.1.nik', undefined)
  assert.equal(mistakes(bare), ['warning required members.1.nik'])
  assert.equal(mistakes(setAnswer(bare, 'members.1.nikMissingReason', 2)), [])
  assert.equal(mistakes(setAnswer(aRecord(), 'members.1.nikMissingReason', 2)), ['error both members.1.nik'])
})

people.run()

const putTogether = suite('a number and a reason that come together')

const twofold = () => setAnswer(setAnswer(aRecord({ serial: 7 }), 'families.0.kkMissingReason', 4), 'members.1.nikMissingReason', 4)

putTogether('from a phone that does not ask for reasons yet are the number', () => {
  const visit = { record: twofold(), questionnaireVersion: '2026', openedAt: '2026-03-01T02:00:00.000Z', activeMs: 1, coordinate: null }
  const record = readWhole(visit, PONCOSARI, '2026-03-02T02:00:00.000Z')
  assert.equal([record.families[0]!.kkMissingReason, record.members[1]!.nikMissingReason], [undefined, undefined])
  assert.equal(mistakes(record), [])
})

putTogether('of two visits, or of a visit and the master, are the number', () => {
  const base = { ...aRecord({ serial: 8 }), families: [{ familySeq: 1 }] }
  const { record, conflicts } = mergeRecords(base, setAnswer(base, 'families.0.kkMissingReason', 1), setAnswer(base, 'families.0.kkNumber', '9902011503100008'))
  assert.equal([record.families, conflicts], [[{ familySeq: 1, kkNumber: '9902011503100008' }], []])
})

putTogether.run()

const told = suite('what a checker is told')

told('is which families have no card and why; of one that had a card, that it had', () => {
  const [never] = judgeCards(1, { said: ['keluarga 1: belum pernah dibuat'], lost: 0 })
  assert.equal([never!.level, never!.weight, never!.sentence], ['look', 1, '1 dari 1 keluarga tanpa Nomor KK (keluarga 1: belum pernah dibuat).'])
  const [lost] = judgeCards(2, { said: ['keluarga 1: hilang'], lost: 1 })
  assert.equal([lost!.weight, /Padahal data induk mencatat 1 Nomor KK/.test(lost!.sentence)], [3, true])
  assert.equal([judgeCards(1, { said: [], lost: 0 })[0]!.level, judgeCards(0, { said: [], lost: 0 })], ['fine', []])
  assert.match(judgeIdentity({ count: 3, withoutNik: 1, elsewhere: [], lostNiks: 1 })[0]!.sentence, /Padahal data induk mencatat 1 NIK/)
})

told('is the share of each officer, beside what is usual where he works', () => {
  const visits = (cards: number): VisitFigure[] => Array.from({ length: 20 }, (_, i) => ({
    visitId: `v${i}`, submittedAt: `2026-03-${String(i + 1).padStart(2, '0')}T03:00:00.000Z`, outcome: 1, activeMs: 1_500_000 + i * 10_000, memberCount: 3, codes: Object.fromEntries(i < cards ? [['no_card', 1]] : []),
    flagCount: i < cards ? 1 : 0, flagWeight: 0, returns: 0, changed: null, latitude: -7.97 + i / 1000, longitude: 110.22, prelistLatitude: null, prelistLongitude: null,
  }))
  const officer = (id: string, cards: number) => figuresOf(id, PONCOSARI, visits(cards))
  const reasonsBeside = (usual: number) => judgeOfficer(officer('siti', 14), [officer('siti', 14), ...['a', 'b', 'c', 'd', 'e'].map((id) => officer(id, usual))]).reasons.filter(({ code }) => code === 'no_card')
  assert.match(reasonsBeside(1)[0]!.sentence, /^Keluarga tanpa KK: 14 dari 20 wawancara \(70%\), petugas lain biasanya 5%\.$/)
  assert.is(judgeOfficer(officer('a', 1), [officer('a', 1), officer('siti', 14)]).reasons.length, 0, 'a few trouble nobody')
})

told.run()
