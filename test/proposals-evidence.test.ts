import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attach } from '#app/files/attachments.ts'
import { attachments } from '#db/schema/index.ts'
import { addProposal, aPaper, twoHomes } from '#test/support/proposals.ts'
import { as, hadi, PONCOSARI, prita, rina, siti } from '#test/support/world.ts'

const evidence = suite('the evidence of a usulan')

function world() {
  const made = twoHomes()
  addProposal(made.db, { kind: 'deactivation', on: '2026-03-02', householdId: 'asep', reason: 'mampu' }, { id: 'usulan' })
  as(made.db, siti, (tx) => attach(tx, 'card', aPaper(made.db, 'evidence', 'ef'.repeat(32)), { subject: 'proposal:usulan', regionCode: PONCOSARI }))
  as(made.db, siti, (tx) => attach(tx, 'change', aPaper(made.db, 'letter', 'ee'.repeat(32)), { subject: 'recipient-change:none', regionCode: PONCOSARI }))
  return made
}
const paths = ({ db }: ReturnType<typeof world>) => Object.fromEntries(db.select().from(attachments).all().map(({ id, kind }) => [kind, `/files/attachments/${id}`]))

evidence('may be a scan of a card, so the province neither sees nor opens it; the minutes it does', async () => {
  const made = world()
  const page = await (await made.as(prita).get('/proposals/usulan')).text()
  assert.match(page, paths(made).minutes!)
  assert.not.match(page, paths(made).evidence!)
  assert.match(page, 'tidak ditampilkan kepada peran yang membaca tanpa NIK')
  for (const kind of ['evidence', 'letter']) assert.is((await made.as(prita).get(paths(made)[kind]!)).status === 200, false, kind)
  assert.is((await made.as(prita).get(paths(made).evidence!)).status, 403)
})

evidence('is there for whoever decides on it', async () => {
  const made = world()
  for (const who of [rina, hadi]) {
    const page = await (await made.as(who).get('/proposals/usulan')).text()
    assert.ok(page.includes(paths(made).evidence!) && !page.includes('tidak ditampilkan kepada peran'), who.name)
  }
})

evidence.run()
