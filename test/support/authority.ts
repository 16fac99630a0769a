import type { Actor } from '#app/users/actor.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { collectForms, furnished, type World } from '#test/support/fuzzing.ts'
import { PEOPLE, routesOf } from '#test/support/world.ts'

// A post as somebody who may would send it: from a form of a page, or from the table of answers.
export type Sent = { route: string, who: Actor, method: string, path: string, fields: Record<string, string | string[]> }

// /reviews/:id/approval, /reviews/asep/approval: the pattern of an address.
export function routeOf(routes: string[], method: string, path: string): string | undefined {
  const bare = path.split('?')[0]!
  return routes.filter((one) => one.startsWith(`${method} `)).find((one) => patternOf(one.slice(method.length + 1)).test(bare))
}
const patternOf = (path: string) => new RegExp(`^${path.replace(/:[a-z]+(\{(.+?\}?)\})?(?=\/|$)/gi, (_all, _braces, inner: string | undefined) => inner ? `(?:${inner})` : '[^/]+')}$`)

export const mayUse = (route: string, person: Actor): boolean => {
  const { allow, elsewhere = [] } = ANSWERS[route]!
  return typeof allow === 'string' || allow.includes(person) || elsewhere.includes(person)
}

export async function sentForms(): Promise<Sent[]> {
  const world = furnished()
  const routes = routesOf(world.app)
  const fromPages = (await collectForms(world)).flatMap(({ action, fields, who }): Sent[] => {
    const route = routeOf(routes, 'POST', action)
    return route ? [{ route, who, method: 'POST', path: action, fields: Object.fromEntries(fields) }] : []
  })
  const fromTable = routes.filter((one) => !one.startsWith('GET')).map((route): Sent => {
    const [method, path] = route.split(' ') as [string, string]
    const { at = path, allow, fields = {} } = ANSWERS[route]!
    return { route, who: typeof allow === 'string' ? PEOPLE[0]! : allow[0]!, method, path: at, fields }
  })
  return [...fromPages, ...fromTable]
}

// What was done since the world was made, but for who looked at what and who came in.
const LOOKED = /\.(opened|downloaded|viewed|explained)$|^session\./
export const lastLine = ({ db }: World) => db.$client.prepare('SELECT max(seq) FROM audit_entries').pluck().get() as number
const start = new Map<string, number>()
const startOf = () => {
  const known = start.get('') ?? lastLine(furnished())
  start.set('', known)
  return known
}
export const writtenBy = ({ db }: World, since = startOf()): string[] =>
  (db.$client.prepare("SELECT action || ' ' || actor_id FROM audit_entries WHERE seq > ? ORDER BY 1").pluck().all(since) as string[]).filter((line) => !LOOKED.test(line.split(' ')[0]!))
