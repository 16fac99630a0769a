import { tellCounts } from '#app/offline/outbox.ts'
import type { SyncStatus } from '#app/offline/status.ts'

type Line = { tone: SyncStatus['tone'], words: string }

// The line under the masthead. Whether there is a network, only the last try to reach the server tells; the browser knows
// no more than that there is surely none.
export function tellLine({ halt, tone, counts }: SyncStatus, isOnline: boolean): Line {
  return { tone, words: `${isOnline ? (halt && HALTED[halt]) ?? 'Daring' : 'Tanpa sinyal'} · ${tellCounts(counts)}` }
}

const HALTED: Partial<Record<NonNullable<SyncStatus['halt']>, string>> = {
  silent: 'Tanpa sinyal', foreign: 'Jaringan dialihkan', broken: 'Server tidak menjawab', full: 'Server penuh', no_room: 'Penyimpanan HP penuh', signed_out: 'Perlu masuk lagi',
  wrong_user: 'Pengguna lain yang masuk', revoked: 'Izin HP dicabut', refused: 'Perlu perhatian', key_changed: 'Perlu perhatian', sealed: 'Perlu perhatian',
}
