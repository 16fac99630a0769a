import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Problem } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { attachments, households, users, userRegions } from '#db/schema/index.ts'
import { rejectProposal, returnProposal } from '#app/proposals/decisions.ts'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import { countWaiting } from '#app/proposals/list.ts'
import { setAnswer, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { aRecord } from '#test/support/records.ts'
import { addProposal, approve, decision, statusOf, twoHomes } from '#test/support/proposals.ts'
import { addHousehold, as, BALECATUR, budi, GADINGSARI, nia, oki, PONCOSARI, rina, stageOf, TRIMURTI } from '#test/support/world.ts'

const moving = (to: string, householdId = 'asep'): ProposedChange =>
  ({ kind: 'household_move', on: '2026-02-10', householdId, from: PONCOSARI, to, address: 'Jl. Baru 7', kkNumbers: to.startsWith('34.02') ? [] : [{ familySeq: 1, kkNumber: '9904011503109001' }] })

const moves = suite('a household that moves')
const rini = { id: 'rini', name: 'Rini Astuti', role: 'village_operator', regions: [BALECATUR] } as const
const withReceiver = () => {
  const made = twoHomes()
  made.db.insert(users).values({ id: 'rini', username: 'rini', name: rini.name, role: rini.role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
  made.db.insert(userRegions).values({ userId: 'rini', regionCode: BALECATUR }).run()
  return { ...made, receiver: { ...rini, regions: [...rini.regions] } }
}

moves('is released by the sender, accepted by the receiver, and only then verified', async () => {
  const { db, as: by, receiver } = withReceiver()
  const { id } = addProposal(db, moving(BALECATUR), { by: oki })
  assert.is((await by(receiver).get(`/proposals/${id}`)).status, 404)
  approve(db, budi, id)
  assert.equal([statusOf(db, id), countWaiting(db, receiver), countWaiting(db, nia), countWaiting(db, rina)], ['released', 1, 1, 0])
  assert.throws(() => approve(db, rina, id), /tidak sedang menunggu/)
  const page = await (await by(receiver).get(`/proposals/${id}`)).text()
  assert.match(page, /Terima rumah tangga ini/)
  assert.not.match(page, new RegExp(`href="/households/asep"`))
  const nik = db.select().from(households).where(eq(households.id, 'asep')).get()!.headNik!
  assert.not.match(page, new RegExp(nik))
  approve(db, receiver, id)
  approve(db, rina, id)
  assert.is(statusOf(db, id), 'verified')
})

moves('may be sent back by the receiver, but not ended', () => {
  const { db, receiver } = withReceiver()
  const { id } = addProposal(db, moving(BALECATUR), { by: oki })
  approve(db, budi, id)
  assert.throws(() => as(db, receiver, (tx) => rejectProposal(tx, id, decision())), /Pihak penerima/)
  as(db, receiver, (tx) => returnProposal(tx, id, decision('Belum tinggal di sini')))
  assert.is(statusOf(db, id), 'returned')
})

moves('within one kecamatan is not accepted by who released it', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, moving(TRIMURTI), { by: oki })
  approve(db, budi, id)
  assert.throws(() => approve(db, budi, id), /tidak sedang menunggu/)
})

moves('mended to another desa takes the papers it came with there', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, moving(TRIMURTI), { by: oki })
  const places = () => db.select().from(attachments).where(eq(attachments.subject, `proposal:${id}`)).all().map(({ regionCode }) => regionCode).sort()
  assert.equal(places(), [PONCOSARI, TRIMURTI])
  as(db, budi, (tx) => returnProposal(tx, id, decision('Tujuannya Gadingsari')))
  addProposal(db, moving(GADINGSARI), { by: oki, id, evidence: false })
  assert.equal(places(), [PONCOSARI, GADINGSARI])
})

moves('goes to a desa that is there, and not to its own', () => {
  const { db } = twoHomes()
  for (const to of [PONCOSARI, '34.02.01.2999']) assert.throws(() => addProposal(db, moving(to)), /Periksa kembali|tujuan|berubah/)
})

moves.run()

const newcomers = suite('usulan baru')
const newcomer = (id: string, record: HouseholdRecord = aRecord({ head: 'Tumijan' })): ProposedChange => ({ kind: 'new', householdId: id, regionCode: PONCOSARI, record })

newcomers('enters the prelist of its desa once Dinsos verified it, and both pages show it', async () => {
  const { db, as: by } = twoHomes()
  const id = randomUUID()
  addProposal(db, newcomer(id), { by: oki, id })
  approve(db, budi, id)
  assert.is(db.select().from(households).where(eq(households.id, id)).get(), undefined)
  approve(db, rina, id)
  assert.equal([statusOf(db, id), stageOf(db, id), db.select().from(households).where(eq(households.id, id)).get()!.origin], ['listed', 'published', 'new'])
  assert.match(await (await by(oki).get(`/proposals/${id}`)).text(), new RegExp(`/households/${id}`))
  assert.match(await (await by(oki).get(`/households/${id}`)).text(), new RegExp(`/proposals/${id}`))
})

newcomers('with a person of another household of the kabupaten are refused, also when they came in between', () => {
  const { db } = twoHomes()
  const { record } = db.select().from(households).where(eq(households.id, 'ujang')).get()!
  const id = randomUUID()
  assert.throws(() => addProposal(db, newcomer(id, setAnswer(aRecord(), 'members.0.nik', record.members[0]!.nik)), { id }), /Periksa kembali/)
  const late = aRecord({ head: 'Late' })
  addProposal(db, newcomer(id, late), { id })
  approve(db, budi, id)
  addHousehold(db, 'between', { regionCode: GADINGSARI, record: setAnswer(aRecord(), 'members.0.nik', late.members[0]!.nik) })
  assert.throws(() => approve(db, rina, id), /sekarang tercatat/)
})

newcomers('known in another desa are refused without a name, except to whose place it is in', () => {
  const { db } = twoHomes()
  const person = aRecord({ head: 'Perantau' })
  addHousehold(db, 'home', { regionCode: GADINGSARI, record: setAnswer(aRecord({ head: 'Sukijan' }), 'members.1.nik', person.members[0]!.nik) })
  const toldTo = (by: Actor) => {
    try {
      return addProposal(db, newcomer(randomUUID(), person), { by }).status
    } catch (error) {
      return (error as Problem).fields['members.0.nik']!
    }
  }
  assert.match(toldTo(oki), /sudah tercatat di rumah tangga lain di kabupaten/)
  assert.match(toldTo(rina), /sudah tercatat di rumah tangga Sukijan di kabupaten/)
})

newcomers('may be people who still have a row where they no longer live', () => {
  for (const [presence, isKnown] of [[1, true], [4, true], [2, false], [3, false], [5, false], [6, false]] as const) {
    const { db } = twoHomes()
    const person = aRecord({ head: 'Perantau' })
    const record = setAnswer(setAnswer(aRecord({ head: 'Induk' }), 'members.1.nik', person.members[0]!.nik), 'members.1.memberPresence', presence)
    addHousehold(db, 'former', { regionCode: GADINGSARI, record })
    const propose = () => addProposal(db, newcomer(randomUUID(), person))
    if (isKnown) assert.throws(propose, /Periksa kembali/, String(presence))
    else assert.is(propose().status, 'submitted')
  }
})

newcomers.run()
