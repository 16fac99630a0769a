import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Locks } from '#app/offline/alone.ts'
import { aSender, queue, silence, type Queued, type Sender } from '#test/support/sending.ts'

const copiesOf = async ({ db }: Sender, { id, visitId }: Queued) => [
  (await db.get('outbox', id))!.data.byteLength > 0, await db.countFromIndex('photos', 'visit', visitId), await db.get('drafts', visitId) !== undefined,
]
const [WHOLE, CLEARED] = [[true, 2, true], [false, 0, false]]
const locks: Locks = { request: (_name, _options, work) => work(true) }

const room = suite('a phone without room')

room('makes room at a person\'s word: of what is proved to be whole at the server, and of that alone', async () => {
  const phone = await aSender()
  const [whole, waiting, forgotten] = [await queue(phone), await queue(phone), await queue(phone)]
  phone.through = (fetch) => (path, init) => path.includes(`${waiting.id}/photos`) ? silence() : fetch(path, init)
  await phone.sync()
  phone.office.kept.delete(forgotten.id)
  phone.through = () => silence
  await phone.sync({ makeRoom: true })
  assert.equal(await copiesOf(phone, whole), WHOLE, 'without the server nothing goes')
  phone.through = (fetch) => (path, init) => path.startsWith('/devices') ? fetch(path, init) : silence()
  await phone.sync({ makeRoom: true })
  assert.equal([await copiesOf(phone, whole), await copiesOf(phone, waiting), await copiesOf(phone, forgotten)], [CLEARED, WHOLE, WHOLE])
})

room('and full, says so; nothing of it is called unreadable', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  const { put } = IDBObjectStore.prototype
  let refused = 0
  // The first word about the delivery finds no room; the next one would.
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...row: [unknown, IDBValidKey?]) {
    if (this.name === 'outbox' && refused++ === 0) throw new DOMException('no room', 'QuotaExceededError')
    return put.apply(this, row)
  }
  const { halt, next } = await phone.sync({ force: true, locks }).finally(() => { IDBObjectStore.prototype.put = put })
  assert.equal([halt, next], ['no_room', 'Hapus video dan foto lain di HP, lalu tekan “Kirim sekarang”.'])
  assert.equal([(await phone.db.get('outbox', sent.id))!.problem, await copiesOf(phone, sent)], [null, WHOLE])
  assert.is((await phone.sync()).halt, null)
})

room.run()
