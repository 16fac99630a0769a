import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { previewApproval } from '#app/programmes/bulk.ts'
import { changesExport, recipientsExport } from '#app/programmes/exporting.ts'
import { countByPhase, listRecipients } from '#app/programmes/list.ts'
import { listChanges } from '#app/programmes/queue.ts'
import { attachments, recipientChanges } from '#db/schema/index.ts'
import { addRecipient, approve, changeOf, letter, programmeWorld, propose, yudi, type World } from '#test/support/programmes.ts'
import { agus, as, aulia, BANTUL, budi, dewi, eko, hadi, joko, mega, nia, oki, prita, rina, siti, tono, wawan, type Fields } from '#test/support/world.ts'
import type { Actor } from '#app/users/actor.ts'

const UNSEEING = [oki, wawan, budi, hadi, prita]
const hidden = suite('the sensitive categories of PPKS')

// Asep stands in category 16 (sensitive) and Wati, his wife, in 23.
function furnished() {
  const made = programmeWorld()
  addRecipient(made.db, 'secret', { programme: 'ppks', variant: '16', state: 'registered', name: 'Asep Rahasia', nik: '9902011205800001', householdId: 'asep', memberSeq: 1 })
  addRecipient(made.db, 'open', { programme: 'ppks', variant: '23', state: 'registered', name: 'Wati Terbuka', householdId: 'asep', memberSeq: 2 })
  return made
}

const proposeSecret = ({ db }: World) => propose(db, { programme: 'ppks', kind: 'trial_secret', variant: '16', by: rina, household: 'ujang' })
const cellsOf = (rows: Iterable<unknown[][]>) => JSON.stringify([...rows])

hidden('are not in the list, not in its numbers, and found by neither name nor NIK', () => {
  const { db } = furnished()
  const names = (actor: Actor, q = '') => listRecipients(db, actor, { programme: 'ppks', q, region: '' }).rows.map(({ name }) => name)
  for (const person of UNSEEING) {
    assert.equal(names(person), ['Wati Terbuka'], person.id)
    assert.equal(names(person, 'rahasia'), [])
    assert.equal(names(person, '9902011205800001'), [])
    assert.is(countByPhase(db, person, 'ppks', '').waiting, 1)
  }
  assert.equal(names(rina), ['Asep Rahasia', 'Wati Terbuka'])
  assert.equal(names(mega, '9902011205800001'), ['Asep Rahasia'])
})

hidden('have no page, stand on no household page and on no paper for those who may not see them', async () => {
  const { as: client } = furnished()
  for (const person of UNSEEING) {
    assert.is((await client(person).get('/programmes/ppks/recipients/secret')).status, 404, person.id)
    for (const path of ['/households/asep', '/programmes/ppks', '/programmes/ppks/print', '/programmes/ppks?variant=16', '/programmes/ppks?phase=waiting', '/programmes/ppks?q=rahasia']) {
      const page = await (await client(person).get(path)).text()
      assert.not.match(page, 'Asep Rahasia', `${person.id} ${path}`)
      assert.not.match(page, 'recipients/secret', `${person.id} ${path}`)
    }
  }
  assert.match(await (await client(rina).get('/households/asep')).text(), 'recipients/secret')
})

hidden('leave in no file unless exactly one category was asked for by who may see it', () => {
  const { db } = furnished()
  const file = (actor: Actor, query: Record<string, string> = {}) => cellsOf(recipientsExport.chunks({ db, actor }, { programme: 'ppks', ...query }))
  for (const person of [...UNSEEING, rina, mega]) assert.not.match(file(person), 'Rahasia', person.id)
  for (const person of UNSEEING) assert.not.match(file(person, { variant: '16' }), 'Rahasia', person.id)
  assert.match(file(rina, { variant: '16' }), 'Rahasia')
})

hidden('are proposed only by those few', async () => {
  const { db, as: client } = furnished()
  const form: Fields = { id: randomUUID(), key: randomUUID(), kind: 'trial_secret', household: 'ujang', member: '1', variant: '16' }
  const page = await (await client(oki).get('/programmes/ppks/changes/new?kind=trial_secret&household=ujang&member=1')).text()
  assert.not.match(page, 'value="16"')
  const answer = await client(oki).post('/programmes/ppks/changes', form)
  assert.is(answer.status, 422)
  assert.match(await answer.text(), 'dicatat oleh Dinsos')
  assert.is((await client(rina).post('/programmes/ppks/changes', form)).status, 303)
  assert.ok(db.select().from(recipientChanges).get()!.sensitive)
})

hidden('are decided by another of Dinsos at once, and no kecamatan finds them', async () => {
  const made = furnished()
  const { db, as: client } = made
  const { id } = proposeSecret(made)
  for (const person of UNSEEING) {
    assert.is((await client(person).get(`/programmes/changes/${id}`)).status, 404, person.id)
    assert.equal(listChanges(db, person, { tab: 'submitted', region: '' }).rows, [])
    assert.not.match(cellsOf(changesExport.chunks({ db, actor: person }, { tab: 'submitted' })), 'Ujang')
  }
  assert.is((await client(budi).post(`/programmes/changes/${id}/approval`, { key: randomUUID(), seen: '1.0.0', note: '' })).status, 404)
  assert.throws(() => as(db, budi, (tx) => previewApproval(tx, [id])), /tidak ditemukan/)
  assert.throws(() => approve(db, rina, id), /usulan Anda sendiri/)
  assert.equal(listChanges(db, yudi, { tab: 'mine', region: '' }).rows.map((row) => row.id), [id])
  approve(db, yudi, id)
  assert.is(changeOf(db, id).status, 'verified')
})

hidden('keep their papers from everybody but those few, whatever place is theirs', async () => {
  const { db, as: client } = furnished()
  const paper = async (variant: string) => {
    const form: Fields = { id: randomUUID(), key: randomUUID(), kind: 'trial_secret', household: 'ujang', member: '1', variant, proof: new File([`%PDF-1.4 ${variant}`], 'bukti.pdf', { type: 'application/pdf' }) }
    assert.is((await client(rina).post('/programmes/ppks/changes', form)).status, 303)
    return `/files/attachments/${db.select().from(attachments).where(eq(attachments.subject, `recipient-change:${String(form.id)}`)).get()!.id}`
  }
  const [secret, open] = [await paper('16'), await paper('23')]
  for (const person of [rina, mega, yudi]) assert.is((await client(person).get(secret)).status, 200, person.id)
  for (const person of [...UNSEEING, siti, tono, dewi, nia, eko, joko]) assert.is((await client(person).get(secret)).status, 404, person.id)
  for (const person of [agus, aulia]) assert.is((await client(person).get(secret)).status, 403, person.id)
  for (const person of [...UNSEEING, rina, mega, yudi]) assert.is((await client(person).get(open)).status, person === prita ? 403 : 200, person.id)
  for (const person of [siti, tono, nia]) assert.is((await client(person).get(open)).status, 404, person.id)
  db.update(recipientChanges).set({ sensitive: true }).run()
  assert.is((await client(budi).get(open)).status, 404)
})

hidden('are signed as a number: the batch names them to nobody who may not see them, and is applied whole', async () => {
  const made = furnished()
  const { db, as: client } = made
  const { id } = proposeSecret(made)
  approve(db, yudi, id)
  const batch = as(db, rina, (tx) => openBatch(tx, { id: randomUUID(), programme: 'ppks', regionCode: BANTUL, periodId: null, note: '' })).id
  as(db, rina, (tx) => freezeBatch(tx, batch))
  const page = await (await client(hadi).get(`/programmes/batches/${batch}`)).text()
  assert.match(page, '1 usulan di antaranya menyangkut kategori yang dirahasiakan')
  assert.not.match(page, 'Ujang')
  assert.not.match(page, id)
  assert.match(await (await client(rina).get(`/programmes/batches/${batch}`)).text(), 'Ujang')
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 1, passed: 0, left: 0 })
  assert.is((await client(hadi).get(`/programmes/ppks/recipients/${id}`)).status, 404)
  assert.is((await client(rina).get(`/programmes/ppks/recipients/${id}`)).status, 200)
})

hidden.run()
