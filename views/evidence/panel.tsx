import type { Evidence, PhotoPair, ShownSignal } from '#app/evidence/panel.ts'
import { bandIn, DurationBand } from '#views/evidence/band.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import type { Tone } from '#views/ui/types.ts'

// The weight in words; the colour only helps the eye.
const WEIGHTS: Record<number, [words: string, tone: Tone]> = { 1: ['Petunjuk', 'neutral'], 2: ['Perlu dilihat', 'warn'], 3: ['Kuat', 'bad'] }
const WeightBadge = ({ weight }: { weight: number }) => {
  const [words, tone] = WEIGHTS[Math.min(3, Math.max(1, weight))]!
  return <Badge tone={tone}>{words}</Badge>
}

const evidenceSummary = ({ looks, fine, unknown }: Pick<Evidence, 'looks' | 'fine' | 'unknown'>) =>
  [`${looks.length || 'Tidak ada'} hal perlu dilihat`, `${fine.length} wajar`, ...(unknown.length > 0 ? [`${unknown.length} belum dapat dinilai`] : [])].join(', ')

// Whether the visit was really made: what to look at first, then what is in order, then what nobody can tell yet. None of it
// decides anything.
export const EvidencePanel = ({ evidence }: { evidence: Evidence }) => {
  const { looks, fine, unknown, past, judged } = evidence
  return (
    <Card title="Bukti kunjungan" id="bukti" tone={looks.length > 0 ? 'warn' : undefined}>
      <p class="evidence-summary"><strong>{evidenceSummary(evidence)}.</strong> {looks.length > 0 && 'Tanda tidak menolak kunjungan. Baca, lihat fotonya, lalu putuskan.'}</p>
      {!judged && <p class="hint">Bukti masih dinilai; sebagian tanda mungkin baru muncul beberapa detik lagi.</p>}
      {looks.length > 0 && <ul class="signals">{looks.map((signal) => <Look signal={signal} pairs={evidence.pairs.filter(({ code }) => code === signal.code)} />)}</ul>}
      {fine.length > 0 && <Folded title={`${fine.length} wajar`} signals={fine} />}
      {unknown.length > 0 && <Folded title={`${unknown.length} belum dapat dinilai`} signals={unknown} />}
      {past.length > 0 && (
        <details class="folded">
          <summary>{past.length} tanda sebelumnya</summary>
          <ul class="signals">
            {past.map(({ title, message, clearedAt, why }) => (
              <li><p><strong>{title}.</strong> {message}</p><p class="hint">{why === 'sent_again' ? 'Pada kiriman sebelumnya' : 'Dinilai ulang dan tidak berlaku lagi'}, {formatDateTime(clearedAt)}</p></li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

const Look = ({ signal, pairs }: { signal: ShownSignal, pairs: PhotoPair[] }) => (
  <li>
    <p class="signal-head"><WeightBadge weight={signal.weight} /> <strong>{signal.title}</strong></p>
    <p>{signal.sentence}</p>
    <Drawing signal={signal} />
    {pairs.length > 0 && <Pairs pairs={pairs} />}
    {signal.answers.map(({ text, at }) => <blockquote class="signal-answer"><p>{text}</p><p class="hint">Penjelasan petugas, {formatDateTime(at)}</p></blockquote>)}
  </li>
)

// Both photos beside each other: whether they show the same is for the eye to say.
const Pairs = ({ pairs }: { pairs: PhotoPair[] }) => (
  <PhotoGrid>
    {pairs.flatMap(({ visitId, kind, words, otherVisitId, otherKind, otherWords }) => [
      <Photo src={`/files/visits/${visitId}/${kind}`} alt={words} caption={words} />,
      <Photo src={`/files/visits/${otherVisitId}/${otherKind}`} alt={otherWords} caption={otherWords} />,
    ])}
  </PhotoGrid>
)

const Folded = ({ title, signals }: { title: string, signals: ShownSignal[] }) => (
  <details class="folded">
    <summary>{title}</summary>
    <ul class="signals plain">{signals.map((signal) => <li><p><strong>{signal.title}.</strong> {signal.sentence}</p><Drawing signal={signal} /></li>)}</ul>
  </details>
)

const Drawing = ({ signal: { code, numbers } }: { signal: ShownSignal }) => {
  const band = code === 'duration' ? bandIn(numbers) : undefined
  return band ? <DurationBand band={band} /> : null
}
