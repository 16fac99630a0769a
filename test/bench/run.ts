// One JSON line per figure, each part on data of its own: all of them, or those that are named (`npm run bench -- server map`).
const PARTS: Record<string, () => Promise<unknown>> = {
  scale: () => import('#test/bench/scale.ts'),
  growth: () => import('#test/bench/growth.ts'),
  server: () => import('#test/bench/server.ts'),
  ceilings: () => import('#test/bench/ceilings.ts'),
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
  restore: () => import('#test/bench/restore.ts'),
  deadline: () => import('#test/bench/deadline.ts'),
  national: () => import('#test/bench/national.ts'),
  phone: () => import('#test/bench/phone.ts'),
  collecting: () => import('#test/bench/collecting.ts'),
  'photo-store': () => import('#test/bench/photo-store.ts'),
  // Ends the process, because its browser would not.
  offline: () => import('#test/bench/offline.ts'),
}

// Taken off the command, for the parts read sizes from it when they are run by themselves.
const wanted = process.argv.splice(2)
// `--scale 250k` is the part `scale` by itself, at that size.
const sized = wanted.indexOf('--scale')
if (sized >= 0) {
  process.env.SIKS_SCALE = wanted[sized + 1] ?? '10k'
  wanted.splice(sized, 2, 'scale')
}
const unknown = wanted.filter((name) => !(name in PARTS))
if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`)
for (const [name, run] of Object.entries(PARTS)) if (wanted.length === 0 || wanted.includes(name)) await run()
