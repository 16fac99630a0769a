import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { grantAgreed, seenNow } from '#app/local/deciding.ts'
import { listFamilies } from '#app/local/families.ts'
import { finishDue, finishingDone } from '#app/local/finishing.ts'
import { recordPayments } from '#app/local/payments.ts'
import { closeLocal, editLocal, getLocal, listLocal, type LocalFacts } from '#app/local/programmes.ts'
import { stopRecipient } from '#app/local/recipients.ts'
import { followClock } from '#app/operation/clock.ts'
import { getRecipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import { attachments, localDecisions, localProgrammes, recipients } from '#db/schema/index.ts'
import { BLT, confirm, desaWorld, idOf, paper, plan, propose, stateOf } from '#test/support/local.ts'
import { addRecipient, hireRatna, ratna } from '#test/support/participants.ts'
import { actions, as, BANTUL, budi, freshApp, nia, oki, PONCOSARI, prita, rina, siti, TRIMURTI } from '#test/support/world.ts'

const TODAY = '2026-03-02'
const form = (more: Record<string, string> = {}) => ({ id: randomUUID(), programme: 'blt', name: 'BLT 2026', region: PONCOSARI, startsOn: '2026-01', endsOn: '2026-12', amount: '300.000', basis: '', ...more })

const programme = suite('a programme of a desa or kabupaten')

programme('is made by the operator of the desa, once for each form', async () => {
  const { db, as: signedIn } = freshApp()
  const sent = form()
  for (let time = 0; time < 2; time += 1) assert.is((await signedIn(oki).post('/local', sent)).headers.get('Location'), `/local/${sent.id}`)
  assert.equal(db.select().from(localProgrammes).all().map(({ amount, regionCode, programme: kind }) => [amount, regionCode, kind]), [[300_000, PONCOSARI, 'blt']])
  assert.ok(actions(db).includes('local_programme.added'))
})

for (const [words, who, wrong, message] of [
  ['for a desa that is not his', oki, { region: TRIMURTI }, /Pilih desa pemilik/], ['of the kabupaten by a desa', oki, { programme: 'apbd', region: PONCOSARI }, /dibuat Dinsos/],
  ['that ends before it begins', oki, { startsOn: '2026-05', endsOn: '2026-04' }, /mendahului/], ['of two years', oki, { endsOn: '2027-01' }, /satu tahun anggaran/], ['of no money', oki, { amount: '0' }, /Isi rupiah/],
  ['of a kelurahan', { ...rina }, { region: '34.02.01.1001' }, /Pilih desa|Kelurahan/],
] as [string, Actor, Record<string, string>, RegExp][]) {
  programme(`is refused ${words}, with what was typed kept`, async () => {
    const { db, as: signedIn } = freshApp()
    const answer = await signedIn(who).post('/local', form({ name: 'Bantuan kami', ...wrong }))
    assert.is(answer.status, 422)
    const page = await answer.text()
    assert.match(page, message)
    assert.match(page, /Bantuan kami/)
    assert.is(db.select().from(localProgrammes).all().length, 0)
  })
}

programme('of the kabupaten is Dinsos\'s to change, and seen by its desa; BLT of one desa is not seen by the next', async () => {
  const db = desaWorld()
  plan(db, { id: 'lansia', programme: 'apbd', name: 'Bantuan lansia', regionCode: BANTUL }, rina)
  const seen = (who: Actor) => listLocal(db, who, { region: '' }).rows.map(({ id }) => id).sort()
  assert.equal([seen(oki), seen(budi), seen(prita), seen(nia)], [[BLT, 'lansia'], [BLT, 'lansia'], [BLT, 'lansia'], []])
  assert.throws(() => as(db, oki, (tx) => closeLocal(tx, 'lansia', 'sudah cukup')), /tidak ditemukan/)
  assert.throws(() => getLocal({ db, actor: { ...oki, regions: [TRIMURTI] } }, BLT), /tidak ditemukan/)
  assert.is((await freshApp(db).as(oki).get('/local/lansia/edit')).status, 404)
})

programme('keeps its amount once something was paid, and is not changed over another change', () => {
  const db = desaWorld()
  const edit = (more: Partial<LocalFacts> & { revision?: number }) => as(db, oki, (tx) => editLocal(tx, BLT, { name: 'BLT Dana Desa 2026', startsOn: '2026-01', endsOn: '2026-12', amount: 300_000, basis: 'Perdes 4/2025', revision: 1, ...more }))
  edit({ amount: 250_000 })
  assert.throws(() => edit({ amount: 200_000 }), /diubah orang lain/)
  assert.is(edit({ amount: 250_000 }).revision, 2)
})

programme.run()

const choosing = suite('choosing the families of a programme')

choosing('shows the families of the desa alone, and leaves out who gets PKH or Sembako until asked', () => {
  const db = desaWorld()
  addRecipient(db, { id: 'pkh', programme: 'sembako', state: 'active', householdId: 'ujang', familySeq: 1, name: 'Ujang' })
  const shown = (aid: 'none' | 'all', q = '') => listFamilies({ db, actor: oki }, BLT, { village: PONCOSARI, q, aid }, TODAY).rows.map(({ name, gets }) => [name, ...gets.map(({ label }) => label)].join(' '))
  assert.equal(shown('none'), ['Asep'])
  assert.equal(shown('all').sort(), ['Asep', 'Ujang Sembako'])
  assert.equal(shown('all', 'uja'), ['Ujang Sembako'])
  assert.throws(() => listFamilies({ db, actor: oki }, BLT, { village: TRIMURTI, q: '', aid: 'all' }, TODAY), /tidak ditemukan/)
})

choosing('proposes a family once, whoever ticks it again', () => {
  const db = desaWorld()
  assert.equal(propose(db, ['asep', 'ujang']), { added: 2, known: 0 })
  assert.equal(propose(db, ['asep'], { by: rina }), { added: 0, known: 1 })
  assert.equal([stateOf(db, 'Asep'), stateOf(db, 'Ujang')], ['proposed', 'proposed'])
})

choosing('asks for a reason where PKH or Sembako is received already', async () => {
  const db = desaWorld()
  addRecipient(db, { id: 'pkh', programme: 'sembako', state: 'active', householdId: 'ujang', familySeq: 1, name: 'Ujang' })
  const answer = await freshApp(db).as(oki).post(`/local/${BLT}/families?aid=all`, { key: randomUUID(), family: ['ujang~1', 'asep~1'], reason: '' })
  assert.is(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /Sudah menerima PKH atau Sembako: Ujang/)
  assert.match(page, /value="ujang~1" checked/)
  assert.is(stateOf(db, 'Asep'), '')
  propose(db, ['ujang'], { reason: 'Kartunya hilang sejak 2024' })
  assert.is(stateOf(db, 'Ujang'), 'proposed')
})

choosing('refuses a family of another desa, one that is not there, and one with BLT elsewhere in the same months', () => {
  const db = desaWorld()
  assert.throws(() => propose(db, ['tini']), /tidak ditemukan/)
  assert.throws(() => propose(db, ['tini'], { by: rina }), /tidak ditemukan/)
  plan(db, { id: 'trimurti', regionCode: TRIMURTI }, rina)
  propose(db, ['asep'])
  const { kkNumber } = db.select().from(recipients).all()[0]!
  db.$client.prepare("UPDATE families SET kk_number = ? WHERE household_id = 'tini'").run(kkNumber)
  try {
    propose(db, ['tini'], { programme: 'trimurti', by: rina })
    assert.unreachable()
  } catch (error) {
    assert.match(JSON.stringify(error), /BLT Dana Desa 2026 \(Poncosari\)/)
  }
})

choosing.run()

const deciding = suite('deciding on the families of a programme')

deciding('of BLT is done by the minutes of the musyawarah, kept with their paper; the same form twice is one', async () => {
  const db = desaWorld()
  const { as: signedIn } = freshApp(db)
  propose(db, ['asep', 'ujang'])
  const sent = {
    id: randomUUID(), region: PONCOSARI, seen: seenNow({ db, actor: oki }, BLT, PONCOSARI, 'proposed'), number: '140/12/2026', date: '2026-01-20', fromMonth: '2026-02', minutes: new File(['%PDF-1.4 ba'], 'ba.pdf', { type: 'application/pdf' }),
  }
  for (let time = 0; time < 2; time += 1) assert.is((await signedIn(oki).post(`/local/${BLT}/minutes`, sent)).status, 303)
  assert.equal(db.select().from(recipients).all().map(({ state, phase, startedOn }) => [state, phase, startedOn]), [['active', 'receiving', '2026-02-01'], ['active', 'receiving', '2026-02-01']])
  assert.equal(db.select().from(localDecisions).all().map(({ families, number }) => [families, number]), [[2, '140/12/2026']])
  assert.equal(db.select().from(attachments).all().map(({ subject }) => subject), [`local-decision:${sent.id}`])
  const page = await (await signedIn(oki).get(`/local/${BLT}`)).text()
  assert.match(page, /href="\/files\/attachments\/[^"]+">140\/12\/2026/)
  assert.match(await (await signedIn(oki).get('/households/asep')).text(), /BLT Desa: Asep/)
})

deciding('asks for the paper, and refuses a list that changed since it was read', async () => {
  const db = desaWorld()
  const { as: signedIn } = freshApp(db)
  propose(db, ['asep'])
  const sent = { id: randomUUID(), region: PONCOSARI, seen: seenNow({ db, actor: oki }, BLT, PONCOSARI, 'proposed'), number: '140/12/2026', date: '2026-01-20', fromMonth: '2026-01' }
  const answer = await signedIn(oki).post(`/local/${BLT}/minutes`, sent)
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /Unggah berita acara/)
  propose(db, ['ujang'])
  assert.is((await signedIn(oki).post(`/local/${BLT}/minutes`, { ...sent, minutes: new File(['%PDF-1.4 ba'], 'ba.pdf', { type: 'application/pdf' }) })).status, 409)
  assert.is(stateOf(db, 'Asep'), 'proposed')
})

deciding('of the kabupaten\'s aid needs the minutes of the desa and then somebody else at Dinsos', () => {
  const db = desaWorld()
  hireRatna(db)
  plan(db, { id: 'lansia', programme: 'apbd', name: 'Bantuan lansia', regionCode: BANTUL }, rina)
  propose(db, ['asep'], { programme: 'lansia' })
  confirm(db, { programme: 'lansia', by: rina })
  assert.is(stateOf(db, 'Asep'), 'agreed')
  const grant = (who: Actor) => as(db, who, (tx) => grantAgreed(tx, 'lansia', { id: randomUUID(), number: 'SK 12/2026', date: '2026-02-01', fromMonth: '2026-01', seen: seenNow(tx, 'lansia', BANTUL, 'agreed') }, paper('letter')))
  assert.throws(() => grant(oki), /berwenang/)
  assert.throws(() => grant(rina), /petugas Dinsos lain/)
  assert.is(grant(ratna).families, 1)
  assert.is(stateOf(db, 'Asep'), 'active')
  const stop = (who: Actor) => as(db, who, (tx) => stopRecipient(tx, idOf(db, 'Asep'), { key: randomUUID(), seen: 3, reasonCode: 'moved', note: '' }))
  const pay = (who: Actor) => as(db, who, (tx) => recordPayments(tx, 'lansia', { key: randomUUID(), month: '2026-01', paidOn: '2026-02-02', recipients: 'all', region: '' }))
  for (const act of [stop, pay]) assert.throws(() => act(oki), /Dinsos/)
  assert.is(pay(rina).paid, 1)
  stop(rina)
  assert.is(stateOf(db, 'Asep'), 'stopped')
})

deciding('is undone for one family by a reason; a proposed one is only taken back', () => {
  const db = desaWorld()
  propose(db, ['asep', 'ujang'])
  const stop = (head: string, reasonCode = 'capable', by = oki) => as(db, by, (tx) => stopRecipient(tx, idOf(db, head), { key: randomUUID(), seen: getRecipient({ db, actor: rina }, idOf(db, head)).version, reasonCode, note: '' }))
  assert.throws(() => stop('Ujang', 'nothing'))
  stop('Ujang')
  confirm(db)
  stop('Asep', 'moved')
  assert.equal([stateOf(db, 'Ujang'), stateOf(db, 'Asep')], ['dropped', 'stopped'])
  assert.equal(propose(db, ['ujang']), { added: 1, known: 0 })
  assert.throws(() => stop('Asep', 'moved', siti), /berwenang/)
})

deciding('ends with the programme: by itself when its months are over, or when its owner ends it', async () => {
  const db = desaWorld()
  propose(db, ['asep'])
  confirm(db)
  propose(db, ['ujang'])
  finishDue(db, '2026-12-31T16:59:00.000Z')
  await finishingDone(db)
  assert.is(stateOf(db, 'Asep'), 'active')
  followClock(db, new Date('2026-01-01'))
  followClock(db, new Date('2026-12-31T17:01:00.000Z'))
  finishDue(db, '2026-12-31T17:01:00.000Z')
  await finishingDone(db)
  assert.is(stateOf(db, 'Asep'), 'active', 'ended by a clock nobody believes')
  followClock(db, new Date('2026-01-01'))
  finishDue(db, '2026-12-31T17:01:00.000Z')
  await finishingDone(db)
  assert.equal([stateOf(db, 'Asep'), stateOf(db, 'Ujang')], ['finished', 'dropped'])
  assert.is(db.select().from(recipients).all()[0]!.endedOn, '2026-12-31')
  assert.throws(() => propose(db, ['ujang']), /sudah berakhir/)
})

deciding.run()
