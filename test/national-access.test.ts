import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { gluedWords, headlessTables } from '#test/support/plain-words.ts'
import { archiveOf, endOfAll, ministry, type Ministry } from '#test/support/nation.ts'
import { aRecord } from '#test/support/records.ts'
import { agus, BALECATUR, mega, PEOPLE, prita, routesOf, type Fields } from '#test/support/world.ts'

const READERS = [mega, prita]
type Answer = { at?: string, allow: Actor[], fields?: Fields }
const batch = (path: string, ...allow: Actor[]): Answer => ({ at: `/national/batches/ROOT${path}`, allow, fields: { id: 'asep', reason: 'keliru' } })

// Who may use what of the collecting side: every route of it, and none besides. The letterbox asks for a key instead.
const NATIONAL: Record<string, Answer> = {
  'GET /national': { allow: READERS }, 'GET /national/arrivals': { allow: READERS }, 'POST /national/arrivals': { allow: [mega] },
  'GET /national/batches': { allow: READERS }, 'GET /national/batches/:root': batch('', ...READERS), 'GET /national/batches/:root/records': batch('/records', ...READERS),
  'GET /national/batches/:root/proposals': batch('/proposals', ...READERS), 'POST /national/batches/:root/answer': batch('/answer', mega),
  'POST /national/batches/:root/acceptance': batch('/acceptance', mega), 'POST /national/batches/:root/return': batch('/return', mega),
  'POST /national/batches/:root/proposals/acceptance': batch('/proposals/acceptance', mega), 'POST /national/batches/:root/proposals/return': batch('/proposals/return', mega),
  'GET /national/search': { at: '/national/search?q=asep', allow: READERS }, 'GET /national/doubles': { allow: READERS },
  'GET /national/households/:regency/:id': { at: '/national/households/34.02/asep', allow: READERS },
  'GET /national/keys': { allow: [agus] }, 'POST /national/keys': { allow: [agus] }, 'POST /national/keys/:id/revocation': { at: '/national/keys/none/revocation', allow: [agus] },
}

async function furnished(): Promise<Ministry & { root: string }> {
  const pusdatin = await ministry()
  const sent = await pusdatin.upload(await archiveOf([{ id: 'asep', record: aRecord({ head: 'Asep Suryana' }) }]))
  return { ...pusdatin, root: sent.headers.get('Location')!.split('/').at(-1)! }
}
const ask = ({ as, root }: Awaited<ReturnType<typeof furnished>>, route: string, who: Actor) => {
  const [method, path] = route.split(' ') as [string, string]
  const at = (NATIONAL[route]!.at ?? path).replace('ROOT', root)
  return method === 'GET' ? as(who).get(at) : as(who).post(at, NATIONAL[route]!.fields)
}

const access = suite('who may use the collecting side')

access('is said for every route, and the table names no other', async () => {
  const routes = routesOf((await ministry()).app).filter((route) => route.includes(' /national') && !route.includes('/inbox'))
  assert.equal(routes.filter((route) => !NATIONAL[route]), [])
  assert.equal(Object.keys(NATIONAL).filter((route) => !routes.includes(route)), [])
})

access('is what the table says, for everybody, and nobody is told without signing in', async () => {
  const world = await furnished()
  const faults: string[] = []
  for (const [route, { allow }] of Object.entries(NATIONAL)) {
    for (const person of PEOPLE) {
      const { status } = await ask(world, route, person)
      const fine = allow.includes(person) ? status < 400 || [404, 409, 422].includes(status) : [403, 404].includes(status)
      if (!fine) faults.push(`${person.id} ${route}: ${status}`)
    }
    const [method, path] = route.split(' ') as [string, string]
    const stranger = await world.anybody.ask(method === 'GET' ? 'POST' : method, path.replace(':root', world.root))
    if (![401, 404].includes(stranger.status)) faults.push(`signed out ${route}: ${stranger.status}`)
  }
  assert.equal(faults, [])
})

access('ends at the border of a province', async () => {
  const world = await furnished()
  const elsewhere = await ministry()
  elsewhere.db.$client.prepare("UPDATE user_regions SET region_code = '33' WHERE user_id = 'prita'").run()
  elsewhere.db.$client.prepare("INSERT INTO regions (code, name, level, parent_code, valid_from) VALUES ('33', 'JAWA TENGAH', 1, NULL, '2020-01-01'), ('33.08', 'KAB. MAGELANG', 2, '33', '2020-01-01')").run()
  const mine = await elsewhere.upload(await archiveOf([{ id: 'dwi', record: aRecord({ head: 'Dwi Handayani', serial: 8100 }), village: '33.08.01.2001' }], { regionCode: '33.08', title: 'Magelang' }))
  const other = await elsewhere.upload(await archiveOf([{ id: 'slamet', record: aRecord({ head: 'Slamet Riyadi', serial: 8100 }), village: BALECATUR }], { regionCode: '34.04', title: 'Sleman' }))
  const get = async (at: string) => { const answer = await elsewhere.as(prita).get(at); return [answer.status, await answer.text()] as const }
  assert.is((await get(mine.headers.get('Location')!))[0], 200)
  assert.is((await get(other.headers.get('Location')!))[0], 404)
  assert.is((await get('/national/households/34.04/slamet'))[0], 404)
  for (const at of ['/national', '/national/batches', '/national/arrivals', '/national/search?q=slamet']) assert.not.match((await get(at))[1], /Slamet Riyadi|Sleman/i, at)
  const doubles = (await get('/national/doubles'))[1]
  assert.match(doubles, /Dwi Handayani/)
  assert.not.match(doubles, /Slamet Riyadi/)
  assert.is((await world.as(prita).get('/national')).status, 200)
})

access('pages read in a text browser, and stand in the menu of a server that collects alone', async () => {
  const world = await furnished()
  const bad: string[] = []
  for (const [route, { allow }] of Object.entries(NATIONAL).filter(([one]) => one.startsWith('GET'))) {
    const html = await (await ask(world, route, allow[0]!)).text()
    bad.push(...[...gluedWords(html), ...headlessTables(html)].map((what) => `${route}: ${what}`))
  }
  assert.equal(bad, [])
  assert.match(await (await world.as(mega).get('/batches')).text(), /href="\/national"/)
})

access.after(endOfAll)
access.run()
