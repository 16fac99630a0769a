import type { Manifest } from '#app/backup/manifest.ts'
import { Told } from '#app/operation/failures.ts'
import { openDatabase } from '#db/connection.ts'

// installation: the first line of its trail, which no other installation has.
export type Seen = Pick<Manifest, 'counts' | 'audit' | 'migration'> & { installation: string }

const COUNTED = ['households', 'visits', 'files', 'users']

// Opens a copy of the database and reads it whole. Throws when it is not sound.
export function lookInto(file: string): Seen {
  const { $client } = openDatabase(file)
  try {
    const verdict = soundness(() => $client.pragma('integrity_check', { simple: true }))
    if (verdict !== 'ok') throw new Told('Salinan basis data rusak.')
    const count = (table: string) => $client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    return {
      counts: Object.fromEntries(COUNTED.map((table) => [table, count(table)])),
      audit: $client.prepare('SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1').get() as Seen['audit'] | undefined ?? { seq: 0, hash: '' },
      installation: $client.prepare('SELECT hash FROM audit_entries WHERE seq = 1').pluck().get() as string | undefined ?? '',
      migration: $client.prepare('SELECT max(name) FROM migrations').pluck().get() as string,
    }
  } finally {
    $client.close()
  }
}

// A file that is no database, or is encrypted with another key, fails before anything can be asked.
function soundness(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (cause) {
    throw new Told('Salinan basis data rusak, atau dikunci dengan kunci lain (SIKS_KEY_FILE).', { cause })
  }
}
