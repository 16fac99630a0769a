import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Problem } from '#app/problems.ts'
import { Phone } from '#test/support/phone.ts'
import { aVillage, pagesOver } from '#test/support/field.ts'
import { aPocket, restart } from '#test/support/pocket.ts'
import { serverProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, siti } from '#test/support/world.ts'

const ID = '6f1de0a2-5a53-4f0e-9d5e-1c7a1c1b2a30'
const PLACE = { householdId: 'asep', visitId: ID }

async function begun() {
  const pocket = await aPocket(aVillage(), siti)
  await pocket.store.beginVisit('asep', ID)
  const keep = (page: string, fields: Record<string, string>, revision = 1) => pocket.store.keepTyped(PLACE, page, { revision: String(revision), ...fields })
  const shown = async (page: string) => (await pagesOver(() => pocket.store).request(`/field/asep/visits/${ID}/${page}`)).text()
  return { ...pocket, keep, shown }
}

const typed = suite('what was typed and not saved')

typed('is there again when the worker was ended, says so, and is sealed', async () => {
  const pocket = await begun()
  await pocket.store.saveSection(PLACE, { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '1' } })
  await pocket.keep('housing', { 'household.bedroomCount': '7', 'household.floorType': '2' }, 2)
  assert.equal(await restart(pocket).typedOn!(PLACE, 'housing'), { 'revision': '2', 'household.bedroomCount': '7', 'household.floorType': '2' })
  assert.not.match(JSON.stringify(await pocket.db.getAll('line')), /bedroomCount/)
  const page = await pocket.shown('housing')
  assert.match(page, /Isian yang belum disimpan masih ada/)
  assert.match(page, /<input(?=[^>]*name="household.bedroomCount")[^>]*value="7"/)
  assert.is((await pocket.store.getVisit(PLACE)).record.household.bedroomCount, aRecord({}).household.bedroomCount)
})

typed('is forgotten once its page is saved, also when it was told late', async () => {
  const { store, keep, shown } = await begun()
  await keep('housing', { 'household.bedroomCount': '7' })
  await store.saveSection(PLACE, { revision: 1, section: 'housing', fields: { 'household.bedroomCount': '3' } })
  await keep('housing', { 'household.bedroomCount': '7' })
  assert.is(await store.typedOn!(PLACE, 'housing'), undefined)
  assert.not.match(await shown('housing'), /belum disimpan/)
  await keep('housing', { 'household.bedroomCount': '3' }, 2)
  assert.not.match(await shown('housing'), /belum disimpan/, 'the same as what is saved')
})

typed('of a person never shows at another once somebody was taken off', async () => {
  const { store, keep } = await begun()
  await store.addRow(PLACE, 'members', { revision: 1 })
  await store.addRow(PLACE, 'members', { revision: 2 })
  await keep('members.3', { 'members.3.name': 'Bayi' }, 3)
  await keep('housing', { 'household.bedroomCount': '7' }, 3)
  await store.removeRow(PLACE, 'members', 2, { revision: 3 })
  assert.equal([await store.typedOn!(PLACE, 'members.3'), (await store.typedOn!(PLACE, 'housing'))!['household.bedroomCount']], [undefined, '7'])
})

typed('moves up with its row once a row before it was taken off, and only that of the row goes with it', async () => {
  const { store, keep } = await begun()
  for (const revision of [1, 2, 3]) await store.addRow(PLACE, 'businesses', { revision })
  await keep('businesses', { 'businesses.0.mainProduct': 'tempe', 'businesses.1.mainProduct': 'tahu', 'businesses.2.mainProduct': 'kecap' }, 4)
  await store.removeRow(PLACE, 'businesses', 1, { revision: 4 })
  await keep('businesses', { 'businesses.1.mainProduct': 'tahu' }, 4)
  assert.equal(await store.typedOn!(PLACE, 'businesses'), { 'revision': '5', 'businesses.0.mainProduct': 'tempe', 'businesses.1.mainProduct': 'kecap' })
})

typed('keeps a visit from being sent, page by page, until it is saved or thrown away', async () => {
  const { store, keep, shown } = await begun()
  await store.saveSection(PLACE, { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '2' } })
  const words = async () => (await store.findObstacles(PLACE)).errors.filter(({ code }) => code === 'unsaved').map(({ path }) => path)
  assert.equal(await words(), [])
  await keep('place', { 'household.slsName': 'Dusun Karang RT 7' }, 2)
  await keep('members.0', { 'members.0.name': 'Asep Sunarya bin Ujang' }, 2)
  assert.equal(await words(), ['members.0.name', 'household.slsName'])
  const review = await shown('review')
  assert.match(review, /visits\/[^"]*\/place#f-household-slsName">[^<]*ada isian yang belum disimpan/)
  assert.match(review, /members\/0#f-members-0-name">Anggota [^<:]+: ada isian yang belum disimpan/)
  const refused = await Promise.resolve(store.submitVisit(PLACE)).catch((problem: Problem) => problem.fields)
  assert.match(String((refused as Problem['fields'])['household.slsName']), /belum disimpan/)
  assert.is((await store.typedOn!(PLACE, 'place'))!['household.slsName'], 'Dusun Karang RT 7')
  assert.match(await shown('place'), /Buang isian yang belum disimpan/)
  await store.dropTyped(PLACE, 'place')
  assert.not.match(await shown('place'), /Dusun Karang|Buang isian/)
  await store.saveSection(PLACE, { revision: 2, section: 'members', index: 0, fields: { 'members.0.name': 'Asep Sunarya bin Ujang' } })
  assert.equal(await words(), [])
})

typed('is also the last box of a question that was unticked: it counts as unsaved, is shown so, and is saved so', async () => {
  const { store, keep, shown } = await begun()
  await store.saveSection(PLACE, { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '1' } })
  const ticked = /<input(?=[^>]*type="checkbox")(?=[^>]*name="members.0.identityDocs")[^>]*checked/
  const page = await shown('members/0')
  assert.match(page, ticked)
  assert.match(page, /<input type="hidden" name="members.0.identityDocs" value=""/, 'a form says of itself that nothing is ticked')
  await keep('members.0', { 'members.0.identityDocs': '' }, 2)
  assert.equal((await store.findObstacles(PLACE)).errors.filter(({ code }) => code === 'unsaved').map(({ path }) => path), ['members.0.identityDocs'])
  assert.not.match(await shown('members/0'), ticked)
  await store.saveSection(PLACE, { revision: 2, section: 'members', index: 0, fields: { 'members.0.identityDocs': '' } })
  assert.equal((await store.getVisit(PLACE)).record.members[0]!.identityDocs, [])
})

typed('nor is a page called saved because a row of it was added: nothing there is wrong yet', async () => {
  const { store, shown } = await begun()
  await store.saveSection(PLACE, { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '1' } })
  await store.addRow(PLACE, 'children', { revision: 2 })
  assert.not.match(await shown('children'), /belum diisi\./)
  await store.saveSection(PLACE, { revision: 3, section: 'children', fields: { 'children.0.name': '' } })
  assert.match(await shown('children'), /Nama sekolah belum diisi\./)
  assert.equal(await store.addRow(PLACE, 'children', { revision: 4 }), await store.addRow(PLACE, 'children', { revision: 4 }), 'pressed twice it comes once')
})

typed('outlives a browser that was ended in the middle of a page', async () => {
  const server = await serverProcess((db) => addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Sunarya', serial: 101 }) }))
  await server.start()
  const phone = await new Phone(server.url).open()
  try {
    await phone.signIn(siti)
    await phone.prepare()
    await phone.page.goto('/field/asep')
    await phone.page.getByRole('main').getByRole('button', { name: 'Mulai kunjungan' }).click()
    await phone.page.waitForURL(/visits\/.*\/respondent/)
    const place = new URL(phone.page.url()).pathname.replace('respondent', 'place')
    await phone.page.goto(place)
    await phone.page.locator('input[name="household.slsName"]').fill('Dusun Karang RT 7')
    await phone.page.waitForResponse((answer) => answer.url().endsWith('/typed'))
    await pause(200)
    await phone.crash()
    await phone.open()
    await phone.page.goto(place)
    assert.is(await phone.page.inputValue('input[name="household.slsName"]'), 'Dusun Karang RT 7')
    await phone.page.getByText('Isian yang belum disimpan masih ada').waitFor()
    await phone.press('Simpan saja')
    await phone.page.getByText('Tersimpan.').first().waitFor()
    assert.is(await phone.page.getByText('Isian yang belum disimpan masih ada').count(), 0)

    await phone.page.locator('input[name="household.slsName"]').fill('Dusun lain')
    await phone.page.waitForResponse((answer) => answer.url().endsWith('/typed'))
    await phone.page.goto(place.replace('/place', '/review'))
    await phone.page.getByRole('link', { name: /ada isian yang belum disimpan/ }).click()
    await phone.page.getByText('Buang isian yang belum disimpan').click()
    await phone.press('Ya, buang')
    await phone.page.getByText('Isian yang belum disimpan sudah dibuang.').first().waitFor()
    assert.is(await phone.page.inputValue('input[name="household.slsName"]'), 'Dusun Karang RT 7')
  } finally {
    await phone.close()
    await server.kill()
  }
})

typed.run()
