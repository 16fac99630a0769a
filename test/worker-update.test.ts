import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Phone } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, siti } from '#test/support/world.ts'

let server: ServerProcess
let phone: Phone

const updating = suite('a new worker')

updating.before(async () => {
  server = await serverProcess((db) => void addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Sunarya', serial: 101 }) }))
  await server.start()
  phone = await new Phone(server.url).open()
  await phone.signIn(siti)
  await phone.prepare()
})
updating.after(async () => {
  await phone.close()
  await server.kill()
})

const cachesOf = ({ page }: Phone) => page.evaluate(() => caches.keys())
async function textAt(path: string) {
  // The new worker may load the page anew at this very moment; a person would press once more.
  await phone.page.goto(path).catch(() => phone.page.goto(path))
  return phone.page.locator('main').innerText()
}

const update = () => phone.page.evaluate(async () => {
  await (await navigator.serviceWorker.getRegistration())!.update().catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 1500))
})

updating('a new version takes nothing of the old away before it is whole, and waits to be asked', async () => {
  const [before] = await cachesOf(phone)
  const [script, style] = [join(server.program, '.build/worker.js'), join(server.program, '.build/static/app.css')]
  const code = readFileSync(script, 'utf8')
  for (const ending of ['.br', '.gz']) [script, style].forEach((file) => rmSync(file + ending))

  // The other build asks for a style of other bytes than the server gives just now.
  const hash = /app\.css\\?":\\?"([0-9a-f]{10})/.exec(code)![1]!
  writeFileSync(script, code.split(hash).join('0123456789').split(before!.slice(5)).join('broken'))
  await update()
  assert.equal(await cachesOf(phone), [before])
  assert.not.match(await textAt('/field/device'), /Versi baru/)

  writeFileSync(script, code.split(before!.slice(5)).join('another'))
  await update()
  assert.equal((await cachesOf(phone)).sort(), [before, 'siks-another'].sort())
  await phone.page.goto('/field/device')
  await phone.page.evaluate(() => { document.title = 'sebelum' })
  await phone.press('Pakai versi baru')
  // The page is loaded anew by the new worker.
  await phone.page.waitForFunction(async (old) => document.title !== 'sebelum' && !document.querySelector('[data-new-version]') && !(await caches.keys()).includes(old!), before)
  await server.stop()
  assert.match(await textAt('/field'), /Asep Sunarya/)
})

// A browser that was ended while it wrote the worker down goes past it from then on, whatever it says of it.
updating('takes over by itself from one that is not asked any more', async () => {
  await server.start()
  const script = join(server.program, '.build/worker.js')
  writeFileSync(script, `${readFileSync(script, 'utf8')}\n// newer`)
  await phone.page.goto('/field')
  await update()
  const waits = () => phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations())[0]!.waiting !== null)
  assert.ok(await waits())

  await phone.forgetWho()
  await phone.page.addInitScript(() => {
    performance.getEntriesByType = () => [{ workerStart: 0 }] as never
    const found = navigator.serviceWorker.getRegistration()
    navigator.serviceWorker.getRegistration = () => new Promise((resolve) => window.addEventListener('passed-by', () => resolve(found), { once: true }))
  })
  await phone.page.goto('/field/device')
  // Unlike one that is really passed by, this one answered for the page; another takes over when it rests.
  await phone.killWorker()
  await phone.page.evaluate(() => window.dispatchEvent(new Event('passed-by')))
  await phone.page.getByRole('heading', { name: 'Kiriman' }).waitFor()
  assert.not.ok(await waits())
})

updating.run()
