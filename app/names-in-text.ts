// Names in one text: looking through it costs a twentieth of asking a table row by row. Each line is a name in small letters, a tab and
// what the name is of; the text begins and ends with a new line.

/** What stands behind the tab in the first `most` wanted lines that have `text` in the name. */
export function linesNaming(all: string, text: string, most: number, isWanted: (line: string) => boolean = () => true): string[] {
  const named = text.toLowerCase().replace(/\s+/g, ' ').trim()
  const found: string[] = []
  if (named === '') return found
  for (let at = all.indexOf(named); at >= 0 && found.length < most;) {
    const end = all.indexOf('\n', at)
    const tab = all.lastIndexOf('\t', end)
    const line = all.slice(tab + 1, end)
    // Behind the tab stands no name.
    if (at < tab && isWanted(line)) found.push(line)
    at = all.indexOf(named, end)
  }
  return found
}
