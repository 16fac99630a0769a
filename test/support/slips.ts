import type { Random } from '#db/seeds/random.ts'

// What happens to a name between two counters.
export function misspell(random: Random, name: string): string {
  const at = 1 + random.below(Math.max(1, name.length - 2))
  if (!/[a-z]/i.test(name[at] ?? '')) return name
  return random.pick([
    () => name.slice(0, at) + random.pick([...'aiueontrs']) + name.slice(at + 1),
    () => name.slice(0, at) + name.slice(at + 1),
    () => name.slice(0, at) + name[at] + name.slice(at),
    () => name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
  ])()
}

const SHORTENED: [RegExp, string[]][] = [[/\bMuhammad\b/, ['M.', 'Muh.', 'Moh', 'Mohamad', 'Mochammad']], [/\bAbdul\b/, ['Abd.', 'Abdoel']], [/\bSiti\b/, ['St.', 'Siti']], [/Nur /, ['Nur']]]

export function rewrite(random: Random, name: string, sex: 1 | 2): string {
  const words = name.split(' ')
  const shortened = () => SHORTENED.reduce((text, [pattern, ways]) => pattern.test(text) ? text.replace(pattern, random.pick(ways)) : text, name)
  return random.weighted<() => string>([
    [34, () => misspell(random, name)],
    [14, shortened],
    [10, () => `${sex === 1 ? 'H.' : 'Hj.'} ${name}`],
    [5, () => `${name}, S.Pd`],
    [8, () => words.length > 1 ? [...words.slice(1), words[0]].join(' ') : name],
    [6, () => words.length > 2 ? words.slice(0, -1).join(' ') : name],
    [6, () => name.replaceAll('u', 'oe')],
    [6, () => words.join('')],
    [5, () => `${name} / ${words[0]}`],
    [6, () => name.toUpperCase()],
  ])()
}
