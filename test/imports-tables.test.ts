import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asc } from 'drizzle-orm'
import { workDone } from '#app/assignments/import-work.ts'
import { households } from '#db/schema/index.ts'
import { prelistCsv } from '#test/support/prelist.ts'
import { aRecord } from '#test/support/records.ts'
import { BANTUL, freshApp, rina } from '#test/support/world.ts'

const tables = suite('tables as spreadsheets save them')

async function read(content: string | Uint8Array) {
  const world = freshApp()
  const response = await world.as(rina).post('/imports', { region: BANTUL, file: new File([content as BlobPart], 'prelist.csv') })
  await workDone(world.db)
  return { ...world, id: response.headers.get('Location')!.split('/').at(-1)! }
}

async function imported(content: string | Uint8Array) {
  const world = await read(content)
  await world.as(rina).post(`/imports/${world.id}/confirmation`)
  await workDone(world.db)
  return world.db.select({ headName: households.headName }).from(households).orderBy(asc(households.headName)).all().map(({ headName }) => headName)
}

tables('keep their letters, whether Excel wrote them or another program', async () => {
  const csv = prelistCsv([aRecord({ head: 'Ma’mun José' })], { delimiter: ';' })
  const ofExcel = Buffer.from(csv.replaceAll('’', '\x92'), 'latin1')
  for (const content of [ofExcel, csv, `\uFEFF${csv}`]) assert.equal(await imported(content), ['Ma’mun José'])
})

tables.run()
