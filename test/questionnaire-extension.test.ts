import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { extensionExport, extensionMembersExport } from '#app/dtsen/extension-exporting.ts'
import type { Cell } from '#app/exports/exportable.ts'
import { questionnaireVersionIn, switchOff, switchOn, type NewPeriod } from '#app/dtsen/extension.ts'
import { blocksOf } from '#app/households/blocks.ts'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { parseSection } from '#app/questionnaire/form.ts'
import { mergeRecords } from '#app/questionnaire/merge.ts'
import { asked, CURRENT, EXTENDED, findMistakes, questionnaireOf, sectionOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import type { Db } from '#db/connection.ts'
import { questionnaireExtensions, visits } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import {
  actions, addHousehold, agus, as as acting, BALECATUR, BANTUL, contentsOf, dewi, freshApp, freshDatabase, PONCOSARI, rina, siti,
} from '#test/support/world.ts'

const today = '2026-03-02'
const context = { context: { today } }
const extras = () => EXTENDED.sections.flatMap(({ questions }) => questions).filter(({ extension }) => extension)
const period: NewPeriod = { id: '00000000-0000-4000-8000-000000000021', regionCode: BANTUL, validFrom: today, validTo: null, source: 'Surat Pusdatin 12/2026' }
const on = (db: Db, own: Partial<NewPeriod> = {}, at?: string) => acting(db, agus, (tx) => switchOn(tx, { ...period, ...own }), at)

const data = suite('the optional questions')

data('are the thirty of DTSEN: 21 of the household, 9 of each person, none of them required', () => {
  assert.equal([extras().filter(({ roster }) => roster === 'household').length, extras().filter(({ roster }) => roster === 'members').length], [21, 9])
  assert.ok(extras().every(({ required }) => required === false))
  assert.is(extras().reduce((sum, { options = [] }) => sum + options.length, 0), 29)
  assert.is(new Set(EXTENDED.sections.filter(({ code }) => code !== 'musdes').flatMap(({ roster, questions }) => questions.map(({ key }) => `${roster} ${key}`))).size,
    CURRENT.sections.filter(({ code }) => code !== 'musdes').flatMap(({ questions }) => questions).length + 30, 'no key means two things')
})

data('are asked by their own version and by no other', () => {
  const keys = (version: string) => asked(sectionOf(questionnaireOf(version)!, 'members'), aRecord(), { today, index: 0 }).map(({ question }) => question.key)
  assert.ok(keys('2026-dtsen').includes('seeing'))
  for (const version of ['2026', '2025']) assert.not.ok(keys(version).includes('seeing'), version)
  assert.is(sectionOf(CURRENT, 'dtsen'), undefined)
})

data('may all stay empty, and are judged when they are answered', () => {
  assert.equal(findMistakes(EXTENDED, aRecord(), context), [])
  const odd = setAnswer(setAnswer(setAnswer(aRecord(), 'household.plnMeterId', '12'), 'members.0.seeing', 7), 'household.fridgeCount', 1.5)
  assert.equal(findMistakes(EXTENDED, odd, context).map(({ path }) => path).sort(), ['household.fridgeCount', 'household.plnMeterId', 'members.0.seeing'])
})

data('stay in the record, also when a later visit does not ask them', () => {
  const record = setAnswer(setAnswer(aRecord(), 'household.smartphoneCount', 2), 'members.1.walking', 3)
  for (const questionnaire of [CURRENT, EXTENDED]) {
    const tidy = withoutUnasked(questionnaire, record, today)
    assert.equal([tidy.household.smartphoneCount, tidy.members[1]!.walking], [2, 3], questionnaire.version)
  }
})

data('are read from their page, compared, merged and shown in words', () => {
  const before = aRecord({ serial: 1 })
  const { record, mistakes } = parseSection(sectionOf(EXTENDED, 'dtsen'), before, { 'household.goldGram': '2,5', 'household.otherLand': 'true', 'household.plnMeterId': '5212 3456 7890' })
  assert.equal(mistakes, [])
  assert.equal(diffRecords(before, record).map(({ section, label, after }) => [section, label, after]), [
    ['Tambahan DTSEN', 'ID pelanggan/nomor meteran PLN', '521234567890'], ['Tambahan DTSEN', 'Emas/perhiasan', '2,5 gram'], ['Tambahan DTSEN', 'Lahan lainnya', 'Ya'],
  ])
  const other = setAnswer(before, 'members.0.disabilityLawType', [1, 4])
  const merged = mergeRecords(before, record, other)
  assert.equal([merged.conflicts, merged.record.household.goldGram, merged.record.members[0]!.disabilityLawType], [[], 2.5, [1, 4]])
})

data('have a block on the page of a household only where one was answered', () => {
  const codes = (record = aRecord()) => blocksOf(record, [], today).map(({ code }) => code)
  assert.not.ok(codes().includes('dtsen'))
  const answered = setAnswer(setAnswer(aRecord(), 'household.carCount', 1), 'members.0.seeing', 2)
  const block = blocksOf(answered, [], today).find(({ code }) => code === 'dtsen')!
  assert.equal(block.groups[0]!.rows.map(({ label, answer }) => [label, answer]), [['Jumlah mobil', '1']])
  const people = blocksOf(answered, [], today).find(({ code }) => code === 'members')!.groups
  assert.ok(people[0]!.rows.some(({ answer }) => answer === 'Ada sedikit kesulitan'))
  assert.not.ok(people[1]!.rows.some(({ label }) => label.startsWith('Kesulitan')))
  assert.is(completenessOf(EXTENDED, answered, today).find(({ section }) => section === 'dtsen')!.asked, 0, 'nothing of it is owed')
})

data.run()

const switching = suite('switching them on')

switching('counts from its first to its last day, in that kabupaten alone', () => {
  const db = freshDatabase()
  on(db, { validFrom: '2026-03-05', validTo: '2026-03-20' })
  const version = (day: string, region = PONCOSARI) => questionnaireVersionIn(db, region, day)
  assert.equal(['2026-03-04', '2026-03-05', '2026-03-20', '2026-03-21'].map((day) => version(day)), ['2026', '2026-dtsen', '2026-dtsen', '2026'])
  assert.is(version('2026-03-10', BALECATUR), '2026')
})

switching('is refused while it is on already, before today, and to anybody but the administrator', () => {
  const db = freshDatabase()
  on(db)
  on(db)
  assert.is(db.select().from(questionnaireExtensions).all().length, 1, 'the same form twice is once')
  const before = contentsOf(db)
  assert.throws(() => on(db, { id: '00000000-0000-4000-8000-000000000022', validFrom: '2026-05-01' }), /sudah berlaku/)
  assert.throws(() => on(db, { id: '00000000-0000-4000-8000-000000000023', regionCode: '34.04', validFrom: '2026-01-01' }), /Periksa kembali/)
  assert.throws(() => on(db, { id: '00000000-0000-4000-8000-000000000024', regionCode: PONCOSARI }), /Periksa kembali/)
  assert.throws(() => acting(db, rina, (tx) => switchOn(tx, period)), /tidak berwenang/)
  assert.is(contentsOf(db), before)
})

switching('off takes effect at once and is on record', () => {
  const db = freshDatabase()
  on(db)
  acting(db, agus, (tx) => switchOff(tx, period.id), '2026-03-09T03:00:00.000Z')
  assert.equal(['2026-03-08', '2026-03-09'].map((day) => questionnaireVersionIn(db, PONCOSARI, day)), ['2026-dtsen', '2026'])
  on(db, { id: '00000000-0000-4000-8000-000000000025', validFrom: '2026-04-01' })
  acting(db, agus, (tx) => switchOff(tx, '00000000-0000-4000-8000-000000000025'))
  assert.is(db.select().from(questionnaireExtensions).all().length, 1, 'what never began is taken back')
  assert.is(actions(db).filter((action) => action === 'questionnaire.extension_ended').length, 2)
})

switching('is done on a page of the administrator', async () => {
  const { db, as } = freshApp()
  const form = { key: period.id, region: BANTUL, validFrom: '2099-01-01', validTo: '', source: 'Surat 12' }
  assert.is((await as(agus).get('/dtsen')).headers.get('Location'), '/dtsen/extension')
  assert.is((await as(rina).post('/dtsen/extension', form)).status, 403)
  const refused = await as(agus).post('/dtsen/extension', { ...form, source: '' })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), /Tuliskan dasar pemberlakuannya/)
  assert.is((await as(agus).post('/dtsen/extension', form)).status, 303)
  assert.match(await (await as(agus).get('/dtsen/extension')).text(), /Akan berlaku/)
  assert.is((await as(agus).post(`/dtsen/extension/${period.id}/ending`)).status, 303)
  assert.is(db.select().from(questionnaireExtensions).all().length, 0)
})

switching.run()

const visiting = suite('a visit with the optional questions')

// Asep is Siti's in Bantul, Made is Dewi's in Sleman.
async function world() {
  const app = freshApp()
  addHousehold(app.db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ serial: 1 }) })
  addHousehold(app.db, 'made', { stage: 'assigned', officer: dewi, regionCode: BALECATUR })
  app.db.insert(questionnaireExtensions).values({ ...period, extension: 'dtsen', validFrom: '2026-01-01', setBy: 'agus', setAt: '2026-01-01T00:00:00.000Z' }).run()
  acting(app.db, siti, (tx) => beginVisit(tx, 'asep', 'visit-asep'))
  acting(app.db, dewi, (tx) => beginVisit(tx, 'made', 'visit-made'))
  return app
}
const ASEP = '/field/asep/visits/visit-asep'
const visit = (db: Db, id: string) => db.select().from(visits).where(eq(visits.id, id)).get()!

visiting('has their page before the photos, where they are switched on', async () => {
  const { db, as } = await world()
  assert.equal([visit(db, 'visit-asep').questionnaireVersion, visit(db, 'visit-made').questionnaireVersion], ['2026-dtsen', '2026'])
  await as(siti).post(`${ASEP}/respondent`, { revision: '1', 'household.hasilVerivali': '1' })
  const page = await (await as(siti).get(`${ASEP}/dtsen`)).text()
  assert.match(page, /X3b\. Jumlah lemari es\/kulkas.*boleh kosong/)
  assert.match(page, /Tambahan DTSEN/)
  assert.match(await (await as(siti).get(`${ASEP}/members/0`)).text(), /Y1\. Kesulitan melihat walau berkacamata/)
  assert.is((await as(siti).post(`${ASEP}/businesses`, { revision: '2' })).headers.get('Location'), `${ASEP}/dtsen`)
})

visiting('saves them like any other page and goes on to the photos', async () => {
  const { db, as } = await world()
  const saved = await as(siti).post(`${ASEP}/dtsen`, { revision: '1', 'household.fridgeCount': '2', 'household.goldGram': '' })
  assert.is(saved.headers.get('Location'), `${ASEP}/photos`)
  assert.is(visit(db, 'visit-asep').record.household.fridgeCount, 2)
  const refused = await as(siti).post(`${ASEP}/dtsen`, { revision: '2', 'household.fridgeCount': 'dua' })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), /isian &quot;dua&quot; tidak terbaca|isian "dua" tidak terbaca/)
})

visiting('leaves its answers in an export of their own', () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: setAnswer(setAnswer(aRecord({ serial: 1 }), 'household.otherLand', false), 'members.1.seeing', 4) })
  addHousehold(db, 'bayu')
  const [[household], [member]] = [extensionExport, extensionMembersExport].map((list) => [...list.chunks({ db, actor: rina }, {})].flat()) as [Cell[][], Cell[][]]
  assert.equal(household!.filter((cell) => cell !== null), [PONCOSARI, '99asep', 'Asep Suryana', 'Tidak'])
  assert.equal(member!.filter((cell) => cell !== null).slice(3), ['Wati Suryani', '9902016008840001', 'Tidak dapat melakukan sama sekali'])
})

visiting('has no such page where they are not', async () => {
  const { as } = await world()
  const made = '/field/made/visits/visit-made'
  assert.is((await as(dewi).get(`${made}/dtsen`)).status, 404)
  assert.is((await as(dewi).post(`${made}/dtsen`, { revision: '1', 'household.fridgeCount': '2' })).status, 404)
  assert.not.match(await (await as(dewi).get(`${made}/assets`)).text(), /Tambahan DTSEN/)
  assert.is((await as(dewi).post(`${made}/businesses`, { revision: '1' })).headers.get('Location'), `${made}/photos`)
})

visiting.run()
