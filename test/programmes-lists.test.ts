import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { approveTicked, previewApproval } from '#app/programmes/bulk.ts'
import { addWord, endWord, setSetting } from '#app/programmes/configuring.ts'
import { changesExport, recipientsExport } from '#app/programmes/exporting.ts'
import { countByPhase, listRecipients, PAGE, type Filter, type Place } from '#app/programmes/list.ts'
import { listPeriods, moveCutoff, openPeriod, planPeriod } from '#app/programmes/periods.ts'
import { getRecipient, moveRecipient } from '#app/programmes/recipients.ts'
import { lookUp } from '#app/public/lookup.ts'
import { countWaitingChanges, listChanges } from '#app/programmes/queue.ts'
import { settingOn, wordsOn } from '#app/programmes/settings.ts'
import { programmeSettings } from '#db/schema/index.ts'
import { addFamily, addPeriod, addRecipient, approve, changeOf, programmeWorld, propose, seenNow } from '#test/support/programmes.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, agus, as, BALECATUR, BANTUL, budi, GADINGSARI, mega, nia, oki, PONCOSARI, prita, rina, TRIMURTI, wawan } from '#test/support/world.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'

const listing = suite('the list of recipients')

const SEMBAKO: Filter = { programme: 'sembako', q: '', region: '' }
const names = (db: Db, actor: Actor, filter: Partial<Filter> = {}) => listRecipients(db, actor, { ...SEMBAKO, ...filter }).rows.map(({ name }) => name)

// Five, in three desa of Bantul and one of Sleman.
function five() {
  const { db, ...rest } = programmeWorld()
  addRecipient(db, 'Wati', { number: '6013010000000001', startedOn: '2026-01-10' })
  addRecipient(db, 'Asih', { state: 'suspended', nik: '9902011205800001' })
  addRecipient(db, 'Budiman', { regionCode: TRIMURTI, kkNumber: '9902011503100001', state: 'candidate' })
  addRecipient(db, 'Asep Surya', { regionCode: GADINGSARI, state: 'removed', startedOn: '2025-01-01', endedOn: '2025-12-31' })
  addRecipient(db, 'Jauh', { regionCode: BALECATUR })
  return { db, ...rest }
}

listing('goes by desa and then by name, within the reader\'s places', () => {
  const { db } = five()
  assert.equal(names(db, rina), ['Asih', 'Wati', 'Budiman', 'Asep Surya'])
  assert.equal(names(db, oki), ['Asih', 'Wati'])
  assert.equal(names(db, wawan), ['Asih', 'Wati', 'Budiman'])
  assert.equal(names(db, nia), ['Jauh'])
  assert.is(names(db, mega).length, 5)
})

listing('is narrowed by state, phase, place and the period in which aid was received', () => {
  const { db } = five()
  addPeriod(db, 'first')
  addPeriod(db, 'last year', { startsOn: '2025-10-01', endsOn: '2025-12-31', cutoffOn: '2025-12-20' })
  assert.equal(names(db, rina, { state: 'suspended' }), ['Asih'])
  assert.equal(names(db, rina, { phase: 'ended' }), ['Asep Surya'])
  assert.equal(names(db, rina, { phase: 'receiving' }), ['Wati'])
  assert.equal(names(db, rina, { region: TRIMURTI }), ['Budiman'])
  assert.equal(names(db, rina, { period: 'first' }), ['Wati'])
  assert.equal(names(db, rina, { period: 'last year' }), ['Asep Surya'])
  assert.throws(() => names(db, rina, { region: '34.04' }), /tidak ditemukan/)
})

listing('finds by name, NIK, Nomor KK and card, and nothing of the neighbour', () => {
  const { db } = five()
  assert.equal(names(db, rina, { q: 'asep sur' }), ['Asep Surya'])
  assert.equal(names(db, rina, { q: '9902 0112 0580 0001' }), ['Asih'])
  assert.equal(names(db, rina, { q: '9902011503100001' }), ['Budiman'])
  assert.equal(names(db, rina, { q: '6013010000000001' }), ['Wati'])
  assert.equal(names(db, rina, { q: '6013010000000001', state: 'suspended' }), [])
  assert.equal(names(db, nia, { q: '9902011205800001' }), [])
  assert.equal(names(db, rina, { q: '%_' }), ['Asih', 'Wati', 'Budiman', 'Asep Surya'])
})

listing('turns its pages without losing or repeating anybody, also by phase', () => {
  const { db } = programmeWorld()
  for (let n = 0; n < PAGE * 2 + 7; n += 1) addRecipient(db, `r${n}`, { name: n % 3 ? 'Sama' : `Nama ${n}`, state: n % 2 ? 'active' : 'candidate', regionCode: n % 5 ? TRIMURTI : GADINGSARI })
  for (const filter of [SEMBAKO, { ...SEMBAKO, phase: 'waiting' as const }]) {
    const seen: string[] = []
    for (let after: Place | undefined; ;) {
      const { rows, next } = listRecipients(db, rina, filter, after)
      seen.push(...rows.map(({ id }) => id))
      if (!next) break
      after = next
    }
    assert.is(new Set(seen).size, seen.length)
    assert.is(seen.length, filter.phase ? 54 : PAGE * 2 + 7)
  }
})

listing('counts by what a state means', () => {
  const { db } = five()
  assert.equal(countByPhase(db, rina, 'sembako', ''), { waiting: 1, receiving: 1, paused: 1, ended: 1 })
  assert.equal(countByPhase(db, oki, 'sembako', ''), { waiting: 0, receiving: 1, paused: 1, ended: 0 })
})

listing('masks numbers on the page, and the paper leaves a line in the trail', async () => {
  const { db, as: client } = five()
  const page = await (await client(rina).get('/programmes/sembako?q=budiman')).text()
  assert.match(page, '99**********0001')
  assert.not.match(page, '9902011503100001')
  const before = actions(db).length
  assert.is((await client(rina).get('/programmes/sembako/print?phase=receiving')).status, 200)
  assert.equal(actions(db).slice(before), ['recipients.printed'])
})

listing('leaves as a file with what the filter holds', () => {
  const { db } = five()
  const rows = [...recipientsExport.chunks({ db, actor: rina }, { programme: 'sembako', phase: 'receiving' })].flat()
  assert.equal(rows.map((row) => [row[1], row[2], row[7], row[9]]), [['6013010000000001', 'Wati', 'Poncosari', 'Penerima aktif']])
  assert.is(rows[0]!.length, recipientsExport.columns.length)
  addRecipient(db, 'Peserta', { programme: 'pkh', state: 'active' })
  const all = [...recipientsExport.chunks({ db, actor: rina }, {})].flat()
  assert.equal([...new Set(all.map(([programme]) => programme))], ['PKH', 'Sembako'])
})

listing('hides numbers on the page of a recipient from the province, and writes who opened it', async () => {
  const { db, as: client } = five()
  assert.not.match(await (await client(prita).get('/programmes/sembako/recipients/Asih')).text(), '9902011205800001')
  const open = () => client(rina).get('/programmes/sembako/recipients/Asih').then((answer) => answer.text())
  assert.match(await open(), '9902011205800001', 'whom the registry does not have is looked for by his numbers')
  assert.equal(actions(db).slice(-2), ['recipient.opened', 'recipient.opened'])
  db.$client.prepare("UPDATE recipients SET household_id = 'asep' WHERE id = 'Asih'").run()
  assert.not.match(await open(), '9902011205800001')
  assert.is((await client(rina).post('/programmes/sembako/recipients/Asih/numbers', {})).status, 422)
  assert.is((await client(prita).post('/programmes/sembako/recipients/Asih/numbers', { purpose: 'document' })).status, 403)
  assert.match(await (await client(rina).post('/programmes/sembako/recipients/Asih/numbers', { purpose: 'document' })).text(), '9902011205800001')
  assert.equal(actions(db).slice(-2), ['recipient.opened', 'numbers.opened'])
})

listing('stands on the page of its household, and receiving in the public look-up', async () => {
  const { db, as: client } = programmeWorld()
  addHousehold(db, 'dadang', { stage: 'determined', record: aRecord({ head: 'Dadang Hidayat', household: { progPkh: true } }) })
  addRecipient(db, 'r', { householdId: 'dadang', familySeq: 1, name: 'Dadang' })
  addRecipient(db, 'p', { programme: 'pkh', state: 'exited', householdId: 'dadang', familySeq: 1, name: 'Dadang' })
  addRecipient(db, 'o', { programme: 'pbi', state: 'active', householdId: 'dadang', memberSeq: 2, name: 'Istri' })
  assert.match(await (await client(oki).get('/households/dadang')).text(), '/programmes/sembako/recipients/r')
  const told = () => lookUp(db, { region: PONCOSARI, name: 'Dadang Hidayat', address: '10.0.0.1' }).found.map(({ programmes }) => programmes)
  assert.equal(told(), [['sembako']])
  as(db, rina, (tx) => moveRecipient(tx, getRecipient(tx, 'r'), 'suspended', { cause: 'uji' }))
  assert.equal(told(), [[]])
})

listing.run()

const queue = suite('the queue of changes')

queue('shows each what waits for him, oldest first, and counts it', () => {
  const { db } = programmeWorld()
  const first = propose(db, { at: '2026-03-01T03:00:00.000Z' }).id
  const second = propose(db, { household: 'ujang' }).id
  const mine = (actor: Actor) => listChanges(db, actor, { tab: 'mine', region: '' }).rows.map(({ id }) => id)
  assert.equal([mine(budi), mine(rina), countWaitingChanges(db, budi)], [[first, second], [], 2])
  approve(db, budi, first)
  assert.equal([mine(budi), mine(rina), mine(oki), mine(nia)], [[second], [first], [], []])
  assert.equal(listChanges(db, oki, { tab: 'own', region: '' }).rows.map(({ id }) => id).sort(), [first, second].sort())
  assert.equal(listChanges(db, rina, { tab: 'submitted', region: '', programme: 'pkh' }).rows, [])
})

queue('approves the ticked ones after a preview, and tells which it passed over', () => {
  const { db } = programmeWorld()
  const [one, two] = [propose(db).id, propose(db, { household: 'ujang' }).id]
  addRecipient(db, 'imported', { householdId: 'ujang', familySeq: 1 })
  assert.equal(as(db, budi, (tx) => previewApproval(tx, [one, two])).map(({ trouble }) => Boolean(trouble)), [false, true])
  const ticked = [one, two].map((id) => ({ id, seen: seenNow(db, id) }))
  const key = randomUUID()
  const { approved, passed } = as(db, budi, (tx) => approveTicked(tx, { key, ticked, note: '' }))
  assert.equal([approved, passed.map(({ name }) => name)], [1, ['Ujang']])
  assert.is(as(db, budi, (tx) => approveTicked(tx, { key, ticked, note: '' })).approved, 0)
  assert.equal([changeOf(db, one).status, changeOf(db, two).status], ['checked', 'submitted'])
})

queue('shows the ticked ones before anything is done, and what another saw differently stays', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  assert.match(await (await client(budi).get(`/programmes/changes/approval?change=${id}`)).text(), 'Setujui 1 usulan')
  assert.is(changeOf(db, id).status, 'submitted')
  await client(budi).post('/programmes/changes/approval', { key: randomUUID(), note: '', ticked: `${id}~9.9.9` })
  assert.is(changeOf(db, id).status, 'submitted')
  assert.is((await client(budi).get('/programmes/changes/approval')).status, 303)
  assert.is((await client(nia).get(`/programmes/changes/approval?change=${id}`)).status, 404)
})

queue('turns its pages', () => {
  const { db } = programmeWorld()
  for (let n = 0; n < 60; n += 1) propose(db, { household: addFamily(db, `k${n}`), at: `2026-03-02T03:00:${String(n % 7).padStart(2, '0')}.000Z` })
  const first = listChanges(db, budi, { tab: 'mine', region: '' })
  const second = listChanges(db, budi, { tab: 'mine', region: '' }, first.next)
  assert.equal([first.rows.length, second.rows.length, second.next, new Set([...first.rows, ...second.rows].map(({ id }) => id)).size], [50, 10, undefined, 60])
  assert.is([...changesExport.chunks({ db, actor: rina }, { tab: 'submitted' })].flat().length, 60)
})

queue.run()

const periods = suite('periods and what programmes are made of')

const quarter = { id: 'q', programme: 'pkh' as const, regionCode: BANTUL, name: 'Triwulan I', startsOn: '2026-01-01', endsOn: '2026-03-31', cutoffOn: '2026-03-20' }

periods('are made by Dinsos for its kabupaten and by the ministry for the country', () => {
  const { db } = programmeWorld()
  as(db, rina, (tx) => planPeriod(tx, quarter))
  as(db, rina, (tx) => planPeriod(tx, quarter))
  as(db, mega, (tx) => planPeriod(tx, { ...quarter, id: 'all', regionCode: '', startsOn: '2026-04-01', endsOn: '2026-06-30', cutoffOn: '2026-06-20' }))
  assert.throws(() => as(db, rina, (tx) => planPeriod(tx, { ...quarter, id: 'x', regionCode: '' })), /tidak berwenang/)
  assert.throws(() => as(db, rina, (tx) => planPeriod(tx, { ...quarter, id: 'x', regionCode: '34.04' })), /tidak ditemukan/)
  assert.throws(() => as(db, rina, (tx) => planPeriod(tx, { ...quarter, id: 'x', startsOn: '2026-03-31' })), (error: { fields: { startsOn: string } }) => /bertumpuk/.test(error.fields.startsOn))
  assert.equal(listPeriods(db, oki, 'pkh').map(({ id }) => id), ['all', 'q'])
  assert.equal(listPeriods(db, nia, 'pkh').map(({ id }) => id), ['all'])
  assert.equal([openPeriod(db, 'pkh', TRIMURTI, '2026-03-20')?.id, openPeriod(db, 'pkh', TRIMURTI, '2026-03-21')?.id, openPeriod(db, 'pkh', BALECATUR, '2026-03-01')?.id], ['q', 'all', 'all'])
})

periods('move their last day only forward from today and within the period', () => {
  const { db } = programmeWorld()
  as(db, rina, (tx) => planPeriod(tx, quarter))
  as(db, rina, (tx) => moveCutoff(tx, 'q', '2026-03-25'))
  assert.throws(() => as(db, rina, (tx) => moveCutoff(tx, 'q', '2026-04-01')), (error: { fields: object }) => 'cutoffOn' in error.fields)
  assert.throws(() => as(db, rina, (tx) => moveCutoff(tx, 'q', '2026-03-01')), (error: { fields: object }) => 'cutoffOn' in error.fields)
  assert.throws(() => as(db, nia, (tx) => moveCutoff(tx, 'q', '2026-03-26')), /tidak ditemukan/)
  assert.is(openPeriod(db, 'pkh', BANTUL, '2026-03-25')?.id, 'q')
})

periods('take a new amount from its day on and keep the old one readable', () => {
  const { db } = programmeWorld()
  const set = (value: number, validFrom: string, by: Actor = mega) => as(db, by, (tx) => setSetting(tx, { programme: 'pbi', key: 'quota', regionCode: BANTUL, validFrom, value, source: 'Keputusan 1' }))
  set(100, '2025-01-01')
  set(300, '2027-01-01')
  set(200, '2026-01-01')
  set(200, '2026-01-01')
  assert.equal(['2024-12-31', '2025-12-31', '2026-01-01', '2027-01-01'].map((day) => settingOn(db, 'pbi', 'quota', day, BANTUL)), [undefined, 100, 200, 300])
  assert.equal(db.select().from(programmeSettings).where(eq(programmeSettings.key, 'quota')).all().map(({ validFrom, validTo }) => [validFrom, validTo]).sort(),
    [['2025-01-01', '2026-01-01'], ['2026-01-01', '2027-01-01'], ['2027-01-01', null]])
  assert.throws(() => set(5, '2026-02-01', rina), /tidak berwenang/)
  assert.throws(() => as(db, mega, (tx) => setSetting(tx, { programme: 'pkh', key: 'nothing', regionCode: '', validFrom: '2026-01-01', value: 1, source: 'x' })), (error: { fields: object }) => 'key' in error.fields)
})

periods('take a new word into a list that is known, and end one without losing it', async () => {
  const { db, as: client } = programmeWorld()
  const word = { programme: 'sembako' as const, list: 'trial', code: 'pindah', label: 'Pindah', validFrom: '2026-01-01', source: 'uji' }
  as(db, agus, (tx) => addWord(tx, word))
  assert.throws(() => as(db, agus, (tx) => addWord(tx, { ...word, list: 'nothing' })), (error: { fields: object }) => 'list' in error.fields)
  assert.equal(wordsOn(db, 'sembako', 'trial', '2026-03-02').map(({ code }) => code), ['mampu', 'pindah'])
  as(db, agus, (tx) => endWord(tx, word))
  assert.equal(wordsOn(db, 'sembako', 'trial', '2026-03-02').map(({ code }) => code), ['mampu'])
  assert.match(await (await client(agus).get('/programmes/settings?programme=sembako&list=trial')).text(), 'Pindah')
  for (const programme of ['pkh', 'ppks']) assert.not.match(await (await client(agus).get(`/programmes/settings?programme=${programme}`)).text(), />(excluded_employment|contradicts|psks_kind)</)
  assert.is((await client(agus).get('/programmes')).status, 403)
  assert.is((await client(agus).post('/programmes/settings', { programme: 'pkh', key: 'amount.sd', value: '9.9.9', validFrom: '2026-05-01', source: 'x' })).status, 422)
})

periods.run()
