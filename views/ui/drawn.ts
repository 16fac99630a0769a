import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { remember } from '#app/remember.ts'
import type { Child } from '#views/ui/types.ts'

// What is drawn hangs together from dozens of pieces, which would be kept one by one, and gathered anew by every page with it in it.
const inOnePiece = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text))

// A part that is drawn again and again from the same props: menus, filters, marks of a map. Its text is kept by all that it was drawn from,
// so that what differs in anything is drawn anew, for whomever. Only for props that JSON holds whole: no functions, no children, no clock.
export function drawnOnce<P extends object>(draw: (props: P) => Child, most: number): (props: P) => HtmlEscapedString {
  const drawn = new Map<string, HtmlEscapedString>()
  return (props) => {
    const key = JSON.stringify(props)
    return drawn.get(key) ?? remember(drawn, key, raw(inOnePiece(String(draw(props)))), most)
  }
}
