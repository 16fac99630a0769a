import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Runs every test file in a process of its own, one more at a time than there are cores, and ends with one line: N passed, N failed.
// A file that crashes, or runs no test, counts as one failure.
const pattern = process.argv[2] ?? ''
// The long ones begin at once, so that the short ones fill the time beside them.
const LONG = ['chaos', 'accessibility', 'offline', 'worker', 'exports', 'duplicates']
const longFirst = (name: string) => LONG.some((start) => name.startsWith(start)) ? LONG.findIndex((start) => name.startsWith(start)) : LONG.length
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name) && name.includes(pattern)).sort()
  .sort((one, other) => longFirst(one) - longFirst(other))

// Translated once for all: each process would spend longer on that than on its tests.
mkdirSync('.build', { recursive: true })
const translated = mkdtempSync('.build/test-')
await build({
  entryPoints: [...files, 'support/statements.ts'].map((name) => join('test', name)), outdir: translated, outbase: 'test', bundle: true, splitting: true,
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

function runFile(name: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', ...ROOMY, join(translated, name.replace(/\.tsx?$/, '.js'))], { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
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
      console.log(bad ? `\n✗ ${name}\n${output}` : `✓ ${name} (${good}) ${Math.round((Date.now() - begun) / 1000)} s`)
      resolve()
    })
  })
}

const LAST = 'plans.test.ts'
const queue = files.filter((name) => name !== LAST)
const work = async () => {
  for (let name = queue.shift(); name; name = queue.shift()) await runFile(name)
}
// Browser tests wait more than they work.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
if (files.includes(LAST)) await runFile(LAST)
rmSync(translated, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
