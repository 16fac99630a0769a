import { fuzz } from '#test/support/fuzz-run.ts'

// Bad input beyond what the suite has time for, another seed each time. Prints a JSON line; `node --import tsx test/bench/fuzz.ts [requests] [seed]`.
const [wanted = 20_000, seed = 1 + Math.floor(Math.random() * 2_147_483_645)] = process.argv.slice(2).map(Number)
const { tried, refused, faults } = await fuzz(wanted, seed)
console.log(JSON.stringify({ name: 'bad_inputs_tried', value: tried, unit: 'requests', seed, refused, faults: faults.length, first: faults.slice(0, 5) }))
