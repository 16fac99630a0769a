import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bulkDone } from '#app/bulk/run-work.ts'
import { approveTogether } from '#app/reviews/decisions.ts'
import type { Actor } from '#app/users/actor.ts'
import { bulkRuns, visits } from '#db/schema/index.ts'
import { markKnown } from '#test/support/matching.ts'
import { addWaiting } from '#test/support/waiting.ts'
import { as, budi, freshApp, rina, siti, stageOf } from '#test/support/world.ts'

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

// What the page says would be done with the visits named, before anything is.
async function preview({ db, as: signedIn }: ReturnType<typeof freshApp>, actor: Actor, ...names: string[]) {
  const id = crypto.randomUUID()
  await signedIn(actor).post('/bulk/approval', { key: id, visit: names.map((name) => `visit-${name}:1`) })
  await bulkDone(db)
  return { planned: db.select().from(bulkRuns).where(eq(bulkRuns.id, id)).get()!.planned, page: textOf(await (await signedIn(actor).get(`/bulk/${id}`)).text()) }
}
const together = (db: ReturnType<typeof freshApp>['db'], actor: Actor, ...names: string[]) =>
  as(db, actor, (tx) => approveTogether(tx, crypto.randomUUID(), names.map((name) => ({ visitId: `visit-${name}`, revision: 1 }))))

const approving = suite('approving many at the first check')

approving('leaves whose NIK and name nobody has matched to be looked at one by one, and says so before', async () => {
  const here = freshApp()
  for (const [id, head] of [['asep', 'Asep Suryana'], ['bayu', 'Bayu Aji']] as const) addWaiting(here.db, id, siti, { head })
  markKnown(here.db, 'asep')
  const { planned, page } = await preview(here, budi, 'asep', 'bayu')
  assert.is(planned, 1)
  assert.match(page, /belum dicocokkan, periksa KTP\/KK-nya satu per satu: Bayu Aji/)
  assert.equal([...together(here.db, budi, 'asep', 'bayu')], [['visit-bayu', 'NIK dan nama kepala rumah tangga belum dicocokkan, periksa KTP/KK-nya satu per satu.']])
  assert.equal(['asep', 'bayu'].map((id) => stageOf(here.db, id)), ['checked', 'submitted'])
})

approving('does not take an answer about another NIK or name for this one', () => {
  const { db } = freshApp()
  for (const [id, change] of [['asep', { name: 'Asep Sunandar' }], ['bayu', { nik: '9902010101900099' }]] as const) {
    addWaiting(db, id, siti)
    markKnown(db, id)
    const { record } = db.select().from(visits).where(eq(visits.householdId, id)).get()!
    Object.assign(record.members[0]!, change)
    db.update(visits).set({ record }).where(eq(visits.householdId, id)).run()
  }
  assert.is(together(db, budi, 'asep', 'bayu').size, 2)
})

approving('is no matter of Dinsos, whose first checker has matched them', () => {
  const { db, as: signedIn } = freshApp()
  addWaiting(db, 'asep', siti)
  return signedIn(budi).post('/reviews/visit-asep/approval', { 'key': crypto.randomUUID(), 'revision': '1', 'documents.1': '1' }).then(() => {
    assert.is(together(db, rina, 'asep').size, 0)
    assert.is(stageOf(db, 'asep'), 'verified')
  })
})

approving('foretells that photos are still looked at', async () => {
  const here = freshApp()
  addWaiting(here.db, 'asep', siti, { at: new Date().toISOString(), photos: true })
  markKnown(here.db, 'asep')
  assert.match((await preview(here, budi, 'asep')).page, /fotonya masih diperiksa, coba lagi sebentar/)
})

approving.run()
