import type { Sent } from '#app/evidence/rows.ts'
import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { dayTime, timeSpan } from '#app/evidence/words.ts'

type Times = { startedMs: number, endedMs: number, activeMs: number, locatedMs: number | null, takenToMs: number | null, madeMs: number | null, receivedMs: number, givenMs: number | null, zone: number }
type Trouble = { words: string, weight: number, ms: number }

// The phone's clock against itself and against the server's. A phone may lie offline for days, so late is honest; a clock that
// ran ahead, back, or slower than the interview is not time that passed.
export function judgeClock(times: Times, { before, after }: { before?: Sent, after?: Sent } = {}): Signal[] {
  const troubles = [...within(times), ...between(times, { before, after })].sort((one, other) => other.weight - one.weight || other.ms - one.ms)
  const [worst] = troubles
  if (!worst) return [fine('clock', 'Jam HP berjalan wajar selama kunjungan.')]
  return [look('clock', `${troubles.slice(0, 2).map(({ words }) => words).join(' ')}`, { ms: worst.ms, troubles: troubles.length }, worst.weight)]
}

// givenMs: when the row was first given out, by the server's clock.
function* within({ startedMs, endedMs, activeMs, locatedMs, takenToMs, madeMs, receivedMs, givenMs, zone }: Times): Generator<Trouble> {
  const span = endedMs - startedMs
  if (activeMs > Math.max(0, span) + THRESHOLDS.jumpMs) {
    yield { words: `Wawancara tercatat ${timeSpan(activeMs)}, tetapi dari dibuka sampai dikirim jam hanya maju ${timeSpan(Math.max(0, span))}.`, weight: 2, ms: activeMs - span }
  }
  if (givenMs !== null && startedMs < givenMs - THRESHOLDS.clockMs) {
    yield { words: `Kunjungan tercatat dibuka ${dayTime(startedMs, zone)}, ${timeSpan(givenMs - startedMs)} sebelum tugas ini dibagikan: jam HP dimundurkan.`, weight: 2, ms: givenMs - startedMs }
  }
  // Where the phone's clock runs ahead the fix, by the satellites' time, lies before: that is told below.
  const isAhead = madeMs !== null && madeMs > receivedMs + THRESHOLDS.clockMs
  if (locatedMs !== null && locatedMs < startedMs - THRESHOLDS.clockMs && !isAhead) {
    yield { words: `Lokasi diambil ${dayTime(locatedMs, zone)}, ${timeSpan(startedMs - locatedMs)} sebelum kunjungan dibuka.`, weight: madeMs === null ? 1 : 2, ms: startedMs - locatedMs }
  }
  if (madeMs === null) return
  const latest = Math.max(startedMs, locatedMs ?? 0, takenToMs ?? 0)
  if (latest > madeMs + THRESHOLDS.jumpMs) {
    yield { words: `Kunjungan berisi waktu ${dayTime(latest, zone)}, ${timeSpan(latest - madeMs)} sesudah HP mengirimnya: jam HP dimundurkan.`, weight: 2, ms: latest - madeMs }
  }
  if (madeMs > receivedMs + THRESHOLDS.clockMs) {
    yield { words: `Jam HP ${timeSpan(madeMs - receivedMs)} lebih maju daripada jam server.`, weight: 1, ms: madeMs - receivedMs }
  }
}

// The phone counts its sendings by itself: a higher number at an earlier time means the clock was set back.
function* between({ madeMs, zone }: Times, { before, after }: { before?: Sent, after?: Sent }): Generator<Trouble> {
  if (madeMs === null) return
  if (before && before.madeMs > madeMs + THRESHOLDS.jumpMs) yield { words: `Kiriman sebelumnya dari HP ini (${before.headName}) justru bertanggal ${dayTime(before.madeMs, zone)}, ${timeSpan(before.madeMs - madeMs)} lebih baru.`, weight: 2, ms: before.madeMs - madeMs }
  if (after && after.madeMs < madeMs - THRESHOLDS.jumpMs) yield { words: `Kiriman sesudahnya dari HP ini (${after.headName}) justru bertanggal ${dayTime(after.madeMs, zone)}, ${timeSpan(madeMs - after.madeMs)} lebih lama.`, weight: 2, ms: madeMs - after.madeMs }
}
