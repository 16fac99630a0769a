import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { findWrong, type Safe } from '#test/support/arrived.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { ALL_ARRIVED, Phone } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { addHousehold, siti } from '#test/support/world.ts'

// Days without signal: the server is really away, its process killed; the worker is killed, the browser closed and opened.
const story = suite('three visits without a server')

const HEADS = { 'rt-1': 'Asep Suryana', 'rt-2': 'Bambang Wijaya', 'rt-3': 'Citra Kusuma' }
const safe: Safe[] = []
let server: ServerProcess
let phone: Phone

story.before(async () => {
  server = await serverProcess((db) => Object.entries(HEADS).forEach(([id, head]) => addHousehold(db, id, { head, officer: siti, stage: 'assigned' })))
  await server.start()
  phone = await new Phone(server.url).open()
})
story.after(async () => {
  await phone.close()
  await server.kill()
})

story('Siti prepares her phone while there is signal', async () => {
  await phone.signIn(siti)
  await phone.prepare()
  assert.match(await phone.page.locator('main').innerText(), /3 rumah tangga/)
  await server.kill()
  assert.is(await fetch(`${server.url}/healthz`).then(() => 'answers', () => 'is gone'), 'is gone')
})

story('her list opens, and finds by a part of the name', async () => {
  await phone.page.goto('/field')
  for (const head of Object.values(HEADS)) await phone.page.getByRole('link', { name: head }).waitFor()
  await phone.page.goto('/field?tab=waiting&q=wijay')
  await phone.page.getByRole('link', { name: HEADS['rt-2'] }).waitFor()
  assert.is(await phone.page.getByRole('link', { name: HEADS['rt-1'] }).count(), 0)
})

for (const [householdId, head] of Object.entries(HEADS)) {
  story(`she visits ${head}, takes nine photos and sends`, async () => {
    const { page } = phone
    await page.goto('/field')
    await page.getByRole('link', { name: head }).click()
    await phone.press('Mulai kunjungan')
    await fillQuestions()
    const photos = await photograph(page, Object.keys(HEADS).indexOf(householdId))
    await phone.press('Ambil lokasi')
    await page.getByText(/Lokasi didapat/).waitFor()
    await phone.press('Simpan lokasi')
    await page.getByText('Lokasi disimpan').waitFor()
    await phone.killWorker()
    await page.getByRole('link', { name: 'Periksa dan kirim' }).click()
    await page.getByText('Semua yang wajib sudah ada').waitFor()
    const visitId = /visits\/([^/]+)/.exec(page.url())![1]!
    await phone.press('Kirim kunjungan')
    await page.getByText('Kunjungan ini tersimpan di HP dan menunggu dikirim').waitFor()
    safe.push({ householdId, visitId, photos })
  })
}

story('the browser is closed and opened, and nothing is gone', async () => {
  await phone.reopen()
  assert.match(await phone.sending(), /3 kunjungan menunggu dikirim, aman di HP/)
})

story('the server is back: everything arrives once, every photo byte by byte as it was taken', async () => {
  await server.start()
  await phone.page.goto('/field/device')
  await phone.press('Kirim sekarang')
  await phone.page.locator('[data-sending-words]', { hasText: ALL_ARRIVED }).waitFor({ timeout: 40_000 })
  await server.kill()
  assert.equal(await findWrong(server, safe), { lost: [], doubled: [] })
  const visits = server.read(({ $client }) => $client.prepare('SELECT latitude, accuracy_m AS accuracyM, active_ms AS activeMs FROM visits').all()) as { latitude: number, accuracyM: number, activeMs: number }[]
  assert.equal(visits.map(({ latitude, accuracyM, activeMs }) => [latitude, accuracyM, activeMs > 0]), Array.from({ length: 3 }, () => [-7.9713, 9, true]))
})

story('what arrived can still be looked at on the phone', async () => {
  await phone.page.goto('/field/device')
  assert.match(await phone.page.locator('main').innerText(), /1\. Asep Suryana\s+Lengkap di server/)
})

async function fillQuestions() {
  const { page } = phone
  await page.getByLabel('1 – Selesai dicacah').check()
  await phone.press('Simpan dan lanjut')
  for (const title of ['Pengenalan tempat', 'Keluarga dan Nomor KK', 'Perumahan']) {
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    if (title === 'Perumahan') await page.getByLabel(/Jenis lantai terluas/).selectOption('2')
    await phone.press('Simpan dan lanjut')
  }
  await page.getByRole('heading', { level: 1, name: 'Anggota rumah tangga' }).waitFor()
  await page.getByRole('link', { name: 'Lanjut' }).click()
  for (const title of ['Anak tanggungan', 'Aset dan program', 'Usaha anggota']) {
    await page.getByRole('heading', { level: 1, name: new RegExp(title) }).waitFor()
    await phone.press('Simpan dan lanjut')
  }
  await page.getByRole('heading', { level: 1, name: 'Foto dan lokasi' }).waitFor()
}

// The camera gives a large picture; what counts as taken is what the page made of it, as it lies in the post to the phone.
async function photograph(page: Page, household: number) {
  await page.evaluate(() => {
    const scope = self as unknown as { taken: { kind: string, sha256: string }[] }
    const post = self.fetch
    scope.taken = []
    self.fetch = async (address, init) => {
      const photos = init?.body instanceof FormData ? [...init.body].filter(([, value]) => value instanceof File) as [string, File][] : []
      for (const [kind, photo] of photos) {
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await photo.arrayBuffer()))
        scope.taken.push({ kind, sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('') })
      }
      return post(address, init)
    }
  })
  for (const [i, { code }] of PHOTO_KINDS.entries()) {
    const buffer = makeJpeg({ width: 800, height: 600, seed: household * 10 + i + 1, bytes: 150_000 })
    await page.locator(`input[type=file][name="${code}"]`).setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer })
    await page.locator('[data-photo]', { has: page.locator(`input[name="${code}"]`) }).getByText(/Foto tersimpan di HP/).waitFor()
  }
  return page.evaluate(() => (self as unknown as { taken: { kind: string, sha256: string }[] }).taken)
}

story.run()
