import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { inOnePiece } from '#views/ui/drawn.ts'
import type { Child } from '#views/ui/types.ts'

// counted: the numbers of a row; they are the same object for as long as nothing has changed them (app/dashboards/kept.ts).
// told: whatever else is in it, as a text.
type Drawn<P> = { counted: object, told: string, props: P }
const MOST_TEXTS = 3

// The rows of a table with thousands of officers, of whom few differ from one look to the next.
export function drawnRows<P extends object>(draw: (props: P) => Child): (rows: Drawn<P>[]) => HtmlEscapedString {
  const drawn = new WeakMap<object, Map<string, string>>()
  const row = ({ counted, told, props }: Drawn<P>) => {
    const texts = drawn.get(counted) ?? new Map<string, string>()
    const known = texts.get(told)
    if (known !== undefined) return known
    const fresh = inOnePiece(String(draw(props)))
    if (texts.size >= MOST_TEXTS) texts.clear()
    drawn.set(counted, texts.set(told, fresh))
    return fresh
  }
  return (rows) => raw(rows.map(row).join(''))
}
