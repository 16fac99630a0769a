import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countOutbox, readOutbox } from '#app/offline/outbox.ts'
import { reopen, sendAgain } from '#app/offline/reopening.ts'
import { aSender, queue, silence, type Queued, type Sender } from '#test/support/sending.ts'

const rowOf = async ({ db }: Sender, { id }: Queued) => (await db.get('outbox', id))!
const arrived = ({ office }: Sender, { id, text, photos }: Queued) => office.kept.get(id)?.text === text && office.state(id).status === 'accepted'
  && [...photos].every(([kind, bytes]) => bytes.equals(office.kept.get(id)!.photos.get(kind)!.bytes))

const mending = suite('what a person mends')

mending('lets an officer mend what was held, and sends it under a new number', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  phone.office.hold = () => ({ reason: 'incomplete', message: 'Kunjungan belum lengkap.' })
  assert.is((await phone.sync()).sentence, '1 kunjungan perlu diperhatikan.')
  await reopen(phone.db, sent.id, phone.clock)
  assert.equal([(await phone.db.get('drafts', sent.visitId))?.status, countOutbox(await readOutbox(phone.db)).held], ['draft', 0])
  phone.office.hold = () => undefined
  const again = await queue(phone, { visitId: sent.visitId })
  await phone.sync()
  assert.equal([(await rowOf(phone, again)).state, phone.office.kept.get(again.id)!.visitId], ['accepted', sent.visitId])
})

mending('hears what the coordinator decided about a held one, which the officer cannot open again', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  phone.office.hold = () => ({ reason: 'reassigned', message: 'Tugas ini milik petugas lain.' })
  await phone.sync()
  assert.is(await reopen(phone.db, sent.id, phone.clock).then(() => 'opened', ({ code }) => code), 'conflict')
  phone.office.kept.get(sent.id)!.status = 'closed'
  await phone.sync()
  assert.is((await rowOf(phone, sent)).state, 'closed')
})

mending('sends anew what a server restored from an older copy has forgotten', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  phone.through = (fetch) => (path, init) => path.includes('/photos/') ? silence() : fetch(path, init)
  await phone.sync()
  phone.office.kept.clear()
  phone.through = (fetch) => fetch
  await phone.sync({ force: true })
  assert.ok(arrived(phone, sent))
  phone.office.kept.clear()
  await sendAgain(phone.db, sent.id)
  await phone.sync()
  assert.ok(arrived(phone, sent))
})

mending('sends once more by itself what had arrived whole and was forgotten, the latest of each visit, and clears no copy before', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  await phone.sync()
  const again = await queue(phone, { visitId: sent.visitId })
  const other = await queue(phone)
  await phone.sync()
  phone.office.kept.clear()
  phone.office.at = '2026-05-02T03:00:00.000Z'
  phone.office.told = []
  await phone.sync()
  assert.equal([again, other].map((one) => arrived(phone, one)), [true, true])
  assert.not.ok(phone.office.told.some((line) => line.includes(sent.id)), 'the one it replaced stays settled')
  assert.match(JSON.stringify(await phone.db.getAll('journal')), /Server tidak lagi mengenal/)
})

mending.run()
