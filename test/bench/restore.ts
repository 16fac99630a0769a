import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeOpener } from '#app/backup/age-file.ts'
import { backUp } from '#app/backup/making.ts'
import { restore } from '#app/backup/restoring.ts'
import { openStore } from '#app/backup/stores.ts'
import { aKeyPair } from '#test/support/backups.ts'
import { makeWorld } from '#test/bench/world.ts'

// The machine is gone: 10,000 households with a pack of nine photos each come back from an encrypted backup on another folder, every byte
// compared, to the moment from which a server may start.
const HOUSEHOLDS = 10_000
const PACK_BYTES = 300_000

const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-restore-'))
const [data, disk, target] = ['data', 'disk', 'target'].map((name) => join(directory, name)) as [string, string, string]
try {
  mkdirSync(data)
  await makeWorld(data, { households: HOUSEHOLDS, inHand: 0, drafts: 0, worn: false })
  const bytes = randomBytes(PACK_BYTES)
  for (let n = 0; n < HOUSEHOLDS; n++) {
    const name = createHash('sha256').update(String(n)).digest('hex')
    const folder = join(data, 'photos', name.slice(0, 2), name.slice(2, 4))
    mkdirSync(folder, { recursive: true })
    bytes.writeUInt32BE(n)
    writeFileSync(join(folder, `${name}.pack`), bytes)
  }
  const { identity, recipient } = await aKeyPair()
  const store = openStore(disk, { region: '' } as never)
  const made = await backUp({ dataDirectory: data, store, recipients: [recipient], keep: { days: 7, weeks: 4, months: 12 } })
  const begun = performance.now()
  const { counts, files } = await restore({ store, dataDirectory: target, opener: makeOpener([identity]) })
  const seconds = (performance.now() - begun) / 1000
  console.log(JSON.stringify({
    name: 'restore_10k_households_s', value: Math.round(seconds * 100) / 100, unit: 's', n: 1, households: counts.households, files: files.length, gb: Math.round(HOUSEHOLDS * PACK_BYTES / 1e7) / 100,
    encrypted: true, backup_s: Math.round(made.tookMs / 100) / 10,
  }))
} finally {
  rmSync(directory, { recursive: true, force: true })
}
