import { warningsOf, type Server, type Warning } from '#app/operation/view.ts'
import type { Nation } from '#db/postgres/connection.ts'

// Whoever does not look at the page hears of it all the same: a watcher elsewhere asks an address, and the log has a line of each.
export type AlarmKind = Warning['kind']
export const ALARMS: readonly AlarmKind[] = [
  'clock', 'full', 'low', 'backup-failed', 'backup-late', 'no-backup', 'backup-same-disk', 'files-lost', 'chain-broken', 'photo-store', 'nation-away', 'backup-without-nation', 'stuck',
]

type Asked = Server & { nation?: Nation }
const KEEP_MS = 10_000

// Anybody may ask, so it is worked out at most every ten seconds.
export function alarmsOf(server: Asked): () => Promise<AlarmKind[]> {
  let kept: { at: number, kinds: Promise<AlarmKind[]> } | undefined
  return () => {
    const at = performance.now()
    if (!kept || at - kept.at > KEEP_MS) kept = { at, kinds: warningsOf(server, new Date()).then((all) => all.map(({ kind }) => kind)) }
    return kept.kinds
  }
}

const HOUR_MS = 3_600_000

// Each hour a line of each, as an error: `journalctl -u siks -p err` has it until it is mended. Returns what stops it.
export function startAlarms(server: Asked, { everyMs = HOUR_MS } = {}): () => void {
  const tell = () => void warningsOf(server, new Date()).then(
    (all) => all.forEach(({ kind }) => console.error(`Alarm: ${kind}. See the page Operasi (/operation).`)), (error: unknown) => console.error(error))
  const timer = setInterval(tell, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
