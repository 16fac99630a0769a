import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createApp } from '#app/app.tsx'
import { siteOf } from '#app/sessions/passkey-proof.ts'
import type { Db } from '#db/connection.ts'
import { Authenticator } from '#test/support/authenticator.ts'
import { freshCode } from '#test/support/factors.ts'
import { addKey, browserOf, codesIn, enterByKey, KEYS, keysOf, later, sitiWithKey } from '#test/support/passkeys.ts'
import { actions, agus, contentsOf, freshApp, freshDatabase, hadi, mega, siti } from '#test/support/world.ts'

const without = (db: Db, id: string) => {
  db.$client.prepare('DELETE FROM second_factors WHERE user_id = ?').run(id)
  return freshApp(db)
}

const test = suite('keeping passkeys')

test('whoever must have a second step may choose a key as the first, and not remove the last', async () => {
  const world = without(freshDatabase(), 'mega')
  const megas = browserOf(world)
  await megas.enter(mega)
  assert.match((await megas.ask('/account/factor')).html, 'data-passkey="create"')
  const { html, device } = await addKey(megas)
  assert.is(codesIn(html).length, 10)
  assert.is((await megas.ask('/batches')).status, 200)
  const [only] = keysOf(world.db)
  const refused = await megas.ask(`${KEYS}/${only!.id}/removal`, {})
  assert.is(refused.status, 409)
  assert.match(refused.html, 'Pasang dahulu')
  assert.is(keysOf(world.db).length, 1)
  await addKey(megas, new Authenticator(), 'Kunci kedua')
  assert.is((await megas.ask(`${KEYS}/${only!.id}/removal`, {})).to, '/account')
  assert.is((await enterByKey(browserOf(world), device)).status, 422, 'a removed key is nobody\'s')
})

test('the authenticator may be left where a key is there, and the codes for emergencies stay', async () => {
  const world = freshApp()
  const hadis = browserOf(world)
  await hadis.enterWhole(hadi)
  await addKey(hadis)
  assert.is((await hadis.ask('/account/factor/removal', { code: freshCode(world.db, hadi) })).to, '/account')
  assert.match((await browserOf(world).enter(hadi)).to!, '/session/code')
  const made = await hadis.ask('/account/factor/recovery-codes', {})
  assert.is(codesIn(made.html).length, 10)
  later(world.db, 'hadi')
  assert.match((await hadis.ask('/account/factor/recovery-codes', {})).to!, '/session/confirmation?purpose=ownFactor')
  assert.match((await hadis.ask('/account/factor/key', {})).to!, '/session/confirmation')
})

test('Siti leaves her last key, and her codes go with it', async () => {
  const { world, sitis } = await sitiWithKey()
  await sitis.ask(`${KEYS}/${keysOf(world.db)[0]!.id}/removal`, {})
  assert.is(world.db.$client.prepare('SELECT count(*) FROM recovery_codes').pluck().get(), 0)
  assert.is((await browserOf(world).enter(siti)).to, '/')
  assert.is(actions(world.db).at(-2), 'user.passkey_removed')
})

test('an administrator\'s reset forgets keys too, and the page of the user and the review of access show them', async () => {
  const { world, device } = await sitiWithKey()
  assert.match(await (await world.as(agus).get('/users/siti')).text(), 'HP kantor')
  await world.as(agus).post('/access/reviews', { id: crypto.randomUUID() })
  const review = world.db.$client.prepare('SELECT id FROM access_reviews').pluck().get()
  assert.match(await (await world.as(agus).get(`/access/reviews/${review}?show=all`)).text(), '1 kunci perangkat')
  assert.match(await (await world.as(agus).get(`/access/reviews/${review}/rows.csv`)).text(), 'terpasang; 1 kunci perangkat')
  assert.is((await world.as(agus).post('/users/siti/factor-reset', { reason: 'HP hilang' })).status, 303)
  assert.is((await enterByKey(browserOf(world), device)).status, 422)
  assert.is((await browserOf(world).enter(siti)).to, '/')
})

test('an administrator takes one lost device away and leaves the others, but never the last way in', async () => {
  const { world, sitis, device } = await sitiWithKey()
  const page = async () => (await world.as(agus).get('/users/siti')).text()
  const drop = (passkey: string) => world.as(agus).post('/users/siti/passkey-removal', { passkey, reason: 'HP kantor hilang' })
  const [lost] = keysOf(world.db)
  assert.not.match(await page(), 'Hapus satu kunci perangkat')
  assert.is((await drop(lost!.id)).status, 409)
  const other = new Authenticator()
  await addKey(sitis, other, 'Kunci kedua')
  assert.match(await page(), 'Hapus satu kunci perangkat')
  assert.equal([(await drop(lost!.id)).status, (await drop(lost!.id)).status], [303, 303])
  assert.equal([keysOf(world.db).map(({ name }) => name), actions(world.db).at(-1)], [['Kunci kedua'], 'user.passkey_removed'])
  assert.match(await page(), 'HP kantor hilang')
  assert.is((await sitis.ask('/')).status, 303)
  assert.is((await enterByKey(browserOf(world), device)).status, 422)
  assert.is((await enterByKey(browserOf(world), other)).to, '/')
})

test('adding one is asked of whoever signed in a short while ago, names what is wrong, and changes nothing else', async () => {
  const { world, sitis } = await sitiWithKey()
  const before = contentsOf(world.db)
  assert.is((await sitis.ask(KEYS, { name: 'x', response: '{' })).status, 422)
  assert.is(contentsOf(world.db), before)
  const { options } = await sitis.challenge(KEYS)
  assert.is((await sitis.ask(KEYS, { name: 'x', response: new Authenticator().make(options, { unverified: true }) })).status, 409)
  later(world.db, 'siti')
  assert.match((await sitis.ask('/account')).html, '/session/confirmation?purpose=ownFactor')
  assert.is((await sitis.challenge(KEYS)).problem!.code, 'unauthenticated')
})

test('keys are offered only where they can work, and belong to the name people type', async () => {
  assert.equal(siteOf('https://siks.bantulkab.go.id/x'), { rpId: 'siks.bantulkab.go.id', origin: 'https://siks.bantulkab.go.id' })
  assert.equal(siteOf('http://localhost:3000'), { rpId: 'localhost', origin: 'http://localhost:3000' })
  for (const address of ['http://siks.bantulkab.go.id', 'https://10.0.0.1', 'http://127.0.0.1:3000', 'https://[::1]']) assert.is(siteOf(address), undefined, address)
  const { db, dataDirectory } = freshApp()
  const behind = createApp({ db, dataDirectory, trustProxy: false, origin: 'https://siks.example' })
  assert.is(((await (await behind.request('/session/passkey/challenge', { method: 'POST' })).json()) as { options: { rpId: string } }).options.rpId, 'siks.example')
  const bare = createApp({ db, dataDirectory, trustProxy: false, origin: 'http://10.0.0.1' })
  assert.is((await bare.request('/session/passkey/challenge', { method: 'POST' })).status, 409)
  assert.not.match(await (await bare.request('/session')).text(), 'data-passkey')
})

test.run()
