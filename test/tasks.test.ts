import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countMine, listTasks, myTasks, viewTask } from '#app/tasks/list.ts'
import { findSubject, readAbout } from '#app/tasks/subjects.ts'
import { handOn, makeTask, moveTask, noteTask, type NewTask } from '#app/tasks/tasks.ts'
import { assigneesFor } from '#app/users/people.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { tasks, taskSteps } from '#db/schema/index.ts'
import type { TaskStatus } from '#db/schema/tasks.ts'
import { keepFigures } from '#test/support/quality.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, as, budi, contentsOf, dewi, eko, freshApp, freshDatabase, hadi, nia, oki, prita, rina, siti, tono, wawan } from '#test/support/world.ts'

function world(): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addVisit(db, 'asep', siti, { id: 'visit-asep' })
  return db
}
const make = (db: Db, id: string, actor: Actor = budi, wanted: Partial<NewTask> = {}) =>
  as(db, actor, (tx) => makeTask(tx, { id, title: `Tugas ${id}`, text: '', assigneeId: 'siti', dueOn: '2026-03-10', ...wanted }))
const move = (db: Db, id: string, actor: Actor, status: TaskStatus, { revision, note = '' }: { revision?: number, note?: string } = {}) =>
  as(db, actor, (tx) => moveTask(tx, id, { key: randomUUID(), revision: revision ?? viewTask(db, actor, id).task.revision, status, note }))

const giving = suite('giving a task')

giving('puts it with its place and what it is about in the hands of somebody who works there', () => {
  const db = world()
  const task = make(db, 't', budi, { about: { kind: 'household', id: 'asep' } })
  assert.equal([task.status, task.regionCode, task.subject, task.subjectId, task.assigneeId], ['new', '34.02.01.2001', 'household', 'asep', 'siti'])
  const view = viewTask(db, siti, 't')
  assert.equal([view.about!.title, view.about!.href], ['Rumah tangga Asep Suryana', '/households/asep'])
  assert.ok(actions(db).includes('task.made'))
})

giving('twice with one form makes one task', () => {
  const db = world()
  make(db, 't')
  const once = contentsOf(db)
  make(db, 't')
  assert.is(contentsOf(db), once)
})

giving('reaches nobody outside the giver’s places, nor who does not work where it is about', () => {
  const db = world()
  for (const assigneeId of ['dewi', 'nia', 'rina', 'agus', 'nobody']) assert.throws(() => make(db, 't', budi, { assigneeId }), /Periksa kembali/, assigneeId)
  assert.throws(() => make(db, 't', eko, { about: { kind: 'household', id: 'asep' }, assigneeId: 'dewi' }), /tidak ditemukan/)
  assert.throws(() => make(db, 't', rina, { about: { kind: 'region', id: '34.02.02' } }), /Periksa kembali/)
  assert.throws(() => make(db, 't', siti), /tidak berwenang/)
  assert.equal(assigneesFor(db, wawan).map(({ id }) => id), ['oki', 'siti', 'tono', 'wawan'])
  assert.is(db.select().from(tasks).all().length, 0)
})

giving('asks for a day that is still to come', () => {
  const db = world()
  assert.throws(() => make(db, 't', budi, { dueOn: '2026-03-01' }), /Periksa kembali/)
  assert.throws(() => make(db, 't', budi, { dueOn: '2028-03-01' }), /Periksa kembali/)
})

giving('knows visits, officers and places by their address, and nothing else', () => {
  const db = world()
  assert.is(findSubject({ db, actor: budi }, { kind: 'visit', id: 'visit-asep' }).href, '/reviews/visit-asep')
  assert.is(findSubject({ db, actor: siti }, { kind: 'visit', id: 'visit-asep' }).href, undefined)
  assert.is(findSubject({ db, actor: budi }, { kind: 'officer', id: 'siti' }).title, 'Petugas Siti Rahayu')
  assert.throws(() => findSubject({ db, actor: budi }, { kind: 'officer', id: 'dewi' }), /tidak ditemukan/)
  assert.throws(() => findSubject({ db, actor: nia }, { kind: 'visit', id: 'visit-asep' }), /tidak ditemukan/)
  assert.equal(readAbout('household:asep'), { kind: 'household', id: 'asep' })
  for (const odd of ['', 'household', 'household:', 'user:siti', 'household:../x', undefined]) assert.is(readAbout(odd), undefined, odd)
})

giving('leads to the page of an officer whoever may open it there, and nobody else', () => {
  const db = world()
  const hrefFor = (actor: Actor) => findSubject({ db, actor }, { kind: 'officer', id: 'siti' }).href
  assert.equal([budi, prita, siti].map(hrefFor), [undefined, undefined, '/officers/siti'], 'no visit of hers has been judged yet')
  keepFigures(db, ['visit-asep'])
  assert.equal([wawan, budi, rina, prita].map(hrefFor), Array(4).fill('/officers/siti'))
  assert.equal([tono, oki, hadi].map(hrefFor), [undefined, undefined, undefined])
})

giving.run()

const working = suite('working on a task')

working('goes from new by working to done, every step with its person and its words', () => {
  const db = world()
  make(db, 't')
  move(db, 't', siti, 'working')
  as(db, budi, (tx) => noteTask(tx, 't', { key: randomUUID(), revision: 1, note: 'Sudah ditelepon?' }))
  move(db, 't', siti, 'done', { note: 'Sudah didatangi.' })
  assert.equal(db.select().from(taskSteps).all().map(({ actorId, toStatus, note }) => [actorId, toStatus, note]), [['budi', 'new', ''], ['siti', 'working', ''], ['budi', 'working', 'Sudah ditelepon?'], ['siti', 'done', 'Sudah didatangi.']])
  assert.is(countMine(db, siti), 0)
})

working('is for who has it, calling off for who gives', () => {
  const db = world()
  make(db, 't')
  assert.throws(() => move(db, 't', budi, 'done'), /bukan untuk Anda/)
  assert.throws(() => move(db, 't', siti, 'cancelled', { note: 'malas' }), /bukan untuk Anda/)
  assert.throws(() => move(db, 't', budi, 'cancelled'), /Periksa kembali/)
  assert.is(move(db, 't', rina, 'cancelled', { note: 'Salah orang' }).status, 'cancelled')
  assert.is(move(db, 't', budi, 'new').status, 'new')
})

working('is refused on an older page, and done once with one form', () => {
  const db = world()
  make(db, 't')
  const form = { key: randomUUID(), revision: 1, status: 'working' as const, note: '' }
  as(db, siti, (tx) => moveTask(tx, 't', form))
  as(db, siti, (tx) => moveTask(tx, 't', form))
  assert.is(db.select().from(taskSteps).all().length, 2)
  assert.throws(() => move(db, 't', siti, 'done', { revision: 1 }), /sudah berubah/)
})

working('can be handed to another there, who finds it new, and to no stranger', () => {
  const db = world()
  make(db, 't')
  move(db, 't', siti, 'working')
  const hand = (assigneeId: string, actor: Actor = budi) => as(db, actor, (tx) => handOn(tx, 't', { key: randomUUID(), revision: 2, note: '', assigneeId, dueOn: '2026-03-12' }))
  assert.throws(() => hand('dewi'), /Periksa kembali/)
  assert.throws(() => hand('oki', siti), /tidak berwenang/)
  const { assigneeId, status, dueOn } = hand('oki')
  assert.equal([assigneeId, status, dueOn], ['oki', 'new', '2026-03-12'])
  assert.is(viewTask(db, budi, 't').steps.at(-1)!.note, 'Petugas diganti. Batas waktu menjadi 12 Maret 2026')
  assert.equal([countMine(db, siti), countMine(db, oki)], [0, 1])
})

working('is seen by who has it, who made it and who gives work there; by nobody else', () => {
  const db = world()
  make(db, 't')
  for (const person of [siti, budi, wawan, rina, prita]) assert.is(viewTask(db, person, 't').task.id, 't', person.id)
  for (const person of [tono, oki, dewi, nia, eko, hadi]) assert.throws(() => viewTask(db, person, 't'), /tidak ditemukan/, person.id)
  assert.throws(() => move(db, 't', tono, 'done', { revision: 1 }), /tidak ditemukan/)
})

working.run()

const listing = suite('the list of tasks')

listing('shows what is late first, page by page, and marks it', () => {
  const db = world()
  for (let n = 10; n < 65; n += 1) make(db, `t${n}`, budi, { dueOn: n < 12 ? '2026-03-03' : '2026-03-20' })
  const page = listTasks(db, siti, { show: 'mine', region: '' }, undefined, '2026-03-10')
  assert.is(page.tasks.length, 50)
  assert.equal(page.tasks.slice(0, 3).map(({ id, overdue }) => [id, overdue]), [['t10', true], ['t11', true], ['t12', false]])
  assert.equal(listTasks(db, siti, { show: 'mine', region: '' }, page.next, '2026-03-10').tasks.map(({ id }) => id), ['t60', 't61', 't62', 't63', 't64'])
  assert.equal([myTasks(db, siti, '2026-03-10')!.count, myTasks(db, siti, '2026-03-10')!.overdue, myTasks(db, siti, '2026-03-10')!.rows.length], [55, 2, 5])
  assert.is(listTasks(db, eko, { show: 'place', region: '' }).tasks.length, 0)
})

listing('stands on the home page and beside the menu of who has them', async () => {
  const db = world()
  make(db, 't', budi)
  const { as: client } = freshApp(db)
  const html = await (await client(siti).get('/')).text()
  assert.match(html, 'Tugas saya (1)')
  assert.match(html, 'Lewat batas')
  assert.match(html, /href="\/tasks"[^>]*>Tugas <span class="count">1/)
  assert.not.match(await (await client(tono).get('/')).text(), 'Tugas saya (')
})

listing('begins a new one with what the page it came from proposes', async () => {
  const client = freshApp(world()).as(budi)
  const html = await (await client.get('/tasks/new?title=Periksa+lagi&about=visit:visit-asep&for=tono')).text()
  assert.match(html, 'value="Periksa lagi"')
  assert.match(html, 'Kunjungan ke Asep Suryana')
  assert.match(html, /<option value="tono" selected/)
  const refused = await client.post('/tasks', { id: randomUUID(), title: 'x', about: 'visit:visit-asep', assigneeId: '', dueOn: '' })
  assert.is(refused.status, 422)
  for (const words of ['Isi tugasnya', 'Pilih untuk siapa', 'Isi tanggal selesai']) assert.match(await refused.clone().text(), words)
})

listing.run()
