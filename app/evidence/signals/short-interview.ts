import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { timeSpan } from '#app/evidence/words.ts'

export const judgeShortness = ({ outcome, activeMs }: { outcome: number | null, activeMs: number }): Signal[] => {
  if (outcome !== 1) return []
  const words = timeSpan(activeMs)
  return activeMs < THRESHOLDS.shortMs
    ? [look('short_interview', `Wawancara hanya ${words}.`, { activeMs })]
    : [fine('short_interview', `Wawancara ${words}, tidak di bawah 5 menit.`, { activeMs })]
}
