import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

// The rules of the house, executed. Each lists the files that break it.
const sources = ['app', 'views', 'db', 'test', 'static'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|tsx|js|css)$/.test(name)).map((name) => join(folder, name)))
const textOf = (file: string) => readFileSync(file, 'utf8')
const importsOf = (file: string) => [...textOf(file).matchAll(/^(?:import|export)[^'"]*?(type )?[^'"]*from '([^']+)'/gm)]
  .map((found) => ({ path: found[2]!, type: /^(import|export) type /.test(found[0]) }))
const lines = (file: string) => textOf(file).split('\n').length

const offenders = (files: RegExp, imports: RegExp, { values = false } = {}) => sources.filter((file) => files.test(file))
  .filter((file) => importsOf(file).some(({ path, type }) => imports.test(path) && !(values && type)))

const rule = suite('architecture')

rule('the top level holds what the card names and nothing else', () => {
  const seen = readdirSync('.').filter((name) => !name.startsWith('.') && !['node_modules', 'data'].includes(name)).sort()
  assert.equal(seen, ['README.md', 'app', 'db', 'package-lock.json', 'package.json', 'static', 'test', 'tsconfig.json', 'views'])
})

// Data and arithmetic are no operation: the questionnaire, the table of rights, the words of the stages and of what is audited, short words for held deliveries, the projection of the map, a map that forgets.
rule('views know no database, no routes and no operation', () => {
  assert.equal(offenders(/^views\//, /drizzle|#db|routes/), [])
  assert.equal(offenders(/^views\//, /^#app\/(?!questionnaire\/|users\/permissions|households\/stages|audit\/words|deliveries\/held-words|map\/facets|map\/projection|remember)/, { values: true }), [])
})

rule('routes ask operations; only operations write queries', () =>
  assert.equal(offenders(/routes\.tsx$/, /drizzle|#db\/schema/), []))

rule('operations know neither the web nor the screen', () =>
  assert.equal(offenders(/^app\/(?!http|app|security|navigation|assets|server|build)[^/]+\/(?!.*routes)(?!require-)(?!upload)(?!panels?\.).*\.tsx?$/, /^hono|^#views/, { values: true }), []))

rule('the questionnaire is pure: it runs on the phone too', () =>
  assert.equal(offenders(/^app\/questionnaire\//, /^(?!#app\/questionnaire\/)/), []))

rule('writes happen only in operations, through a Tx or prepared statements', () => {
  const writers = sources.filter((file) => /^(app|views)\//.test(file) && /\bdb\.(insert|update|delete)\(/.test(textOf(file)))
  assert.equal(writers.filter((file) => /routes\.tsx$|^views\//.test(file)), [])
})

rule('only the configuration reads process.env', () =>
  assert.equal(sources.filter((file) => /^(app|views)\//.test(file) && file !== 'app/config.ts' && /process\.env\b/.test(textOf(file))), []))

rule('every suite is run', () => {
  const tests = sources.filter((file) => /\.test\.tsx?$/.test(file))
  const idle = tests.filter((file) => {
    const made = [...textOf(file).matchAll(/const (\w+) = suite\(/g)].map((found) => found[1]!)
    return made.length === 0 || made.some((name) => !new RegExp(`^${name}\\.run\\(\\)`, 'm').test(textOf(file)))
  })
  assert.equal(idle, [])
})

rule('files keep their size', () => {
  const limit = (file: string) => /^static\/.*\.css$/.test(file) ? 900 : 250
  assert.equal(sources.filter((file) => lines(file) > limit(file) + 1), [])
})

rule('no folder is a drawer for everything', () =>
  assert.equal(sources.filter((file) => /\/(utils?|services?|helpers?|common|lib)\b/.test(file)), []))

rule('pages carry no inline style, script or handler', () => {
  const inline = /<script(?![^>]*\bsrc=)|\sstyle=|\son(click|change|submit|load|input)=|dangerouslySetInnerHTML/
  assert.equal(sources.filter((file) => file.startsWith('views/') && inline.test(textOf(file))), [])
})

rule('nothing is left to do, and nobody is spoken to who is not the user', () =>
  assert.equal(sources.filter((file) => file !== 'test/architecture.test.ts' && /\b(TODO|FIXME|XXX)\b/.test(textOf(file))), []))

rule.run()
