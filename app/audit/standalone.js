// Checks an exported audit trail of SIKS with nothing but Node: node periksa-jejak.js jejak.jsonl [segel.txt]
// Each line of the trail is a JSON array: seq, at, actor, action, subject, details, hash. A line's hash is the SHA-256 of the
// JSON array of the hash before it and its own first six values. The anchors (day, seq, hash) are what your office has kept.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [trail, anchorFile] = process.argv.slice(2)
if (!trail) {
  console.log('Pakai: node periksa-jejak.js jejak.jsonl [segel.txt]')
  process.exit(2)
}
// What stands after # is a note, as on the page.
const anchors = new Map(anchorFile ? readFileSync(anchorFile, 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
  .filter(([, seq]) => seq).map(([day, seq, hash]) => [Number(seq), { day, hash }]) : [])
let before = '0'.repeat(64)
let count = 0
let met = 0

function fail(words) {
  console.log(`RUSAK: ${words}`)
  process.exit(1)
}

for await (const line of createInterface({ input: createReadStream(trail) })) {
  const [seq, at, actor, action, subject, details, hash] = JSON.parse(line)
  count += 1
  if (seq !== count) fail(`baris ${count} hilang`)
  const wanted = createHash('sha256').update(JSON.stringify([before, seq, at, actor, action, subject, details])).digest('hex')
  if (wanted !== hash) fail(`baris ${seq} berubah, atau baris sebelumnya diganti`)
  const anchor = anchors.get(seq)
  if (anchor && anchor.hash !== hash) fail(`segel ${anchor.day} tidak cocok; jejak sampai baris ${seq} pernah ditulis ulang`)
  if (anchor) met += 1
  before = hash
}
if (met < anchors.size) fail(`${anchors.size - met} segel menunjuk baris yang tidak ada; jejak dipotong sesudah baris ${count}`)
console.log(`Utuh: ${count} baris, ${met} segel cocok, hash terakhir ${before}`)
