import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportsDone } from '#app/exports/export-work.ts'
import { exportFiles, users } from '#db/schema/index.ts'
import { addHousehold, freshApp, rina } from '#test/support/world.ts'

const full = suite('fetching a full export')

full('asks for the right again: who has lost it since gets neither the file nor a count', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep')
  const id = crypto.randomUUID()
  await as(rina).post('/exports', {
    key: id, list: 'members', query: '', format: 'csv', full: '1', fullReason: 'Pemadanan rekening oleh bank penyalur', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bank penyalur',
    purpose: 'Pemadanan rekening', legalBasis: 'Permensos 3/2021', expiresOn: new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10),
  })
  await exportsDone(db)
  assert.is((await as(rina).get(`/exports/${id}/file`)).status, 200)
  db.update(users).set({ role: 'province_officer' }).where(eq(users.id, 'rina')).run()
  assert.is((await as(rina).get(`/exports/${id}/file`)).status, 403)
  assert.is(db.select().from(exportFiles).where(eq(exportFiles.id, id)).get()!.downloads, 1)
})

full.run()
