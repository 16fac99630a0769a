import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// The worker that answers on the phone: one file with everything in it but the wasm, which is a static file of its own.
// It carries the list of static files with their hashes (icons aside: the browser keeps those itself), and a name for the whole that changes with any of them.
export async function buildWorker(out: string, hashes: Record<string, string>, target: string[]) {
  const { outputFiles } = await build({
    entryPoints: ['app/offline/worker.ts'], write: false, outdir: out,
    bundle: true, minify: true, format: 'iife', target, legalComments: 'none', logLevel: 'warning',
    define: { STATIC_HASHES: JSON.stringify(JSON.stringify(Object.fromEntries(Object.entries(hashes).filter(([file]) => !file.endsWith('.png'))))) },
  })
  const code = outputFiles[0]!.text
  const name = createHash('sha256').update(code).digest('hex').slice(0, 12)
  writeFileSync(`${out}/worker.js`, code.replaceAll('NAME_OF_THIS_BUILD', name))
  const content = readFileSync(`${out}/worker.js`)
  writeFileSync(`${out}/worker.js.br`, brotliCompressSync(content))
  writeFileSync(`${out}/worker.js.gz`, gzipSync(content, { level: 9 }))
}
