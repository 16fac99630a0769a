import { createHash, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import yauzl from 'yauzl'
import { attachments, batches, households } from '#db/schema/index.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { gather } from '#app/ratification/gathering.ts'
import { addHousehold, as, BANTUL, budi, freshApp, hadi, mega, nia, PONCOSARI, prita, rina, siti } from '#test/support/world.ts'
import { addVerified } from '#test/support/visit.ts'

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

// A batch of two, one of them a usulan baru without a prelist id, ratified and sent.
async function sent() {
  const world = freshApp()
  for (const id of ['asep', 'baru']) {
    addHousehold(world.db, id, { head: id, prelistId: id === 'baru' ? null : '99001' })
    addVerified(world.db, id, siti, budi)
  }
  const id = randomUUID()
  await gather(world.db, rina, as(world.db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title: 'Maret' })))
  as(world.db, rina, (tx) => freezeBatch(tx, id))
  await world.as(hadi).post(`/batches/${id}/ratification`, { id: randomUUID(), letterNumber: '460/1', letterDate: '2026-03-05', signatory: 'Bupati', letter: new File(['%PDF-1.4'], 's.pdf') })
  await world.as(rina).post(`/batches/${id}/dispatch`)
  const attachment = world.db.select().from(attachments).where(eq(attachments.kind, 'package')).get()!
  return { ...world, id, address: `/files/attachments/${attachment.id}`, batch: world.db.select().from(batches).get()! }
}

async function unzip(bytes: Buffer): Promise<Record<string, Buffer>> {
  const zip = await promisify(yauzl.fromBuffer.bind(yauzl) as (buffer: Buffer, options: yauzl.Options, done: (error: Error | null, zip: yauzl.ZipFile) => void) => void)(bytes, { lazyEntries: true })
  const files: Record<string, Buffer> = {}
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => zip.openReadStream(entry, async (error, stream) => {
      if (error) return reject(error)
      files[entry.fileName] = Buffer.concat(await stream.toArray())
      zip.readEntry()
    }))
    zip.on('end', () => resolve(files)).on('error', reject)
    zip.readEntry()
  })
}

const archive = suite('the archive for the ministry')

archive('is bound by one root: of the manifest, and through it of every record', async () => {
  const { as: by, address, batch } = await sent()
  const bytes = Buffer.from(await (await by(mega).get(address)).arrayBuffer())
  assert.is(sha256(bytes), batch.packageSha256)
  const files = await unzip(bytes)
  assert.is(sha256(files['manifest.txt']!), batch.rootHash)
  const named = files['manifest.txt']!.toString().trim().split('\n').map((line) => line.split('  ')[0])
  assert.equal(files['records.jsonl']!.toString().trim().split('\n').map(sha256), named)
})

archive('is not for the province, which reads without NIK and No KK', async () => {
  const { as: by, db, address, id } = await sent()
  const letter = `/files/attachments/${db.select().from(attachments).where(eq(attachments.kind, 'letter')).get()!.id}`
  assert.is((await by(prita).get(address)).status, 403)
  assert.is((await by(prita).get(letter)).status, 200)
  const page = await (await by(prita).get(`/batches/${id}`)).text()
  assert.ok(page.includes(letter) && !page.includes(address))
})

archive('holds the two SIKS-NG BDT tables, joined by IDBDT, new households too', async () => {
  const { as: by, address } = await sent()
  const files = await unzip(Buffer.from(await (await by(rina).get(address)).arrayBuffer()))
  const table = (name: string): Record<string, string>[] => parse(files[name]!, { columns: true })
  const households_ = table('rumah-tangga.csv')
  assert.equal(households_.map(({ IDBDT }) => IDBDT).sort(), ['99001', 'baru'])
  assert.equal([households_[0]!.KODE_KEMENDAGRI, households_[0]!.KDPROP, households_[0]!.KDDESA, households_[0]!.ada_tv], [PONCOSARI, '34', '001', '3'])
  assert.equal([...new Set(table('anggota-rumah-tangga.csv').map(({ IDBDT }) => IDBDT))].sort(), ['99001', 'baru'])
})

archive('is not found by the neighbour, and sent once however often it is asked', async () => {
  const { as: by, db, id, address } = await sent()
  assert.is((await by(nia).get(address)).status, 404)
  await by(rina).post(`/batches/${id}/dispatch`)
  assert.is(db.select().from(attachments).where(eq(attachments.kind, 'package')).all().length, 1)
  assert.equal(db.select().from(households).all().map(({ stage }) => stage), ['dispatched', 'dispatched'])
})

archive.run()
