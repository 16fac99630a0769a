import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import type { Tone } from '#views/ui/types.ts'

export type Sending = { tone: Tone, sentence: string, next: string | null, waiting: number, signedOut: boolean, finishedAt: string | null, finishedAgo: string | null }

// One sentence of where everything is, one of what to do; the page script puts the progress in their place.
export const SendingState = ({ tone, sentence, next, signedOut, finishedAt, finishedAgo }: Sending) => (
  <>
    <div class={`notice ${tone}`} role="status" data-sending>
      <p class="notice-title" data-sending-words>{sentence}</p>
      <p data-sending-next hidden={!next}>{next}</p>
      <p data-sending-sign-in hidden={!signedOut}><LinkButton href="/session?next=/field/device">Masuk lagi</LinkButton></p>
      <progress hidden data-sending-bar>…</progress>
    </div>
    <p class="hint">{finishedAt ? `Terakhir terhubung dengan server: ${formatDateTime(finishedAt)} (${finishedAgo}).` : 'HP ini belum terhubung lagi sejak disiapkan.'}</p>
  </>
)
