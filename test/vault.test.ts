import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openUser, type UserDb } from '#app/offline/database.ts'
import { isPin, keepContact, keyBySecret, lock, open, prepareVault, readKey, readKeys, revoke, seal, sealText, openText, unlock, vaultState } from '#app/offline/vault.ts'
import { PIN, secretOf, settingsFor } from '#test/support/pocket.ts'
import { siti } from '#test/support/world.ts'

const AT = new Date('2026-03-02T03:00:00.000Z')
const after = ({ minutes = 0, days = 0 }) => new Date(AT.getTime() + minutes * 60_000 + days * 86_400_000)
const WRONG = '111112'

const prepare = (db: UserDb, { pin = PIN, secret = 's', now = AT } = {}) =>
  prepareVault(db, { pin, secret: secretOf(secret), settings: settingsFor(siti, now), rounds: 1000 }, now)

async function aVault() {
  const db = await openUser(randomUUID())
  await prepare(db)
  return { db, sealed: await sealText((await readKey(db, AT))!, 'Asep Suryana') }
}

const reads = async (db: UserDb, sealed: Parameters<typeof openText>[1], now = AT) => openText((await readKey(db, now))!, sealed)

const vault = suite('the vault')

vault('opens with the PIN alone, and nothing in it can be read without', async () => {
  const { db, sealed } = await aVault()
  await lock(db)
  assert.equal([await vaultState(db, AT), await readKey(db, AT)], ['locked', undefined])
  assert.equal(await unlock(db, WRONG, AT), { state: 'locked', pinsLeft: 9 })
  assert.equal([(await unlock(db, PIN, AT)).state, await reads(db, sealed)], ['open', 'Asep Suryana'])
})

vault('never holds the key where it can be read out', async () => {
  const { db } = await aVault()
  const key = (await readKey(db, AT))!
  assert.is(key.extractable, false)
  assert.instance(await crypto.subtle.exportKey('raw', key).catch((error: unknown) => error), Error)
})

vault('tells when what is sealed was changed', async () => {
  const { db } = await aVault()
  const key = (await readKey(db, AT))!
  const sealed = await seal(key, new Uint8Array([1, 2, 3]))
  new Uint8Array(sealed.data)[0]! ^= 1
  assert.instance(await open(key, sealed).catch((error: unknown) => error), Error)
})

vault('counts wrong PINs in a row; the tenth takes the PIN away, and only a sign-in gives another', async () => {
  const { db, sealed } = await aVault()
  await lock(db)
  for (let i = 0; i < 9; i++) await unlock(db, WRONG, AT)
  assert.is((await unlock(db, PIN, AT)).state, 'open')
  await lock(db)
  for (let i = 0; i < 10; i++) await unlock(db, WRONG, AT)
  assert.equal([await vaultState(db, AT), await unlock(db, PIN, AT)], ['blocked', { state: 'blocked', pinsLeft: 0 }])
  assert.is((await readKeys(db))!.byPin, null)
  await prepare(db, { pin: '908172' })
  assert.is(await reads(db, sealed), 'Asep Suryana')
  await lock(db)
  assert.is((await unlock(db, '908172', AT)).state, 'open')
})

vault('does not lose tries by being asked in parallel', async () => {
  const { db } = await aVault()
  await lock(db)
  await Promise.all(Array.from({ length: 10 }, () => unlock(db, WRONG, AT)))
  assert.is(await vaultState(db, AT), 'blocked')
})

vault('locks itself when nobody used it for a while, also when the clock was set back meanwhile', async () => {
  const { db } = await aVault()
  assert.ok(await readKey(db, after({ minutes: 10 })))
  assert.ok(await readKey(db, after({ minutes: 20 })), 'use counts')
  assert.is(await readKey(db, after({ minutes: 36 })), undefined)
  await unlock(db, PIN, after({ minutes: 40 }))
  assert.is(await readKey(db, after({ minutes: 10 })), undefined)
  assert.is(await vaultState(db, after({ minutes: 10 })), 'locked')
})

vault('shuts after days without a word from the office; a contact and the PIN open it again', async () => {
  const { db, sealed } = await aVault()
  const late = after({ days: 15 })
  assert.is(await vaultState(db, late), 'expired')
  assert.equal(await unlock(db, PIN, late), { state: 'expired', pinsLeft: 0 })
  for (let i = 0; i < 12; i++) await unlock(db, WRONG, late)
  await keepContact(db, {}, late)
  assert.equal([await vaultState(db, late), (await unlock(db, PIN, late)).state, await reads(db, sealed, late)], ['locked', 'open', 'Asep Suryana'])
})

vault('does not believe a clock from before the last contact', async () => {
  const { db } = await aVault()
  assert.is(await vaultState(db, after({ days: -30 })), 'clock')
  assert.is((await unlock(db, PIN, after({ days: -30 }))).state, 'clock')
  await unlock(db, PIN, AT)
  assert.is(await vaultState(db, AT), 'open')
})

vault('revoked keeps what was never sent, under the server\'s secret alone', async () => {
  const { db, sealed } = await aVault()
  const empty = { iv: new Uint8Array(12), data: new ArrayBuffer(16) }
  await db.put('pack', { key: 'pack', ...empty, sequence: 1, cutAt: AT.toISOString(), schema: 1 })
  await db.put('drafts', { visitId: 'v', householdId: 'asep', status: 'draft', ...sealed })
  await revoke(db)
  assert.equal([await vaultState(db, AT), await unlock(db, PIN, AT), await readKey(db, AT)], ['revoked', { state: 'revoked', pinsLeft: 0 }, undefined])
  assert.equal([await db.count('pack'), await db.count('drafts')], [0, 1])
  assert.is(await keyBySecret(db, secretOf('x')), undefined)
  assert.is(await openText((await keyBySecret(db, secretOf('s')))!, sealed), 'Asep Suryana')
})

vault('opens for a sync by the secret without opening a page', async () => {
  const { db, sealed } = await aVault()
  await lock(db)
  assert.is(await openText((await keyBySecret(db, secretOf('s')))!, sealed), 'Asep Suryana')
  assert.is(await vaultState(db, AT), 'locked')
})

vault('is not prepared over with another secret: what lies in it would be lost', async () => {
  const { db, sealed } = await aVault()
  const refused = await prepare(db, { secret: 'x' }).catch((error) => error)
  assert.is(refused.code, 'conflict')
  assert.is(await reads(db, sealed), 'Asep Suryana')
})

vault('takes no PIN that is short or all one digit', () =>
  assert.equal(['12345', '000000', '', '274051', 'kuda-laut'].map(isPin), [false, false, false, true, true]))

vault.run()
