import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { buildWorker } from '#app/build-worker.ts'

const OUT = '.build'
const STATIC = join(OUT, 'static')
// 80 also knows a little of later years, which not every check of ours does.
const OLDEST = ['chrome80', 'es2020']

// What is built, what is carried over from our own folder, what comes from a package.
async function prepareStatic() {
  rmSync(STATIC, { recursive: true, force: true })
  mkdirSync(STATIC, { recursive: true })
  const built = await build({
    entryPoints: ['static/app.js', 'static/app.css', 'static/exchange.js'], outdir: STATIC, write: false,
    bundle: true, minify: true, format: 'iife', target: OLDEST, logLevel: 'warning',
  })
  const files: [string, Uint8Array][] = [
    ...built.outputFiles.map(({ path, contents }): [string, Uint8Array] => [path.slice(path.lastIndexOf('/') + 1), contents]),
    ...readdirSync('static').filter((name) => /\.(svg|png|webmanifest)$/.test(name))
      .map((name): [string, Uint8Array] => [name, readFileSync(join('static', name))]),
    ['htmx.min.js', readFileSync('node_modules/htmx.org/dist/htmx.min.js')],
    ['sqlite3.wasm', readFileSync('node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm')],
  ]
  const hashes = Object.fromEntries(files.map(([name, content]) => [name, place(name, content)]))
  writeFileSync(join(STATIC, 'manifest.json'), JSON.stringify(hashes))
  await buildWorker(OUT, hashes, OLDEST)
}

// Each file is compressed once, here, so the server never has to.
function place(name: string, content: Uint8Array) {
  const path = join(STATIC, name)
  writeFileSync(path, content)
  writeFileSync(`${path}.br`, brotliCompressSync(content))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  return createHash('sha256').update(content).digest('hex').slice(0, 10)
}

const buildServer = () => build({
  entryPoints: { server: 'app/server.ts', backup: 'app/backup/command.ts', checkpointer: 'db/checkpointer.ts', 'pack-thread': 'app/files/pack-thread.ts', 'sweep-process': 'app/duplicates/sweep-process.ts', 'prints-thread': 'app/prints/thread.ts', 'away-thread': 'app/files/away-thread.ts' },
  outdir: OUT,
  bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'warning',
})

await Promise.all([prepareStatic(), buildServer()])
