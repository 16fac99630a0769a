import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OpenDoor, Phone } from '#app/offline/phone.ts'
import { phonePages } from '#app/offline/routes.tsx'
import { readStatus } from '#app/offline/status.ts'
import { aVillage } from '#test/support/field.ts'
import { aPocket, settingsFor } from '#test/support/pocket.ts'
import { siti } from '#test/support/world.ts'

const version = suite('"Pakai versi baru"')

// The phone's own pages, while a newer worker waits.
async function waiting(isSending: boolean) {
  const { db, key, clock, deviceId } = await aPocket(aVillage(), siti)
  let used = 0
  const phone = {
    now: clock.now, isOnline: () => true, isSending: () => isSending, newVersion: () => ({ use: () => { used++ } }),
    packOf: async () => ({ freshAt: clock.at.toISOString(), tasks: 1, bytes: 1, nameOf: async () => undefined }), storage: async () => ({ kept: true, used: 1e9, quota: 1e9 }),
  } as unknown as Phone
  const door: OpenDoor = { kind: 'open', user: settingsFor(siti, clock.at).user, db, key, deviceId, status: await readStatus(db) }
  const pages = phonePages(phone)
  const ask = async (path: string, method = 'GET') => (await pages.request(path, { method }, { door })).text()
  return { ask, used: () => used }
}

version('says that it comes after the sending that is under way, and is asked for all the same', async () => {
  for (const [isSending, words] of [[true, /begitu pengiriman yang sedang berjalan selesai/], [false, /begitu halaman ini dibuka lagi/]] as const) {
    const { ask, used } = await waiting(isSending)
    await ask('/field/device/update', 'POST')
    assert.match(await ask('/field/device'), words)
    assert.is(used(), 1)
  }
})

version('stands on a page that says when a phone has little room', async () => {
  assert.match(await (await waiting(false)).ask('/field/device'), /Penyimpanan HP hampir penuh[^]*Hapus video dan foto lain di HP\. Isian/)
})

version.run()
