// What a page is without a style sheet, as text browsers and simple readers have it.
const INLINE = new Set('a abbr b button cite code em i kbd label mark s small span strong sub sup time svg'.split(' '))
const VOID = new Set('br hr img input link meta'.split(' '))

// Words that run into each other because only a style sheet keeps them apart: "Siti RahayuPetugas pendata". Not looked at:
// drawings, and what waits for script.
export function gluedWords(html: string): string[] {
  const found: string[] = []
  const open: { name: string, silent: boolean }[] = []
  const isSilent = () => open.at(-1)?.silent ?? false
  let before: string | undefined
  for (const token of html.slice(html.indexOf('<body')).match(/<[^>]+>|[^<]+/g) ?? []) {
    const [, end, name] = /^<(\/?)([a-z0-9]+)/i.exec(token) ?? []
    if (name) {
      if (!INLINE.has(name) && !isSilent()) before = undefined
      if (end) while (open.length > 0 && open.pop()!.name !== name);
      else if (!VOID.has(name) && !token.endsWith('/>')) open.push({ name, silent: isSilent() || name === 'svg' || /\shidden(=""|\s|>)/.test(token) })
    } else if (!isSilent() && !token.startsWith('<')) {
      if (before !== undefined && /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(token)) found.push(`${before.slice(-20)}|${token.slice(0, 20)}`)
      before = token
    }
  }
  return found
}

export const headlessTables = (html: string) => (html.match(/<table[\s\S]*?<\/table>/g) ?? []).filter((table) => !/<th[\s>]/.test(table) || !/<caption/.test(table)).map((table) => table.slice(0, 80))
