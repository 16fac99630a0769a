import type { Waiting } from '#app/field/store.ts'
import type { Tone } from '#views/ui/types.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'

// What a visit sent from this phone waits for.
const WORDS: Record<Waiting, { tone: Tone, badge: string, sentence: string }> = {
  queued: { tone: 'info', badge: 'Tersimpan di HP, menunggu dikirim', sentence: 'Kunjungan ini tersimpan di HP dan menunggu dikirim. Jangan hapus data peramban.' },
  photos: { tone: 'info', badge: 'Jawaban sampai, foto menunggu', sentence: 'Jawaban kunjungan ini sudah sampai di server. Fotonya masih di HP dan menunggu dikirim.' },
  received: { tone: 'good', badge: 'Sudah diterima server', sentence: 'Kunjungan ini sudah diterima server, lengkap dengan fotonya. Tidak ada yang perlu Anda lakukan.' },
  held: { tone: 'warn', badge: 'Ditahan di server', sentence: 'Kunjungan ini sudah sampai di server dan menunggu keputusan. Sebabnya ada di halaman HP ini.' },
}

export const WaitingBadge = ({ waiting }: { waiting: Waiting }) => <Badge tone={WORDS[waiting].tone}>{WORDS[waiting].badge}</Badge>

export const WaitingNotice = ({ waiting }: { waiting: Waiting }) => (
  <Notice tone={WORDS[waiting].tone}><p>{WORDS[waiting].sentence}{waiting !== 'received' && <> <a href="/field/device">Buka halaman HP ini</a>.</>}</p></Notice>
)
