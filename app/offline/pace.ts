import { PIECE_BYTES } from '#app/deliveries/format.ts'

// How large the next piece of a photo should be. Large pieces cost few answers; a small one loses little to a cut.
// quiet: bytes since the last cut. run: bytes that may be expected between two cuts that cost a whole piece.
export type Pace = { piece: number, quiet: number, run: number }

const START_BYTES = 16 * 1024
const LEAST_BYTES = 4 * 1024
const QUICK_MS = 6000
const SLOW_MS = 20_000
// The heads and the answer of one piece.
const COST_BYTES = 3000
// So much without a cut, and the line is trusted with a whole delivery at once.
const CALM_BYTES = 1024 * 1024

export const FRESH_PACE: Pace = { piece: START_BYTES, quiet: CALM_BYTES, run: CALM_BYTES }
export const isCalm = ({ quiet }: Pace) => quiet >= CALM_BYTES

export function afterPiece({ piece, quiet, run }: Pace, bytes: number, ms: number): Pace {
  const since = Math.min(CALM_BYTES, quiet + bytes)
  const next = ms < QUICK_MS ? piece * 2 : ms > SLOW_MS ? piece / 2 : piece
  return { piece: Math.min(next < piece ? PIECE_BYTES : best(Math.max(run, since)), Math.max(LEAST_BYTES, next)), quiet: since, run }
}

// Where every cut costs half a piece and every piece its heads, this costs least.
const best = (run: number) => Math.min(PIECE_BYTES, Math.max(LEAST_BYTES, Math.round(Math.sqrt(2 * COST_BYTES * run))))

export const trusting = (pace: Pace): Pace => ({ ...pace, run: CALM_BYTES })

// kept: how much of the cut piece the server has all the same. A part of it: nothing is lost by a cut, so pieces may be
// large. Nothing: something on the way holds pieces back until they are whole. All: only the answer was lost.
export function afterCut({ piece, quiet, run }: Pace, size: number, kept: number): Pace {
  if (kept <= 0) return { piece: Math.min(piece, best(quiet)), quiet: 0, run: quiet }
  return { piece, quiet: 0, run: kept < size ? CALM_BYTES : run }
}
