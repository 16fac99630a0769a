import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reactivationOf } from '#app/pbi/deadlines.ts'
import { addMonths } from '#app/questionnaire/age.ts'
import { returnChange } from '#app/programmes/decisions.ts'
import { recipientOf } from '#app/programmes/recipients.ts'
import { members, programmeSettings, recipientEvents } from '#db/schema/index.ts'
import { aPaper } from '#test/support/proposals.ts'
import { addRecipient, approve, changeOf, propose, ratify, withChild } from '#test/support/participants.ts'
import { addHousehold, as, budi, contentsOf, freshDatabase, oki, PONCOSARI } from '#test/support/world.ts'

const CARD = '0001234567890'
const LETTERS = ['healthLetter', 'dinsosStatement']
const at = (day: string, hour = '03') => `${day}T${hour}:00:00.000Z`

function home(birthDate = '2026-01-10') {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: withChild({ serial: 1 }, { birthDate, nik: '9902015001261234' }) })
  return db
}
const person = (memberSeq: number) => ({ householdId: 'asep', familySeq: 1, memberSeq })
const mother = (db: ReturnType<typeof home>, state = 'active') => addRecipient(db, { id: 'wati', programme: 'pbi', state, name: 'Wati Suryani', householdId: 'asep', familySeq: 1, memberSeq: 2 })

const adding = suite('adding to PBI-JK')

adding('makes a proposed participant, who becomes active with card and segment once the ministry agrees', () => {
  const db = home()
  const proposed = ratify(db, propose(db, { programme: 'pbi', kind: 'addition', subject: person(1) }))
  assert.equal({ state: proposed.state, phase: proposed.phase, name: proposed.name }, { state: 'proposed', phase: 'waiting', name: 'Asep Suryana' })
  const active = ratify(db, propose(db, { programme: 'pbi', kind: 'approval', recipientId: proposed.id, data: { cardNumber: CARD, decree: '12/HUK/2026', coveredFrom: '2026-04-01' } }))
  assert.equal({ state: active.state, number: active.number, startedOn: active.startedOn, segment: active.data.segment }, { state: 'active', number: CARD, startedOn: '2026-04-01', segment: 'pbi' })
})

adding('ends as rejected when the ministry says no', () => {
  const db = home()
  addRecipient(db, { id: 'asep-pbi', programme: 'pbi', state: 'proposed', householdId: 'asep', familySeq: 1, memberSeq: 1 })
  const rejected = ratify(db, propose(db, { programme: 'pbi', kind: 'rejection', recipientId: 'asep-pbi', reasonCode: 'excluded' }))
  assert.equal([rejected.state, rejected.phase, rejected.reasonCode], ['rejected', 'ended', 'excluded'])
})

adding('is refused without a sound NIK, and changes nothing', () => {
  const db = home()
  db.update(members).set({ nik: null }).run()
  const before = contentsOf(db)
  assert.throws(() => propose(db, { programme: 'pbi', kind: 'addition', subject: person(1) }), (error: { fields: Record<string, string> }) => /NIK orang ini kosong/.test(error.fields.memberSeq!))
  assert.is(contentsOf(db), before)
})

adding('refuses a card number that another has, or that is none', () => {
  const db = home()
  addRecipient(db, { id: 'other', programme: 'pbi', state: 'active', name: 'Lain', number: CARD })
  addRecipient(db, { id: 'asep-pbi', programme: 'pbi', state: 'proposed' })
  const approval = (cardNumber: string) => propose(db, { programme: 'pbi', kind: 'approval', recipientId: 'asep-pbi', data: { cardNumber, decree: '1', coveredFrom: '2026-04-01' } })
  assert.throws(() => approval(CARD), (error: { fields: Record<string, string> }) => /peserta lain/.test(error.fields.cardNumber!))
  assert.throws(() => approval('123'), (error: { fields: Record<string, string> }) => /tidak sesuai/.test(error.fields.cardNumber!))
})

adding('gives back the card somebody had before he ended, and takes it from nobody else', () => {
  const db = home()
  addRecipient(db, { id: 'before', programme: 'pbi', state: 'inactive', name: 'Asep Suryana', number: CARD, householdId: 'asep', familySeq: 1, memberSeq: 1, endedOn: '2025-01-31' })
  addRecipient(db, { id: 'wati-before', programme: 'pbi', state: 'inactive', name: 'Wati Suryani', number: '0001234567891', householdId: 'asep', familySeq: 1, memberSeq: 2, endedOn: '2025-01-31' })
  const proposed = ratify(db, propose(db, { programme: 'pbi', kind: 'addition', subject: person(1) }))
  const approval = (cardNumber: string) => propose(db, { programme: 'pbi', kind: 'approval', recipientId: proposed.id, data: { cardNumber, decree: '12/HUK/2026', coveredFrom: '2026-04-01' } })
  assert.throws(() => approval('0001234567891'), (error: { fields: Record<string, string> }) => /peserta lain/.test(error.fields.cardNumber!))
  const active = ratify(db, approval(CARD))
  const before = recipientOf(db, 'before')!
  assert.equal([active.state, active.number, before.state, before.number, before.data.formerNumber], ['active', CARD, 'inactive', null, CARD])
})

const babies = suite('a newborn of a participant')

babies('is added because the mother is active, without a NIK of its own', () => {
  const db = home()
  db.update(members).set({ nik: null }).run()
  mother(db)
  assert.is(ratify(db, propose(db, { programme: 'pbi', kind: 'newborn', subject: person(3) })).state, 'proposed')
})

babies('is added because of the head too, known by his NIK alone', () => {
  const db = home()
  const { nik } = db.select().from(members).all().find(({ seq }) => seq === 1)!
  addRecipient(db, { id: 'asep-pbi', programme: 'pbi', state: 'active', nik })
  assert.is(propose(db, { programme: 'pbi', kind: 'newborn', subject: person(3) }).status, 'submitted')
})

for (const [words, birthDate, state, member, refusal] of [
  ['whose mother is not active', '2026-01-10', 'inactive', 3, /bukan peserta PBI-JK yang aktif/],
  ['that is one year old today', '2025-03-02', 'active', 3, /bukan bayi/],
  ['not yet born', '2026-03-03', 'active', 3, /bukan bayi/],
  ['that is no child of the family', '2026-01-10', 'active', 1, /bukan anak/],
] as const) {
  babies(`is refused: one ${words}`, () => {
    const db = home(birthDate)
    mother(db, state)
    assert.throws(() => propose(db, { programme: 'pbi', kind: 'newborn', subject: person(member) }), (error: { fields: Record<string, string> }) => refusal.test(error.fields.memberSeq!))
  })
}

babies('is still one the day before its first birthday', () => {
  const db = home('2025-03-03')
  mother(db)
  assert.is(propose(db, { programme: 'pbi', kind: 'newborn', subject: person(3) }).status, 'submitted')
})

const leaving = suite('leaving PBI-JK')

leaving('keeps the reason and the day of the letter', () => {
  const db = home()
  mother(db)
  const gone = ratify(db, propose(db, { programme: 'pbi', kind: 'removal', recipientId: 'wati', reasonCode: 'capable' }), { effectiveOn: '2026-03-10' })
  assert.equal([gone.state, gone.phase, gone.reasonCode, gone.endedOn], ['inactive', 'ended', 'capable', '2026-03-10'])
})

leaving('to another segment must say which', () => {
  const db = home()
  mother(db)
  const removal = (segment?: string) => propose(db, { programme: 'pbi', kind: 'removal', recipientId: 'wati', reasonCode: 'other_segment', data: segment ? { segment } : {} })
  assert.throws(() => removal(), (error: { fields: Record<string, string> }) => /Pilih segmen/.test(error.fields.segment!))
  assert.throws(() => removal('pbi'), (error: { fields: Record<string, string> }) => /segmen sekarang/.test(error.fields.segment!))
  assert.is(ratify(db, removal('ppu_bu')).data.segment, 'ppu_bu')
})

leaving('by a change of segment, and the segment of one already inactive can be written down', () => {
  const db = home()
  mother(db)
  const moved = ratify(db, propose(db, { programme: 'pbi', kind: 'segment', recipientId: 'wati', reasonCode: 'other_segment', data: { segment: 'ppu_pn' } }))
  assert.equal([moved.state, moved.data.segment], ['inactive', 'ppu_pn'])
  const later = ratify(db, propose(db, { programme: 'pbi', kind: 'later_segment', recipientId: 'wati', data: { segment: 'pbpu' } }))
  assert.equal([later.state, later.data.segment, later.endedOn], ['inactive', 'pbpu', moved.endedOn])
})

leaving('for another: the one enters as proposed, the other ends, and only an active one can be replaced', () => {
  const db = home()
  mother(db)
  const entered = ratify(db, propose(db, { programme: 'pbi', kind: 'replacement', subject: person(1), replacedId: 'wati', reasonCode: 'capable' }))
  assert.equal([entered.state, recipientOf(db, 'wati')!.state], ['proposed', 'inactive'])
  addRecipient(db, { id: 'waits', programme: 'pbi', state: 'proposed', name: 'Menunggu' })
  assert.throws(() => propose(db, { programme: 'pbi', kind: 'replacement', subject: person(3), replacedId: 'waits', reasonCode: 'capable' }), /bukan peserta aktif/)
})

leaving('a wrong card number is corrected without a change of state', () => {
  const db = home()
  addRecipient(db, { id: 'wati', programme: 'pbi', state: 'active', number: CARD, data: { segment: 'pbi' } })
  const mended = ratify(db, propose(db, { programme: 'pbi', kind: 'correction', recipientId: 'wati', data: { cardNumber: '0009999999999' } }))
  assert.equal([mended.state, mended.number], ['active', '0009999999999'])
  assert.equal([mended.version, db.select().from(recipientEvents).all().filter(({ recipientId }) => recipientId === 'wati').length], [2, 2])
})

const back = suite('reactivating')

const deactivated = (endedOn: string, more: { reasonCode?: string, data?: Record<string, string> } = {}) => {
  const db = home()
  addRecipient(db, { id: 'wati', programme: 'pbi', state: 'inactive', name: 'Wati Suryani', householdId: 'asep', familySeq: 1, memberSeq: 2, endedOn, ...more })
  return db
}
const reactivate = (db: ReturnType<typeof home>, when = at('2026-03-02'), letters = LETTERS) => propose(db, {
  programme: 'pbi', kind: 'reactivation', recipientId: 'wati', reasonCode: 'childbirth', data: { facility: 'RSUD Panembahan Senopati' }, files: letters.map((field, n) => aPaper(db, field, `${n}a`.repeat(32))),
}, oki, when)

back('makes the same participant active again, with the day by which it must be done', () => {
  const db = deactivated('2026-02-01')
  const change = reactivate(db)
  assert.is(change.dueOn, '2026-03-16')
  const again = ratify(db, change)
  assert.equal([again.id, again.state, again.endedOn, again.data.segment, again.data.facility], ['wati', 'active', null, 'pbi', 'RSUD Panembahan Senopati'])
})

back('needs both letters; the SKTM may be missing', () => {
  const db = deactivated('2026-02-01')
  for (const missing of LETTERS) {
    assert.throws(() => reactivate(db, undefined, LETTERS.filter((name) => name !== missing)), (error: { fields: Record<string, string> }) => Object.keys(error.fields).join() === missing)
  }
})

back('is open to the end of the very last day, WIB', () => {
  assert.is(reactivate(deactivated('2025-09-02'), '2026-03-02T16:59:59.000Z').status, 'submitted')
  assert.throws(() => reactivate(deactivated('2025-09-02'), '2026-03-02T17:00:00.000Z'), /Batas reaktivasi sudah lewat: dinonaktifkan 2 September 2025, paling lambat 2 Maret 2026/)
})

back('counts months of the calendar, the last day where there is no such day', () => {
  assert.is(addMonths('2025-08-31', 6), '2026-02-28')
  assert.is(addMonths('2023-08-31', 6), '2024-02-29')
  assert.is(addMonths('2025-12-31', 6), '2026-06-30')
  assert.is(addMonths('2026-01-15', 12), '2027-01-15')
})

back('follows the setting that held when it was deactivated', () => {
  const db = deactivated('2025-09-01')
  db.insert(programmeSettings).values({ programme: 'pbi', key: 'reactivation.months', regionCode: '', validFrom: '2025-01-01', validTo: '2026-01-01', value: 9, source: 'Surat Kemensos', setBy: 'mega', setAt: at('2025-01-01') }).run()
  const { lastDay, daysLeft, open } = reactivationOf(db, recipientOf(db, 'wati')!, '2026-03-02')
  assert.equal([lastDay, daysLeft, open], ['2026-06-01', 91, true])
})

back('once proposed in time is not lost while offices work on it', () => {
  const db = deactivated('2025-09-02')
  const change = reactivate(db, at('2026-03-02'))
  approve(db, change.id, budi, at('2026-03-09'))
  assert.is(changeOf(db, change.id).status, 'checked')
})

back('that was returned is not late because it is sent again', () => {
  const db = deactivated('2025-09-02')
  const { id } = reactivate(db, at('2026-03-02'))
  as(db, budi, (tx) => returnChange(tx, id, { key: crypto.randomUUID(), seen: '', note: 'Suratnya buram' }), at('2026-03-04'))
  const again = propose(db, { id, programme: 'pbi', kind: 'reactivation', recipientId: 'wati', reasonCode: 'childbirth', data: { facility: 'RSUD' } }, oki, at('2026-03-09'))
  assert.is(again.status, 'submitted')
})

back('of one who died, is a duplicate or is in another segment is refused', () => {
  assert.throws(() => reactivate(deactivated('2026-02-01', { reasonCode: 'deceased' })), /meninggal/)
  assert.throws(() => reactivate(deactivated('2026-02-01', { reasonCode: 'duplicate' })), /ganda/)
  assert.throws(() => reactivate(deactivated('2026-02-01', { data: { segment: 'ppu_bu' } })), /segmen lain/)
})

back('of one who was added anew meanwhile is refused, also when both were on their way', () => {
  const db = deactivated('2026-02-01')
  addRecipient(db, { id: 'anew', programme: 'pbi', state: 'proposed', name: 'Wati Suryani', householdId: 'asep', familySeq: 1, memberSeq: 2 })
  assert.throws(() => reactivate(db), /sudah tercatat di PBI-JK/)
  const both = deactivated('2026-02-01')
  const change = reactivate(both)
  ratify(both, propose(both, { programme: 'pbi', kind: 'addition', subject: person(2) }))
  assert.throws(() => approve(both, change.id, budi), /sudah tercatat di PBI-JK/)
})

back('is not found from another place', () => {
  const db = deactivated('2026-02-01')
  const elsewhere = { ...oki, id: 'oki', regions: [PONCOSARI.replace('2001', '2002')] }
  assert.throws(() => propose(db, { programme: 'pbi', kind: 'reactivation', recipientId: 'wati', reasonCode: 'childbirth' }, elsewhere), /tidak ditemukan/)
})

adding.run()
babies.run()
leaving.run()
back.run()
