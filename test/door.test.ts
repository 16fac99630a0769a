import '#test/support/pocket.ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ON_DISK, updateDevice } from '#app/offline/database.ts'
import { deviceDb, readDoor, shutCurrent, turnTo, userDb } from '#app/offline/door.ts'
import { prepareVault } from '#app/offline/vault.ts'
import type { Actor } from '#app/users/actor.ts'
import { PIN, secretOf, settingsFor } from '#test/support/pocket.ts'
import { siti, tono } from '#test/support/world.ts'

const door = suite('the door of a shared phone')
const AT = new Date('2026-03-02T03:00:00.000Z')

// Prepared: a vault that is open and something of a pack.
async function prepare(user: Actor) {
  const db = await userDb(user.id)
  await prepareVault(db, { pin: PIN, secret: secretOf(user.id), settings: settingsFor(user, AT), rounds: 1000 }, AT)
  const row = { iv: new Uint8Array(12), data: new ArrayBuffer(16), sequence: 1, schema: 1, cutAt: AT.toISOString() }
  await db.put('pack', { key: 'pack', ...row })
  await updateDevice(await deviceDb(), ({ userIds }) => ({ currentUser: user.id, userIds: [...new Set([...userIds, user.id])] }))
}
const who = async () => {
  const found = await readDoor(AT)
  return found.kind === 'none' ? [found.kind] : [found.kind, found.user.id]
}

door('opens to whoever uses the phone now, though another asked just before', async () => {
  await prepare(siti)
  assert.equal(await who(), ['open', 'siti'])
  await prepare(tono)
  assert.equal(await who(), ['open', 'tono'])
  await turnTo('siti')
  assert.equal([await who(), (await readDoor(AT)).kind], [['open', 'siti'], 'open'])
  await turnTo('tono')
  assert.equal(await who(), ['shut', 'tono'], 'turning to another locks the one before')
})

door('shows at once that it was shut, and what waits behind it', async () => {
  await prepare(siti)
  await readDoor(AT)
  const db = await userDb('siti')
  const row = { id: 'd1', visitId: 'v1', householdId: 'asep', sequence: 1, state: 'queued', photos: [], problem: null, attempts: 0, nextAt: null, receipt: null, reason: null, data: new Uint8Array(20), iv: new Uint8Array(12) }
  const tx = db.transaction('outbox', 'readwrite', ON_DISK)
  await tx.store.put(row as never)
  await tx.done
  await shutCurrent()
  const found = await readDoor(AT)
  assert.equal([found.kind, found.kind !== 'none' && found.status.counts.queued], ['shut', 1])
})

door('belongs to nobody when nobody is signed in, whoever asked before', async () => {
  await prepare(siti)
  await readDoor(AT)
  await updateDevice(await deviceDb(), () => ({ currentUser: null }))
  assert.equal(await who(), ['none'])
})

door.run()
