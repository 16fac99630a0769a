import { randomFrom } from '#db/seeds/random.ts'
import { collectForms, furnished, send, spoiled, strange, type Shot, type World } from '#test/support/fuzzing.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { dewi, eko, joko, nia, PEOPLE, routesOf } from '#test/support/world.ts'

export type Fault = { shot: string, why: string }
export type Outcome = { tried: number, refused: number, faults: Fault[] }

// Everybody of the neighbouring kabupaten; the people of Bantul they must never read.
const NEIGHBOURS = [nia, eko, joko, dewi]
const THEIRS = /Asep Suryana|Wati Suryani/

// After so many the world is made anew, so that what was accepted by chance does not pile up.
const ONE_WORLD = 120

// Sends at least `wanted` bad requests, spread over every form and every address, and tells what went wrong: an error of
// ours (5xx), a refusal that changed something, somebody else's people in the answer.
export async function fuzz(wanted: number, seed: number): Promise<Outcome> {
  const random = randomFrom(seed)
  let world = furnished()
  const forms = await collectForms(world)
  const routes = routesOf(world.app)
  const outcome: Outcome = { tried: 0, refused: 0, faults: [] }
  for (let n = 0; n < wanted; n += 1) {
    if (n % ONE_WORLD === 0) world = furnished()
    const shot = n % 2 ? spoiled(random, forms[(n >> 1) % forms.length]!) : strange(random, routes[(n >> 1) % routes.length]!, whoFor(routes[(n >> 1) % routes.length]!, n))
    await judge(world, shot, outcome)
  }
  return outcome
}

// By turns who may, anybody at all, and a neighbour.
function whoFor(route: string, n: number) {
  const { allow } = ANSWERS[route]!
  const able = typeof allow === 'string' ? PEOPLE : allow
  return n % 3 === 0 ? NEIGHBOURS[n % NEIGHBOURS.length]! : n % 3 === 1 ? PEOPLE[n % PEOPLE.length]! : able[n % able.length]!
}

// What somebody looked at is written down even where the form he sent is refused and shown again, and so is a failed sign-in.
// What was accepted before may still be carried on behind the requests, in the name of who asked for it.
const LOOKED = /\.opened$|^session\.|^matching\.(answers_applied|done)$/
const writtenSince = ({ db }: World, seq: number, who: string) => (db.$client.prepare('SELECT action FROM audit_entries WHERE seq > ? AND actor_id = ?').pluck().all(seq, who) as string[]).filter((action) => !LOOKED.test(action))
const lastLine = ({ db }: World) => db.$client.prepare('SELECT max(seq) FROM audit_entries').pluck().get() as number

async function judge(world: World, shot: Shot, outcome: Outcome) {
  const before = lastLine(world)
  const words = `${shot.who.id} ${shot.method} ${shot.path.slice(0, 200)} ${shot.type ?? ''} ${shot.body instanceof URLSearchParams ? shot.body.toString().slice(0, 300) : shot.body instanceof FormData ? [...shot.body].map(([name, value]) => `${name}=${typeof value === 'string' ? value.slice(0, 40) : 'FILE'}`).join('&').slice(0, 300) : String(shot.body ?? '').slice(0, 60)}`
  const fault = (why: string) => outcome.faults.push({ shot: words, why })
  outcome.tried += 1
  try {
    const answer = await send(world, shot)
    const text = await answer.text()
    if (answer.status >= 500) fault(`answered ${answer.status}`)
    if (answer.status >= 400) outcome.refused += 1
    const written = answer.status >= 400 ? writtenSince(world, before, shot.who.id) : []
    if (written.length > 0) fault(`refused with ${answer.status}, but wrote ${written.join()}`)
    // A report is read by its code, whoever asks.
    if (NEIGHBOURS.includes(shot.who) && !shot.path.startsWith('/lapor') && THEIRS.test(text)) fault('shows people of another kabupaten')
  } catch (error) {
    fault(`threw ${String(error).slice(0, 200)}`)
  }
}
