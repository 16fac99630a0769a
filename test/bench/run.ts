// One JSON line per figure, each part on data of its own: all of them, or those that are named (`npm run bench -- server map`).
const PARTS: Record<string, () => Promise<unknown>> = {
  server: () => import('#test/bench/server.ts'),
  exports: () => import('#test/bench/exports.ts'),
  dedup: () => import('#test/bench/dedup.ts'),
  eligibility: () => import('#test/bench/eligibility.ts'),
  fraud: () => import('#test/bench/fraud.ts'),
  crosscheck: () => import('#test/bench/crosscheck.ts'),
  batch: () => import('#test/bench/batch.ts'),
  lists: () => import('#test/bench/lists.ts'),
  evidence: () => import('#test/bench/evidence.ts'),
  prints: () => import('#test/bench/prints.ts').then(({ measurePrints }) => measurePrints()),
  dashboards: () => import('#test/bench/dashboards.ts'),
  map: () => import('#test/bench/map.ts'),
  fuzz: () => import('#test/bench/fuzz.ts'),
  kills: () => import('#test/bench/kills.ts'),
  'full-disk': () => import('#test/bench/full-disk.ts'),
  offline: () => import('#test/bench/offline.ts'),
  restore: () => import('#test/bench/restore.ts'),
}

// Taken off the command, for the parts read sizes from it when they are run by themselves.
const wanted = process.argv.splice(2)
const unknown = wanted.filter((name) => !(name in PARTS))
if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`)
for (const [name, run] of Object.entries(PARTS)) if (wanted.length === 0 || wanted.includes(name)) await run()
