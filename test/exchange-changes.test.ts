import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runsDone } from '#app/exchange/run-work.ts'
import { deliveries, visitPhotos, visits } from '#db/schema/index.ts'
import { aDelivery, phoneOf, photos } from '#test/support/delivery.ts'
import { bringBack, kecamatan, laptopFrom, pack, RETURNED } from '#test/support/laptop.ts'
import { aRecord } from '#test/support/records.ts'
import { aBundle, forOffice } from '#test/support/siks-file.ts'
import { budi, freshApp, rina, siti, stageOf } from '#test/support/world.ts'

const record = () => aRecord({ serial: 700 })

const merging = suite('the changes of a laptop')

merging('come back as the visits they are, with a report, as often as they are brought', async () => {
  const server = await kecamatan()
  const laptop = await laptopFrom(await pack(server))
  await phoneOf(laptop).bundle(aDelivery({ householdId: 'asep', record: record() }))
  await laptop.as(rina).post('/exchange', { file: await forOffice(laptop.dataDirectory, [aBundle({ householdId: 'ujang', officer: siti, visitId: RETURNED, record: aRecord({ head: 'Ujang Baru', serial: 701 }) })]) })
  await runsDone(laptop.db)
  const { run, items } = await bringBack(laptop, server)
  assert.equal([run.via, run.total, items.map(({ outcome }) => outcome).sort()], ['package', 2, ['new', 'updated']])
  for (const { id } of laptop.db.select({ id: visits.id }).from(visits).all()) {
    const [here, there] = [server.db, laptop.db].map((db) => db.select().from(visits).where(eq(visits.id, id)).get()!)
    assert.equal([here!.record, here!.status, here!.activeMs, here!.outcome], [there!.record, 'submitted', there!.activeMs, there!.outcome])
  }
  const again = await bringBack(laptop, server)
  assert.equal(again.items.map(({ outcome }) => outcome), ['same', 'same'])
  assert.is(server.db.select().from(deliveries).where(eq(deliveries.via, 'package')).all().length, 2)
  assert.match(await (await server.as(rina).get(`/exchange/runs/${run.id}`)).text(), /dari laptop kantor[\s\S]*Asep Suryana[\s\S]*Perbaikan kunjungan/)
})

merging('need not carry photos that never came to the laptop: the server holds them', async () => {
  const server = await kecamatan()
  const laptop = await laptopFrom(await pack(server))
  const visit = server.db.select().from(visits).get()!
  // Sent again on the laptop with one photo taken anew; the other eight are known there by name only.
  const anew = photos([server.db.select().from(visitPhotos).all()[2]!.kind], 90)
  const base = `/field/ujang/visits/${RETURNED}`
  assert.is((await laptop.as(siti).post(`${base}/photos`, Object.fromEntries(Object.entries(anew).map(([kind, bytes]) => [kind, new Blob([new Uint8Array(bytes)])])))).status, 303)
  assert.is((await laptop.as(siti).post(`${base}/submission`)).status, 303)
  const { items } = await bringBack(laptop, server)
  assert.equal(items.map(({ outcome, message }) => [outcome, message]), [['updated', 'Perbaikan kunjungan yang dikembalikan.']])
  const photo = await server.as(rina).get(`/files/visits/${visit.id}/${Object.keys(anew)[0]}`)
  assert.equal(Buffer.from(await photo.arrayBuffer()), Object.values(anew)[0])
  assert.is(stageOf(server.db, 'ujang'), 'submitted')
})

merging('that meet other work are held for a person, and what is foreign is refused', async () => {
  const server = await kecamatan()
  const laptop = await laptopFrom(await pack(server))
  await phoneOf(laptop).bundle(aDelivery({ householdId: 'asep', record: aRecord({ serial: 702, household: { floorType: 2 } }) }))
  await phoneOf(server).bundle(aDelivery({ householdId: 'asep', record: aRecord({ serial: 702, household: { floorType: 5 } }) }))
  const { run, items } = await bringBack(laptop, server)
  assert.equal(items.map(({ outcome }) => outcome), ['held'])
  assert.match(await (await server.as(rina).get(`/exchange/runs/${run.id}`)).text(), /menunggu keputusan/)
})

merging('are no matter of a server that is no copy, and open only at the office they are for', async () => {
  const server = await kecamatan()
  assert.is((await server.as(rina).post('/exchange/changes')).status, 409)
  assert.is((await server.as(rina).get('/exchange/changes/1')).status, 409)
  const laptop = await laptopFrom(await pack(server))
  await phoneOf(laptop).bundle(aDelivery({ householdId: 'asep', record: record() }))
  assert.match(await (await laptop.as(budi).get('/exchange/changes')).text(), /1 kunjungan belum masuk berkas/)
  await laptop.as(budi).post('/exchange/changes')
  assert.is((await laptop.as(budi).get('/exchange/changes/2')).status, 404)
  const file = new File([await (await laptop.as(budi).get('/exchange/changes/1')).arrayBuffer()], 'a.siks')
  assert.is((await freshApp().as(rina).post('/exchange', { file })).status, 422)
  assert.is((await laptop.as(rina).post('/exchange', { file })).status, 422)
})

merging.run()
