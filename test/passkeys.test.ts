import { generateKeyPairSync } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { giveChallenge, sweepChallenges, takeChallenge } from '#app/sessions/passkey-challenges.ts'
import { Authenticator } from '#test/support/authenticator.ts'
import { addKey, browserOf, codesIn, enterByKey, KEYS, keysOf, later, sitiWithKey } from '#test/support/passkeys.ts'
import { actions, budi, freshApp, hadi, PASSWORD, siti } from '#test/support/world.ts'

const test = suite('passkeys')

test('Siti adds a key, gets recovery codes with the first one, and finds it on her page', async () => {
  const { world, sitis, html } = await sitiWithKey()
  const before = sitis.jar.get('siks_session')
  assert.is(codesIn(html).length, 10)
  const second = await addKey(sitis, new Authenticator(), 'Laptop desa')
  assert.is(second.to, '/account')
  assert.is(sitis.jar.get('siks_session'), before)
  const page = (await sitis.ask('/account')).html
  for (const words of ['HP kantor', 'Laptop desa', 'belum pernah', '10 dari 10', 'Dengan kunci perangkat']) assert.match(page, words)
  assert.equal(actions(world.db), ['session.started', 'user.passkey_added', 'user.passkey_added'])
  const { options } = await sitis.challenge(KEYS)
  const asked = options as unknown as { user: { id: string }, excludeCredentials: unknown[], authenticatorSelection: object, attestation: string }
  assert.is(asked.excludeCredentials.length, 2)
  assert.not.match(Buffer.from(asked.user.id, 'base64url').toString('latin1'), /siti/i, 'what the device keeps names nobody')
  assert.equal(asked.authenticatorSelection, { residentKey: 'required', userVerification: 'required', requireResidentKey: true })
})

test('the key alone signs in, as whole as password and code, and says when it was used', async () => {
  const { world, device } = await sitiWithKey()
  const elsewhere = browserOf(world)
  assert.is((await enterByKey(elsewhere, device, {}, '/field')).to, '/field')
  assert.match((await elsewhere.ask('/account')).html, 'Siti Rahayu')
  assert.is((await elsewhere.challenge(KEYS)).status, 200, 'fresh enough for what weighs')
  assert.ok(keysOf(world.db)[0]!.lastUsedAt)
  assert.is(keysOf(world.db)[0]!.counter, 1)
  const last = world.db.$client.prepare("SELECT details FROM audit_entries WHERE action = 'session.started' ORDER BY seq DESC").pluck().get()
  assert.equal(JSON.parse(last as string), { address: 'local', factor: 'passkey' })
  assert.is((await enterByKey(browserOf(world), device, {}, '//evil.example')).to, '/')
})

test('with a key the password alone opens nothing; key or recovery code complete it', async () => {
  const { world, device, html } = await sitiWithKey()
  const office = browserOf(world)
  assert.is((await office.enter(siti, '/field')).to, '/session/code?next=%2Ffield')
  assert.is((await office.ask('/')).to, '/session?next=%2F')
  const asked = (await office.ask('/session/code')).html
  assert.match(asked, 'data-passkey="get"')
  assert.not.match(asked, 'Kode 6 angka', 'she has no authenticator')
  const { options } = await office.challenge('/session/code/passkey')
  device.counter += 1
  assert.is((await office.ask('/session/code/passkey', { response: device.use(options), next: '/field' })).to, '/field')
  const plain = browserOf(world)
  await plain.enter(siti)
  assert.is((await plain.ask('/session/code', { code: codesIn(html)[0]!, next: '/' })).to, '/account')
})

test('proves again who one is, before what weighs', async () => {
  const world = freshApp()
  const hadis = browserOf(world)
  await hadis.enterWhole(hadi)
  const { device } = await addKey(hadis)
  later(world.db, 'hadi')
  assert.is((await hadis.challenge(KEYS)).status, 401)
  const before = hadis.jar.get('siks_session')
  const { options } = await hadis.challenge('/session/confirmation/passkey')
  device.counter += 1
  assert.is((await hadis.ask('/session/confirmation/passkey', { response: device.use(options), purpose: 'ownFactor', next: '/account' })).to, '/account')
  assert.is.not(hadis.jar.get('siks_session'), before)
  assert.is((await hadis.challenge(KEYS)).status, 200)
  assert.is(actions(world.db).at(-1), 'session.confirmed')
})

test('a challenge is answered once, soon, for what it was asked, and from where', async () => {
  const { world, sitis, device } = await sitiWithKey()
  const elsewhere = browserOf(world)
  const { options } = await elsewhere.challenge('/session/passkey')
  const kept = new Map(elsewhere.jar)
  device.counter += 1
  const response = device.use(options)
  assert.is((await browserOf(world).ask('/session/passkey', { response, next: '/' })).status, 409, 'of another browser')
  assert.is((await elsewhere.ask('/session/passkey', { response, next: '/' })).status, 303)
  const thief = browserOf(world)
  kept.forEach((value, name) => thief.jar.set(name, value))
  assert.is((await thief.ask('/session/passkey', { response, next: '/' })).status, 409, 'replayed')

  const again = await sitis.challenge('/session/confirmation/passkey')
  device.counter += 1
  assert.is((await sitis.ask('/session/passkey', { response: device.use(again.options), next: '/' })).status, 409, 'asked for something else')

  const { id } = giveChallenge(world.db, { purpose: 'sign_in', address: 'local' }, 1_000_000)
  assert.throws(() => takeChallenge(world.db, id, { purpose: 'sign_in' }, 1_301_000), /Waktunya habis/)
  giveChallenge(world.db, { purpose: 'sign_in', address: 'local' }, 1_000_000)
  sweepChallenges(world.db)
  assert.is(world.db.$client.prepare('SELECT count(*) FROM passkey_challenges WHERE expires_at < 2000000').pluck().get(), 0)
})

test('nothing forged, foreign or unlocked by nobody signs in', async () => {
  const { world, device } = await sitiWithKey()
  const stranger = new Authenticator()
  stranger.handle = device.handle
  const lies: [string, Parameters<Authenticator['use']>[1]][] = [
    ['another site', { origin: 'http://localhost:9' }], ['another name', { rpId: 'evil.example' }], ['nobody unlocked it', { unverified: true }], ['another\'s handle', { userHandle: 'AAAA' }],
    ['no handle', { userHandle: null }], ['a making for a use', { type: 'webauthn.create' }], ['another\'s signature', { signedBy: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }], ['inside a foreign page', { crossOrigin: true, origin: 'http://evil.example' }],
  ]
  const clear = () => world.db.$client.exec('DELETE FROM sign_in_failures')
  for (const [what, lie] of lies) {
    clear()
    const { status, html } = await enterByKey(browserOf(world), device, lie)
    assert.is(status, 422, what)
    assert.match(html, 'tidak dikenal di sini')
  }
  clear()
  assert.is((await enterByKey(browserOf(world), stranger)).status, 422)
  for (const response of ['', 'x', '{}', '[]', 'null', JSON.stringify({ id: 1 }), 'a'.repeat(21_000)]) assert.is((await browserOf(world).ask('/session/passkey', { response, next: '/' })).status, 422)
  assert.is(keysOf(world.db)[0]!.blockedAt, null)
  assert.is(actions(world.db).filter((action) => action === 'session.started').length, 1)
})

test('a copied key is found by its counter, blocked, and everybody is signed out; a forged count blocks nothing', async () => {
  const { world, sitis, device, html } = await sitiWithKey()
  await enterByKey(browserOf(world), device)
  assert.is((await enterByKey(browserOf(world), device, { counter: 1, signedBy: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey })).status, 422)
  assert.is(keysOf(world.db)[0]!.blockedAt, null)
  const copied = await enterByKey(browserOf(world), device, { counter: 1 })
  assert.is(copied.status, 409)
  assert.match(copied.html, 'diblokir karena ada salinannya')
  assert.is((await sitis.ask('/')).to, '/session?next=%2F')
  assert.is((await enterByKey(browserOf(world), device, { counter: 99 })).status, 409, 'nor does the original count any more')
  const plain = browserOf(world)
  assert.match((await plain.enter(siti)).to!, '/session/code', 'a blocked key still asks for more than the password')
  assert.is((await plain.ask('/session/code', { code: codesIn(html)[0]!, next: '/' })).status, 303)
  assert.match((await plain.ask('/account')).html, 'Ada kunci yang disalin')
  assert.equal(actions(world.db).filter((action) => action === 'user.passkey_blocked').length, 1)
})

test('two answers of one count at once let one in', async () => {
  const { world, device } = await sitiWithKey()
  const both = [browserOf(world), browserOf(world)]
  const asked = await Promise.all(both.map((one) => one.challenge('/session/passkey')))
  device.counter = 7
  const answers = await Promise.all(both.map((one, n) => one.ask('/session/passkey', { response: device.use(asked[n]!.options), next: '/' })))
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
})

test('a device that counts nothing signs in as often as it likes', async () => {
  const { world, device } = await sitiWithKey()
  for (let time = 0; time < 2; time += 1) assert.is((await enterByKey(browserOf(world), device, { counter: 0 })).to, '/')
})

test('refused keys wait like wrong codes, and a name shut by wrong passwords does not shut its key', async () => {
  const { world, device } = await sitiWithKey()
  for (let time = 0; time < 5; time += 1) await enterByKey(browserOf(world), device, { unverified: true })
  const { status, html } = await enterByKey(browserOf(world), device)
  assert.is(status, 429)
  assert.match(html, 'Tunggu 1 menit')
  assert.ok(actions(world.db).includes('session.code_braked'))
  world.db.$client.exec('DELETE FROM sign_in_failures')
  for (let time = 0; time < 6; time += 1) await browserOf(world).ask('/session', { username: 'siti', password: 'salah', next: '/' })
  assert.is((await browserOf(world).enter(siti)).status, 429)
  assert.is((await enterByKey(browserOf(world), device)).to, '/')
})

test('a key of one proves nothing for another', async () => {
  const { world, device } = await sitiWithKey()
  const budis = browserOf(world)
  await budis.enter(budi)
  await addKey(budis)
  later(world.db, 'budi')
  const { options } = await budis.challenge('/session/confirmation/passkey')
  device.counter += 1
  assert.is((await budis.ask('/session/confirmation/passkey', { response: device.use(options), purpose: 'numbers', next: '/' })).status, 422)
  const id = keysOf(world.db).find(({ userId }) => userId === 'siti')!.id
  await enterByKey(budis, device)
  world.db.$client.prepare("UPDATE sessions SET user_id = 'budi'").run()
  await budis.ask(`${KEYS}/${id}/removal`, {})
  assert.is(keysOf(world.db).length, 2)
})

test('a suspended owner stays out', async () => {
  const { world, device } = await sitiWithKey()
  world.db.$client.exec("UPDATE users SET status = 'suspended' WHERE id = 'siti'")
  assert.is((await enterByKey(browserOf(world), device)).status, 403)
})

test('asking for challenges without end is stopped', async () => {
  const world = freshApp()
  const fill = world.db.$client.prepare("INSERT INTO public_uses (subject, at) VALUES ('kunci-perangkat:local', ?)")
  for (let time = 0; time < 200; time += 1) fill.run(Date.now())
  assert.is((await browserOf(world).challenge('/session/passkey')).status, 429)
  assert.is((await browserOf(world).ask('/session', { username: 'siti', password: PASSWORD, next: '/' })).to, '/')
})

test.run()
