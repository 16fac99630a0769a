import { formatDateTime } from '#views/ui/format.ts'
import { Timeline } from '#views/ui/page.tsx'
import type { Tone } from '#views/ui/types.ts'

export type JournalLine = { at: string, tone: Tone, sentence: string, next: string | null }

export const Journal = ({ lines }: { lines: JournalLine[] }) => lines.length === 0
  ? <p class="hint">Belum ada yang dikirim dari HP ini.</p>
  : <Timeline items={lines.map(({ at, tone, sentence, next }) => ({ at: formatDateTime(at), iso: at, title: sentence, note: next, tone }))} />
