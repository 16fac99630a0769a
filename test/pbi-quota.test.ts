import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readQuota } from '#app/pbi/quota.ts'
import { addRecipient, approve, changeOf, propose, setQuota, withChild } from '#test/support/participants.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, agus, BALECATUR, budi, dewi, freshApp, mega, nia, oki, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'

const NOW = '2026-03-02T03:00:00.000Z'

// Two active in Bantul, one proposed; and two people who could be added.
function bantul(quota?: number) {
  const world = freshApp()
  const { db } = world
  if (quota !== undefined) setQuota(db, quota)
  addHousehold(db, 'asep', { record: aRecord({ serial: 1 }) })
  addRecipient(db, { id: 'a', programme: 'pbi', state: 'active', name: 'A' })
  addRecipient(db, { id: 'b', programme: 'pbi', state: 'active', name: 'B', regionCode: TRIMURTI })
  addRecipient(db, { id: 'c', programme: 'pbi', state: 'proposed', name: 'C', regionCode: TRIMURTI })
  addRecipient(db, { id: 'd', programme: 'pbi', state: 'inactive', name: 'D' })
  addRecipient(db, { id: 'e', programme: 'pbi', state: 'active', name: 'E', regionCode: BALECATUR })
  return world
}
const add = (db: ReturnType<typeof bantul>['db'], memberSeq: number) => {
  const { id } = propose(db, { programme: 'pbi', kind: 'addition', subject: { householdId: 'asep', familySeq: 1, memberSeq } })
  approve(db, id, budi)
  return id
}

const quotas = suite('the quota of PBI-JK')

quotas('lets Dinsos verify up to the last place and refuses the next with the numbers', () => {
  const { db } = bantul(4)
  const [first, second] = [add(db, 1), add(db, 2)]
  approve(db, first, rina)
  assert.throws(() => approve(db, second, rina), /Kuota PBI-JK KAB\. BANTUL penuh: kuota 4, aktif 2, menunggu 2/)
  assert.equal([changeOf(db, first).status, changeOf(db, second).status], ['verified', 'checked'])
})

quotas('holds nobody back where none is set, nor by the quota of another kabupaten', () => {
  const { db } = bantul()
  setQuota(db, 1, '34.04')
  const id = add(db, 1)
  approve(db, id, rina)
  assert.is(changeOf(db, id).status, 'verified')
})

quotas('is not used up by a replacement: one leaves, one comes', () => {
  const { db } = bantul(3)
  const { id } = propose(db, { programme: 'pbi', kind: 'replacement', subject: { householdId: 'asep', familySeq: 1, memberSeq: 1 }, replacedId: 'a', reasonCode: 'capable' })
  approve(db, id, budi)
  approve(db, id, rina)
  assert.is(changeOf(db, id).status, 'verified')
})

quotas('also counts babies', () => {
  const { db } = bantul(3)
  addHousehold(db, 'ujang', { record: withChild({ serial: 2 }, { birthDate: '2026-01-10' }) })
  addRecipient(db, { id: 'mother', programme: 'pbi', state: 'active', name: 'Wati', householdId: 'ujang', familySeq: 1, memberSeq: 2 })
  const { id } = propose(db, { programme: 'pbi', kind: 'newborn', subject: { householdId: 'ujang', familySeq: 1, memberSeq: 3 } })
  approve(db, id, budi)
  assert.throws(() => approve(db, id, rina), /kuota 3, aktif 3, menunggu 1/)
})

const pictures = suite('the page of the quota')

pictures('counts used, waiting and free for the kabupaten and each desa', () => {
  const { db } = bantul(10)
  approve(db, add(db, 1), rina)
  const { regencies, villages } = readQuota(db, rina, '', NOW)
  assert.equal(regencies, [{ code: '34.02', used: 2, waiting: 2, quota: 10, free: 6, name: 'KAB. BANTUL' }])
  assert.equal(villages.map(({ name, used, waiting }) => ({ name, used, waiting })), [{ name: 'Poncosari', used: 1, waiting: 1 }, { name: 'Trimurti', used: 1, waiting: 1 }])
})

pictures('shows the desa its own row and the numbers of its kabupaten', () => {
  const { db } = bantul(10)
  const { regencies, villages } = readQuota(db, oki, '', NOW)
  assert.is(regencies[0]!.used, 2)
  assert.equal(villages.map(({ code }) => code), [PONCOSARI])
})

pictures('shows the country by kabupaten, and no desa before one is chosen', () => {
  const { db } = bantul(10)
  const { regencies, villages } = readQuota(db, mega, '', NOW)
  assert.equal(regencies.map(({ code, used }) => [code, used]), [['34.02', 2], ['34.04', 1]])
  assert.equal(villages, [])
})

pictures('is there for readers of programmes, in their own places', async () => {
  const { as: signedIn } = bantul(10)
  const page = await (await signedIn(rina).get('/pbi/quota')).text()
  assert.match(page, /Kuota PBI-JK/)
  assert.match(page, /Poncosari/)
  assert.match(await (await signedIn(rina).get('/pbi/quota.csv')).text(), /34\.02;KAB\. BANTUL;10;2;1;7/)
  assert.is((await signedIn(nia).get('/pbi/quota?region=34.02')).status, 404)
  for (const person of [siti, dewi, agus]) assert.is((await signedIn(person).get('/pbi/quota')).status, 403)
})

const newborns = suite('from the participant to the baby')

const family = (birthDate = '2026-01-10', now = new Date().toISOString().slice(0, 10)) => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { record: withChild({ serial: 1 }, { name: 'Putri Suryana', birthDate: birthDate === 'today' ? now : birthDate }) })
  addRecipient(world.db, { id: 'wati', programme: 'pbi', state: 'active', name: 'Wati Suryani', householdId: 'asep', familySeq: 1, memberSeq: 2 })
  return world
}

newborns('offers the child the registry knows, with the way to its proposal', async () => {
  const page = await (await family('today').as(oki).get('/pbi/newborns/wati')).text()
  assert.match(page, /\/programmes\/pbi\/changes\/new\?kind=newborn&amp;household=asep&amp;family=1&amp;member=3/)
})

newborns('leads to the proposal of a birth when the registry does not know it', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const { as: signedIn } = family('2015-01-10')
  const page = await (await signedIn(oki).get(`/pbi/newborns/wati?name=Bayi+Baru&birthDate=${today}`)).text()
  assert.match(page, new RegExp(`/proposals/new/birth\\?household=asep&amp;name=Bayi\\+Baru&amp;on=${today}`))
  const form = await (await signedIn(oki).get(`/proposals/new/birth?household=asep&name=Bayi+Baru&on=${today}`)).text()
  assert.match(form, /value="Bayi Baru"/)
})

newborns('asks for a name and a date of birth of a baby', async () => {
  const { as: signedIn } = family('2015-01-10')
  assert.match(await (await signedIn(oki).get('/pbi/newborns/wati?name=&birthDate=2019-01-01')).text(), /Isi nama bayi[\s\S]*bukan bayi lagi/)
})

newborns('is for who may propose, in his own places', async () => {
  const { as: signedIn } = family()
  assert.is((await signedIn(budi).get('/pbi/newborns/wati')).status, 403)
  assert.is((await signedIn(nia).get('/pbi/newborns/wati')).status, 404)
})

quotas.run()
pictures.run()
newborns.run()
