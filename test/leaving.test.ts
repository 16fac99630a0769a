import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attach } from '#app/files/attachments.ts'
import { keep } from '#app/files/store.ts'
import { LEAVING } from '#app/protection/register.ts'
import { auditEntries } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { sha256 } from '#test/support/delivery.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { BANTUL, freshApp, mega, nia, PEOPLE, rina, routesOf } from '#test/support/world.ts'

// Every way data leaves: a download, or a sheet to print. Each leaves a line in the trail that says who, what and how many.
const leaves = async (answer: Response) => answer.status === 200 && (answer.headers.get('Content-Disposition')?.startsWith('attachment') || /pdf|zip|octet-stream/.test(answer.headers.get('Content-Type') ?? '')
  || /class="sheet/.test(/html/.test(answer.headers.get('Content-Type') ?? '') ? await answer.text() : ''))

// What holds no data of people: an empty list to be signed, anchors and the program that checks them, a manifest of hashes, a minute of sums, the paper that goes with an export, the table of controls.
const NO_PERSONS = ['GET /musdes/attendance-list', 'GET /audit/anchors.txt', 'GET /audit/periksa-jejak.js', 'GET /protection/register', 'GET /exports/:id/record', 'GET /programmes/batches/:id/manifest.txt', 'GET /batches/:id/minutes.pdf', 'GET /compliance/table.csv']
const isEmptyForm = (route: string) => route.endsWith('/template.csv')

const OF_PEOPLE = /printed|pack|matching\.exported|package|differences|errors|letters/

const leaving = suite('whatever leaves')

for (const route of routesOf(freshApp().app).filter((one) => one.startsWith('GET'))) {
  const { allow, at = route.slice(4) } = ANSWERS[route]!
  const person = allow === 'anybody' || allow === 'everyone' ? undefined : PEOPLE.find(({ id }) => id === allow[0]?.id)
  if (!person || NO_PERSONS.includes(route) || isEmptyForm(route)) continue
  leaving(route, async () => {
    const { db, as } = freshApp(furnishedDatabase())
    const before = db.select().from(auditEntries).all().length
    if (!await leaves(await as(person).get(at))) return
    const lines = db.select().from(auditEntries).all().slice(before)
    const line = lines.find(({ action, actorId }) => actorId === person.id && (LEAVING as readonly string[]).includes(action))
    assert.ok(line, `${route}: ${lines.map(({ action }) => action).join() || 'no line'}`)
    // Of tables of sums the file itself says how many; of people the line does.
    if (OF_PEOPLE.test(line.action)) assert.ok(Object.values(JSON.parse(line.details) as object).some((value) => typeof value === 'number'), `${route} does not say how many`)
  })
}

leaving('the archive of a batch for the ministry, each time it is fetched', async () => {
  const { db, as, dataDirectory } = freshApp(furnishedDatabase())
  const bytes = Buffer.from('PK arsip')
  const file = await keep(dataDirectory, { chunks: [bytes], sha256: sha256(bytes), bytes: bytes.length, head: bytes, tail: bytes }, { mime: 'application/zip' })
  transact(db, rina, (tx) => attach(tx, 'archive', { ...file, field: 'package', name: 'siks.zip' }, { subject: 'batch:dispatched', regionCode: BANTUL }))
  for (const who of [rina, mega]) assert.is((await as(who).get('/files/attachments/archive')).status, 200)
  assert.is((await as(nia).get('/files/attachments/archive')).status, 404)
  const lines = db.select().from(auditEntries).all().filter(({ action }) => action === 'batch.package_downloaded')
  assert.equal(lines.map(({ actorId, subject, details }) => [actorId, subject, (JSON.parse(details) as { items: number }).items]), [['rina', 'dispatched', 1], ['mega', 'dispatched', 1]])
})

leaving.run()
