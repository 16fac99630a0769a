// What a browser calls itself, in words by which its owner knows the device again. Order matters: each names the others too.
const BROWSERS: [RegExp, string][] = [
  [/w3m/i, 'w3m'], [/lynx/i, 'Lynx'], [/links/i, 'Links'], [/Opera Mini/i, 'Opera Mini'], [/OPR\/|Opera/i, 'Opera'], [/UCBrowser/i, 'UC Browser'],
  [/SamsungBrowser/i, 'Samsung Internet'], [/MiuiBrowser/i, 'Peramban Xiaomi'], [/EdgA?\//i, 'Edge'], [/; wv\)/i, 'Aplikasi Android'],
  [/Firefox|FxiOS/i, 'Firefox'], [/Chrome|CriOS|HeadlessChrome/i, 'Chrome'], [/Safari/i, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/i, 'HP Android'], [/iPhone|iPod/i, 'iPhone'], [/iPad/i, 'iPad'], [/CrOS/i, 'Chromebook'], [/Windows/i, 'komputer Windows'],
  [/Mac OS X/i, 'komputer Mac'], [/Linux|X11/i, 'komputer Linux'],
]

export function deviceWords(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  if (!browser && !system) return 'Peramban yang tidak dikenal'
  return [browser ?? 'Peramban', system && `di ${system}`].filter(Boolean).join(' ')
}
