import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { follow } from '#test/support/crosschecks.ts'
import { live, type Live } from '#test/support/live.ts'
import { addRecipient } from '#test/support/programmes.ts'
import { addHousehold, as, oki, PONCOSARI, rina } from '#test/support/world.ts'

const story = suite('a recipient who died, from the run to the reason')

let world: Live
story.before(async () => {
  world = await live()
  const { db } = world
  addHousehold(db, 'asep', { head: 'Asep Suryana' })
  const { record, version, id } = getHousehold({ db, actor: rina }, 'asep')
  addRecipient(db, 'one', { householdId: id, familySeq: 1, nik: String(record.members[0]!.nik), kkNumber: String(record.families[0]!.kkNumber), name: 'Asep Suryana', startedOn: '2026-01-01' })
  const members = record.members.map((member, i) => i === 0 ? { ...member, memberPresence: 2 } : member)
  as(db, rina, (tx) => reviseHousehold(tx, { id, version }, version, { ...record, members }, 'test'))
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina checks everybody anew, and the desa is told who and what to do', async () => {
  const page = await world.signIn(rina, { viewport: { width: 1280, height: 900 } })
  await page.goto('/crosschecks')
  await page.getByRole('button', { name: 'Periksa ulang semua' }).click()
  await page.getByText('Temuan terbuka per').first().waitFor()
  await page.goto(`/crosschecks/${PONCOSARI}`)
  await page.getByText('tetapi Asep Suryana tercatat meninggal').waitFor()
  await page.context().close()
})

story('Oki sets it aside on a phone with a reason, and finds it under the others', async () => {
  await follow(world.db)
  const page = await world.signIn(oki, { viewport: { width: 360, height: 740 } })
  await page.goto(`/crosschecks/${PONCOSARI}`)
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= 360'))
  await page.getByRole('link', { name: 'Asep Suryana', exact: true }).click()
  await page.getByLabel('Alasan').fill('Akta kematian menunggu terbit')
  await page.getByRole('button', { name: 'Kesampingkan' }).click()
  await page.getByText('Temuan dikesampingkan').first().waitFor()
  await page.goto(`/crosschecks/${PONCOSARI}?show=dismissed`)
  await page.getByText('Alasan: Akta kematian menunggu terbit').waitFor()
  await page.context().close()
})

story.run()
