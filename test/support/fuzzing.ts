import type { Actor } from '#app/users/actor.ts'
import type { Random } from '#db/seeds/random.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { freshApp, PEOPLE, routesOf } from '#test/support/world.ts'

// Bad input for every address: forms as the pages offer them, with something wrong in them; addresses and questions that
// nobody would type. The same seed asks the same.
export type World = ReturnType<typeof freshApp>
export const furnished = (): World => freshApp(furnishedDatabase())

const LONG = 'x'.repeat(70_000)
const GARBAGE = [
  '', ' ', '0', '-1', '1', '2147483648', '99999999999999999999', '1e309', 'NaN', '0x10', '1,5', 'true', 'null', 'undefined', '[object Object]', '{}', '[]', '__proto__', 'constructor', 'toString',
  "' OR 1=1 --", '"; DROP TABLE visits; --', '<script>alert(1)</script>', '../../../etc/passwd', '..\\..\\x', 'a\u0000b', '\uD800', '😀'.repeat(40), '\u202Ecod.exe', 'a\r\nSet-Cookie: x=1', '=HYPERLINK("http://x")',
  '2026-02-30', '9999-99-99', '2026-13-01', '0000-00-00', '2026-03-01T25:61', '34.02', '34.99.99.9999', '34.02.01.2001:', '٣٤', '9902011205800011', '00000000-0000-4000-8000-000000000001', '%', '%25', '*', '(', '"', 'NOT AND', 'a'.repeat(300), LONG,
]
const garbage = (random: Random) => random.pick(GARBAGE)

type Form = { action: string, fields: [string, string][] }

// The forms of a page, with what they would send as they stand.
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].filter(([, head]) => /method="post"/.test(head!)).map(([, head, body]) => ({
    action: plain(attribute(head!, 'action') ?? ''),
    fields: [
      ...[...body!.matchAll(/<input\b[^>]*>/g)].map(([tag]): [string, string] => [attribute(tag, 'name') ?? '', plain(attribute(tag, 'value') ?? '1')]),
      ...[...body!.matchAll(/<textarea\b[^>]*>/g)].map(([tag]): [string, string] => [attribute(tag, 'name') ?? '', 'x']),
      ...[...body!.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].map(([, tag, options]): [string, string] => [attribute(tag!, 'name') ?? '', plain(/<option[^>]*value="([^"]+)"/.exec(options!)?.[1] ?? '')]),
    ].filter(([name]) => name),
  }))
}
const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")

// What the pages of everybody offer to be sent, once for each address and set of fields.
export async function collectForms(world: World): Promise<(Form & { who: Actor })[]> {
  const found = new Map<string, Form & { who: Actor }>()
  for (const route of routesOf(world.app).filter((one) => one.startsWith('GET'))) {
    const { at = route.split(' ')[1]!, allow } = ANSWERS[route]!
    const who = typeof allow === 'string' ? PEOPLE[0]! : allow[0]!
    const answer = await world.as(who).get(at)
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
    for (const form of formsOf(await answer.text())) {
      const fields = [...new Map(form.fields)]
      found.set(`${form.action.split('?')[0]} ${fields.map(([name]) => name).join()}`, { ...form, fields, who })
    }
  }
  return [...found.values()]
}

export type Shot = { who: Actor, method: string, path: string, body?: BodyInit, type?: string }

// The form with one to three things wrong: a field missing, doubled, nonsense, a file, or one that nobody asked for.
export function spoiled(random: Random, { action, fields, who }: Form & { who: Actor }): Shot {
  const sent = fields.map(([name, value]): [string, string | Blob] => [name, value])
  for (let n = random.between(1, 3); n > 0; n -= 1) {
    const at = random.below(Math.max(1, sent.length))
    const name = sent[at]?.[0] ?? 'x'
    const how = random.below(100)
    if (how < 55) sent[at] = [name, garbage(random)]
    else if (how < 70) sent.splice(at, 1)
    else if (how < 80) sent.push([name, garbage(random)])
    else if (how < 90) sent[at] = [name, new File([garbage(random)], random.pick(['a.jpg', '../a.csv', 'a.xlsx', '']), { type: random.pick(['image/jpeg', 'text/csv', '']) })]
    else sent.push([random.pick(['__proto__', 'constructor', 'a[b]', '', 'toString']), garbage(random)])
  }
  const isMultipart = sent.some(([, value]) => typeof value !== 'string')
  const form = new FormData()
  for (const [name, value] of sent) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, (value as File).name)
  }
  return { who, method: 'POST', path: action, body: isMultipart ? form : new URLSearchParams(sent as [string, string][]) }
}

const QUESTIONS = ['region', 'q', 'after', 'before', 'page', 'sort', 'stage', 'from', 'to', 'status', 'programme', 'kind', 'day', 'limit', 'zoom', 'lat', 'id', 'key', 'colour', 'actor', 'desil', 'cursor']
const TYPES = ['application/json', 'text/plain', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/octet-stream', 'x/y; charset=klingon']

// A strange address, strange questions behind it, or a body that is no form at all.
export function strange(random: Random, route: string, who: Actor): Shot {
  const [method, pattern] = route.split(' ') as [string, string]
  const known = ANSWERS[route]?.at ?? pattern
  const parts = known.split('?')[0]!.split('/')
  if (random.chance(0.5) && parts.length > 2) parts[random.between(2, parts.length - 1)] = encodeURIComponent(wellFormed(garbage(random)).slice(0, 2000)) || '%20'
  const query = new URLSearchParams(Array.from({ length: random.below(4) }, () => [random.pick(QUESTIONS), garbage(random).slice(0, 4000)]))
  const path = `${parts.join('/')}${query.size > 0 ? `?${query}` : known.includes('?') ? `?${known.split('?')[1]}` : ''}`
  if (method === 'GET') return { who, method, path }
  return { who, method, path, body: random.pick([garbage(random), '{"a":', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', 'a=1&a=2&b[]=3&%ZZ=%', new Uint8Array([0, 255, 254, 0])]), type: random.pick(TYPES) }
}
const wellFormed = (text: string) => text.replace(/[\uD800-\uDFFF]/g, '')

export const send = (world: World, { who, method, path, body, type }: Shot): Promise<Response> =>
  world.as(who).send(path, { method, body, headers: type ? { 'Content-Type': type } : {} })
