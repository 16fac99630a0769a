import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Runs every test file, one process more at a time than there are cores, and ends with one line: N passed, N failed.
// A process that crashes, or a file that runs no test, counts as one failure.
const pattern = process.argv[2] ?? ''
// The long ones begin at once, so that the short ones fill the time beside them.
const LONG = ['chaos', 'accessibility', 'offline', 'worker', 'exports', 'duplicates']
const longFirst = (name: string) => LONG.some((start) => name.startsWith(start)) ? LONG.findIndex((start) => name.startsWith(start)) : LONG.length
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name) && name.includes(pattern)).sort()
  .sort((one, other) => longFirst(one) - longFirst(other))

// Whoever starts processes, browsers or threads, or touches what a process has once, has one of its own. Of the others some share
// one: to read the product takes most of them longer than their tests.
const ALONE = /process\.(env|exit|kill|on)|globalThis|prototype|child_process|worker_threads|support\/(process|phone|browser|servers|proxy|laptop|s3|postgres|nation|kills|fuzz-run|labelled-run|live|pocket|photographs)\.|^(const .*= )?await |\.now = /m
const TOGETHER = 8
const isAlone = (name: string) => ALONE.test(readFileSync(join('test', name), 'utf8'))
const shared = files.filter((name) => !isAlone(name))
const groups = [...files.filter(isAlone).map((name) => [name]), ...Array.from({ length: Math.ceil(shared.length / TOGETHER) }, (_, i) => shared.slice(i * TOGETHER, (i + 1) * TOGETHER))]

// Translated once for all: each process would spend longer on that than on its tests.
mkdirSync('.build', { recursive: true })
const translated = mkdtempSync('.build/test-')
await build({
  entryPoints: [...files, 'support/statements.ts', 'support/together.ts'].map((name) => join('test', name)), outdir: translated, outbase: 'test', bundle: true, splitting: true,
  platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'warning',
})

// What every process of the suite prepares, for the plans to be judged when all others are through; and the database all begin with.
const environment = {
  ...process.env, ...pattern === '' ? { SIKS_WHOLE_SUITE: '1' } : {}, SIKS_STATEMENTS: process.env.SIKS_STATEMENTS ?? join(resolve(translated), 'statements'),
  SIKS_TEMPLATE: join(resolve(translated), 'template.sqlite'),
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${pathToFileURL(join(translated, 'support/statements.js'))}`,
}

// Short lives with much to read: room for what is young spares them an eighth of their time.
const ROOMY = ['--max-semi-space-size=64', '--min-semi-space-size=32']

let passed = 0
let failed = 0

function runFiles(names: string[]): Promise<void> {
  return new Promise((done) => {
    const scripts = names.map((name) => resolve(translated, name.replace(/\.tsx?$/, '.js')))
    const child = spawn(process.execPath, ['--enable-source-maps', ...ROOMY, join(translated, 'support/together.js'), ...scripts], { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
    const begun = Date.now()
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      const total = Number(/Total:\s+(\d+)/.exec(output)?.[1] ?? 0)
      const good = Number(/Passed:\s+(\d+)/.exec(output)?.[1] ?? 0)
      const bad = Math.max(total - good, code === 0 && total > 0 ? 0 : 1)
      passed += good
      failed += bad
      console.log(bad ? `\n✗ ${names.join(', ')}\n${output}` : `✓ ${names.join(', ')} (${good}) ${Math.round((Date.now() - begun) / 1000)} s`)
      done()
    })
  })
}

const LAST = 'plans.test.ts'
const queue = groups.map((names) => names.filter((name) => name !== LAST)).filter((names) => names.length > 0)
const work = async () => {
  for (let names = queue.shift(); names; names = queue.shift()) await runFiles(names)
}
// Browser tests wait more than they work.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
if (files.includes(LAST)) await runFiles([LAST])
rmSync(translated, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
