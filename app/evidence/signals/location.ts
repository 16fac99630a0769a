import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'

type Located = { accuracyM: number | null, located: boolean }

export const judgeLocation = ({ accuracyM, located }: Located): Signal[] => [
  ...accuracyM === null ? [] : accuracyM > THRESHOLDS.accuracyM
    ? [look('rough_location', `Ketelitian lokasi ±${Math.round(accuracyM)} m.`, { accuracyM })]
    : [fine('rough_location', `Ketelitian lokasi ±${Math.round(accuracyM)} m.`, { accuracyM })],
  located ? fine('typed_location', 'Koordinat dari GPS.') : look('typed_location', 'Koordinat diketik sendiri, bukan dari GPS.'),
]
