import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { lastLine, mayUse, sentForms, writtenBy } from '#test/support/authority.ts'
import { furnished, type World } from '#test/support/fuzzing.ts'
import { BANTUL, dewi, eko, joko, nia, PEOPLE, routesOf, type Fields } from '#test/support/world.ts'

// Everybody of the kabupaten next door. What each may do at home he may not do here.
const NEIGHBOURS = [dewi, nia, eko, joko]
const HERE = `${BANTUL}:`

// Every name, number and address of Bantul that a page could give away.
function secretsOf({ db }: World): string[] {
  const { $client } = db
  const all = (sql: string) => $client.prepare(sql).pluck().all(BANTUL, HERE) as string[]
  const names = [
    ...all('SELECT head_name FROM households WHERE region_code >= ? AND region_code < ?'), ...all('SELECT m.name FROM members m JOIN households h ON h.id = m.household_id WHERE h.region_code >= ? AND h.region_code < ?'),
    ...all('SELECT m.nik FROM members m JOIN households h ON h.id = m.household_id WHERE h.region_code >= ? AND h.region_code < ?'), ...all('SELECT name FROM recipients WHERE region_code >= ? AND region_code < ?'),
    ...all('SELECT subject_name FROM reports WHERE region_code >= ? AND region_code < ?'), ...all('SELECT statement FROM reports WHERE region_code >= ? AND region_code < ?'),
  ]
  // What somebody's own name is told to himself on every page.
  return [...new Set(names)].filter((text) => text && text.length > 5 && !PEOPLE.some(({ name }) => name === text))
}

// Each sees his own there, and is refused any other, whether there is one or not.
const OWN_PAGE = /\/(officers|reviewers)\/:id/

const next = suite('whoever works in the next kabupaten')

next('finds nothing under any number of ours, reads none of our people, and writes nothing', async () => {
  const world = furnished()
  const secrets = secretsOf(world)
  assert.ok(secrets.length > 10, `${secrets.length} secrets`)
  const faults: string[] = []
  let asked = 0
  for (const route of routesOf(world.app).filter((one) => one.includes('/:') || one.includes('{'))) {
    const { at = route.split(' ')[1]!, allow, elsewhere = [], fields = {} } = ANSWERS[route]!
    if (typeof allow === 'string') continue
    for (const person of NEIGHBOURS.filter((one) => !elsewhere.includes(one) && !allow.includes(one))) {
      const before = lastLine(world)
      const method = route.split(' ')[0]!
      const answer = method === 'GET' ? await world.as(person).get(at) : await world.as(person).ask(method, at, fields)
      const text = await answer.text()
      asked += 1
      // Where his own role may do this at home, our number is simply not there.
      const hasRight = allow.some(({ role }) => role === person.role) && !OWN_PAGE.test(route)
      if (hasRight ? answer.status !== 404 : ![403, 404].includes(answer.status)) faults.push(`${person.id} ${route}: ${answer.status}`)
      const told = secrets.find((secret) => text.includes(secret))
      if (told) faults.push(`${person.id} ${route} tells ${told}`)
      if (writtenBy(world, before).length > 0) faults.push(`${person.id} ${route} wrote ${writtenBy(world, before).join()}`)
    }
  }
  assert.equal(faults, [])
  assert.ok(asked > 500, `${asked} asked`)
})

next('gets nowhere with our numbers in the fields of his own forms', async () => {
  const world = furnished()
  const ours = new Set(['households', 'visits', 'recipients', 'proposals', 'batches', 'payments', 'musdes', 'pairs', 'reports'].flatMap((table) => idsOf(world, table)))
  const names = secretsOf(world)
  const faults: string[] = []
  let tried = 0
  for (const { route, who, method, path, fields } of await sentForms()) {
    const carried = Object.values(fields).flat().some((value) => ours.has(value) || value.startsWith(BANTUL))
    if (!carried) continue
    for (const person of NEIGHBOURS.filter(({ role }) => role === who.role)) {
      const before = lastLine(world)
      const answer = await world.as(person).ask(method, path, fields as Fields)
      const text = await answer.text()
      tried += 1
      const written = writtenBy(world, before)
      if (answer.status < 400 && written.length > 0) faults.push(`${person.id} ${route} ${answer.status} wrote ${written.join()}`)
      if (answer.status >= 400 && written.length > 0) faults.push(`${person.id} ${route} refused, yet wrote ${written.join()}`)
      const told = names.find((name) => text.includes(name))
      if (told) faults.push(`${person.id} ${route} tells ${told}`)
    }
  }
  assert.equal(faults, [])
  assert.ok(tried > 15, `${tried} tried`)
})

const idsOf = ({ db }: World, table: string): string[] => {
  const exists = db.$client.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table)
  const columns = exists ? (db.$client.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name) : []
  return columns.includes('id') && columns.includes('region_code')
    ? db.$client.prepare(`SELECT CAST(id AS TEXT) FROM "${table}" WHERE region_code >= ? AND region_code < ?`).pluck().all(BANTUL, HERE) as string[] : []
}

const others = suite('the forms of others')

others('sent by whoever has no such right are refused, all of them, and nothing is written', async () => {
  const world = furnished()
  const faults: string[] = []
  let tried = 0
  for (const { route, method, path, fields } of await sentForms()) {
    for (const person of oneOfEachRole(route)) {
      const before = lastLine(world)
      const { status } = await world.as(person).ask(method, path, fields as Fields)
      tried += 1
      // 422: the form was read first, whosever number stands in the address.
      if (![403, 404, 422].includes(status)) faults.push(`${person.id} ${route}: ${status}`)
      if (writtenBy(world, before).length > 0) faults.push(`${person.id} ${route} wrote ${writtenBy(world, before).join()}`)
    }
  }
  assert.equal(faults, [])
  assert.ok(tried > 1500, `${tried} tried`)
})

// Of each role that may not, one.
const oneOfEachRole = (route: string): Actor[] => [...new Map(PEOPLE.filter((person) => !mayUse(route, person)).map((person) => [person.role, person])).values()]

next.run()
others.run()
