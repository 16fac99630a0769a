import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findWrong, type Safe } from '#test/support/arrived.ts'
import { Phone } from '#test/support/phone.ts'
import { serverProcess } from '#test/support/process.ts'
import { proxyTo } from '#test/support/proxy.ts'
import { ninePhotos, OUTCOME, visitQuickly, type Errand } from '#test/support/visiting.ts'
import { addHousehold, siti } from '#test/support/world.ts'

// Storage that is full to the last byte, in a real browser.
const full = suite('a phone without room')

async function setOut() {
  const server = await serverProcess((db) => { for (let n = 1; n <= 4; n++) addHousehold(db, `rt-${n}`, { head: `Warga ${n}`, officer: siti, stage: 'assigned' }) })
  await server.start()
  const proxy = await proxyTo(server.url)
  const phone = await new Phone(proxy.url).open()
  await phone.signIn(siti)
  await phone.prepare()
  await phone.syncUntilDone()
  return { server, proxy, phone, stop: async () => { await phone.close(); await proxy.stop(); await server.kill() } }
}

const errand = (n: number, bytes = 30_000): Errand & Safe => ({
  householdId: `rt-${n}`, visitId: `00000000-0000-4000-8000-00000000000${n}`, photos: ninePhotos(`rt-${n}`, bytes), outcome: OUTCOME.finished,
})

// The browser remembers for a while how much room there was, so the phone is opened anew into its narrowness.
async function fill(phone: Phone) {
  await phone.reopen()
  await phone.page.goto('/field')
  await phone.quota(await phone.page.evaluate(async () => (await navigator.storage.estimate()).usage!))
}
const post = (phone: Phone, path: string) => phone.page.evaluate((at) => fetch(at, { method: 'POST', headers: { Accept: 'text/html' } }).then((answer) => answer.text()), path)

full('keeps what is there and nothing by halves, says what to do, opens by its PIN, sends, and goes on once there is room', async () => {
  const { server, proxy, phone, stop } = await setOut()
  try {
    proxy.set({ down: true })
    const [sent, ready, fresh] = [errand(1), errand(2), errand(3)]
    assert.ok((await visitQuickly(phone.page, sent)).safe)
    await visitQuickly(phone.page, { ...ready, isSent: false })
    await fill(phone)

    const page = `/field/rt-2/visits/${ready.visitId}/respondent`
    await phone.page.goto(page)
    await phone.page.getByLabel(/Rumah tangga tidak ditemukan/).check()
    await phone.press('Simpan saja')
    await phone.page.getByText(/Penyimpanan HP penuh, jadi ini belum tersimpan.*tekan “Buat ruang”/).waitFor()
    assert.ok(await phone.page.getByLabel(/Rumah tangga tidak ditemukan/).isChecked(), 'what was answered stays on the page')
    assert.match(await post(phone, `/field/rt-2/visits/${ready.visitId}/submission`), /Penyimpanan HP penuh/)
    assert.match(String(await visitQuickly(phone.page, { ...fresh, photos: [] }).catch((error: Error) => error.message)), /Penyimpanan HP penuh/)
    assert.equal([await phone.stored(siti.id, 'outbox'), await phone.stored(siti.id, 'drafts'), await phone.stored(siti.id, 'photos')], [1, 2, 18])

    await phone.page.goto('/field/device')
    await phone.press('Kunci sekarang')
    await phone.unlock()
    proxy.set({})
    await phone.syncUntilDone()
    await phone.page.goto('/field/device')
    await phone.press('Buat ruang')
    await phone.page.getByText(/Ruang dibuat: salinan 1 kunjungan/).waitFor()
    assert.is(await phone.stored(siti.id, 'photos'), 9, 'of the visit under way nothing went')

    await phone.quota()
    await phone.reopen()
    for (const one of [ready, fresh]) assert.ok((await visitQuickly(phone.page, one)).safe)
    await phone.syncUntilDone()
    await server.kill()
    assert.equal(await findWrong(server, [sent, ready, fresh]), { lost: [], doubled: [] })
  } finally {
    await stop()
  }
})

full.run()
