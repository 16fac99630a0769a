// Which of the country's three clocks a place keeps, as hours ahead of UTC (Keputusan Presiden 41/1987; provinces made since
// keep the clock of the one they were part of). What is not here keeps western time, and so do the days the ministry sets. Pure.
const CENTRAL = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'])
const EASTERN = new Set(['81', '82', '91', '92', '93', '94', '95', '96', '97'])

export const WIB = 7
export const ZONE_WORDS: Record<number, string> = { 7: 'WIB', 8: 'WITA', 9: 'WIT' }

export function zoneOf(regionCode: string): number {
  const province = regionCode.slice(0, 2)
  return EASTERN.has(province) ? 9 : CENTRAL.has(province) ? 8 : WIB
}
