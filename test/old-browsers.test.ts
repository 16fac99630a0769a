import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { parse, type Node } from 'acorn'
import { buildSync } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

// What is sent to browsers must run on Chrome and WebView 80. Syntax is parsed as of 2020, the last year 80 knows whole;
// calls that came later are looked for by name, and must be guarded or filled in by app/offline/old-browsers.ts.
const scripts = ['.build/worker.js', ...readdirSync('.build/static').filter((name) => name.endsWith('.js')).map((name) => join('.build/static', name))]
const textOf = (file: string) => readFileSync(file, 'utf8')

// name: the version of Chrome that had it first. Methods are found on whatever they are called.
const LATER_METHODS = {
  at: 92, replaceAll: 85, findLast: 97, findLastIndex: 97, toSorted: 110, toReversed: 110, toSpliced: 110, hasOwn: 93, groupBy: 117,
  randomUUID: 92, canParse: 120, withResolvers: 119, fromAsync: 121, replaceChildren: 86, isWellFormed: 111, showOpenFilePicker: 86,
}
const LATER_STATICS = ['Promise.any', 'AbortSignal.timeout', 'AbortSignal.any', 'Iterator.from', 'Intl.Segmenter', 'Array.fromAsync', 'Uint8Array.fromBase64']
const LATER_NAMES = {
  structuredClone: 98, WeakRef: 84, FinalizationRegistry: 84, AggregateError: 85, scheduler: 94, reportError: 95, URLPattern: 95, navigation: 102,
}
// The calls each script fills in for itself.
const FILLED: Record<string, string[]> = { '.build/static/exchange.js': ['hasOwn'], '.build/worker.js': ['at', 'replaceAll', 'findLast', 'hasOwn', 'canParse', 'structuredClone', 'randomUUID'] }

type Visit = (node: Node & Record<string, unknown>) => void
function walk(node: unknown, visit: Visit) {
  if (Array.isArray(node)) return node.forEach((one) => walk(one, visit))
  if (!node || typeof node !== 'object' || typeof (node as Node).type !== 'string') return
  visit(node as Node & Record<string, unknown>)
  for (const [key, value] of Object.entries(node)) if (key !== 'start' && key !== 'end') walk(value, visit)
}

type Named = { type: string, name?: string, property?: Named, object?: Named, computed?: boolean }

function laterCalls(code: string): string[] {
  const found = new Set<string>()
  walk(parse(code, { ecmaVersion: 2020 }), (node) => {
    const callee = (node.type === 'NewExpression' || node.type === 'CallExpression') ? node.callee as Named : undefined
    if (!callee) return
    if (callee.type === 'Identifier' && Object.hasOwn(LATER_NAMES, callee.name!)) found.add(callee.name!)
    if (callee.type !== 'MemberExpression' || callee.computed) return
    if (Object.hasOwn(LATER_METHODS, callee.property!.name!)) found.add(callee.property!.name!)
    const whole = `${callee.object!.name ?? ''}.${callee.property!.name}`
    if (LATER_STATICS.includes(whole)) found.add(whole)
  })
  return [...found].sort()
}

const old = suite('browsers of 2020')

for (const file of scripts) {
  old(`${file} is written in words they know`, () => {
    parse(textOf(file), { ecmaVersion: 2020, sourceType: 'script' })
  })
}

old('they are asked for nothing they lack and that the script does not bring along', () => {
  const missing = scripts.map((file) => [file, laterCalls(textOf(file)).filter((call) => !FILLED[file]?.includes(call))] as const)
  assert.equal(missing.filter(([, calls]) => calls.length > 0), [])
})

old('what the worker brings along does what the real thing does', () => {
  const { outputFiles } = buildSync({ entryPoints: ['app/offline/old-browsers.ts'], bundle: true, write: false, format: 'iife', target: 'chrome80' })
  const told = runInNewContext(`
    delete Array.prototype.at; delete String.prototype.at; delete Object.getPrototypeOf(Uint8Array.prototype).at
    delete Array.prototype.findLast; delete String.prototype.replaceAll; delete Object.hasOwn
    ${outputFiles[0]!.text}
    JSON.stringify([
      [1, 2, 3].at(-1), 'abc'.at(0), new Uint8Array([7, 8]).at(-2), [1, 2, 3, 4].findLast((n) => n % 2 === 1), 'a.b.c'.replaceAll('.', '-'),
      'aXbX'.replaceAll(/X/g, ''), Object.hasOwn({ a: 1 }, 'a'), Object.hasOwn({}, 'toString'), URL.canParse('/x'), URL.canParse('https://a.id'),
      structuredClone({ a: [1, null] }), crypto.randomUUID(),
    ])`, { URL: function make(address: string, base?: string) { return new URL(address, base) }, crypto: { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) } }) as string
  const values = JSON.parse(told) as unknown[]
  assert.equal(values.slice(0, -1), [3, 'a', 7, 3, 'a-b-c', 'ab', true, false, false, true, { a: [1, null] }])
  assert.match(values.at(-1) as string, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

old.run()
