import { survive } from '#test/support/kills.ts'

// `node --import tsx test/bench/kills.ts [kills]`: how often the server was killed under load without losing a visit it had acknowledged.
const seed = Date.now() % 1_000_000
const { kills, ...rest } = await survive(Number(process.argv[2] ?? 200), seed)
console.log(JSON.stringify({ name: 'kills_survived', value: rest.lost + rest.half + rest.unsound.length === 0 ? kills : 0, unit: 'kills', seed, bar: '>= 200', ...rest }))
