import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { freshApp, PEOPLE, routesOf } from '#test/support/world.ts'

const routes = routesOf(freshApp().app)
type World = ReturnType<typeof freshApp>
const ask = async (world: World, route: string, who?: Actor) => {
  const [method, path] = route.split(' ') as [string, string]
  const client = who ? world.as(who) : world.anybody
  const at = ANSWERS[route]!.at ?? path
  return (method === 'GET' ? await client.get(at) : await client.ask(method, at, ANSWERS[route]!.fields)).status
}
const furnished = () => freshApp(furnishedDatabase())
// What reads, or is refused, changes nothing for the next; what is allowed to write gets a world of its own.
const leavesAll = (route: string) => route.startsWith('GET')

const matrix = suite('who may do what')

matrix('has an answer for every route, and no answer for none', () => {
  assert.equal(routes.filter((route) => !ANSWERS[route]), [])
  assert.equal(Object.keys(ANSWERS).filter((route) => !routes.includes(route)), [])
})

for (const route of routes.filter((one) => ANSWERS[one])) {
  const { allow, elsewhere = [] } = ANSWERS[route]!
  matrix(route, async () => {
    const may = allow === 'anybody' || allow === 'everyone' ? PEOPLE : [...allow, ...elsewhere]
    const world = furnished()
    for (const person of PEOPLE) {
      const allowed = may.includes(person)
      const status = await ask(allowed && !leavesAll(route) ? furnished() : world, route, person)
      if (allowed) assert.ok(status < 400 || status === 422 || status === 409 || (status === 404 && /files/.test(route)), `${person.id}: ${status}`)
      else assert.ok(status === 403 || status === 404, `${person.id}: ${status}`)
    }
    const stranger = await ask(world, route)
    if (allow === 'anybody') assert.ok(stranger < 400 || stranger === 422, `signed out: ${stranger}`)
    else assert.is(stranger, route.startsWith('GET') ? 303 : 401, 'signed out')
  })
}

matrix.run()
