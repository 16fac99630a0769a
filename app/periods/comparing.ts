import type { SnapshotRow } from '#app/periods/lines.ts'

// Comparing two snapshots, without a database: rows in the order of their ids are merged once, a window at a time.
export type Face = [headName: string, address: string, members: number, regionCode: string]
export type DifferenceKind = 'entry' | 'exit' | 'moved_in' | 'moved_out' | 'changed'
export type Difference = {
  kind: DifferenceKind, regionCode: string, householdId: string, headName: string, changes: string, before: Face | null, after: Face | null
}
export type Pair = { before?: SnapshotRow, after?: SnapshotRow }

// The pairs of two windows of equal size, each in order, and the id up to which they are whole: beyond it the other side has
// not been read yet. No `upTo`: both came to their end.
export function mergeWindow(before: SnapshotRow[], after: SnapshotRow[], size: number): { pairs: Pair[], upTo?: string } {
  const ends = [before, after].filter((rows) => rows.length === size).map((rows) => rows.at(-1)!.householdId)
  const upTo = ends.length > 0 ? ends.reduce((one, other) => (one < other ? one : other)) : undefined
  const whole = ({ householdId }: SnapshotRow) => upTo === undefined || householdId <= upTo
  const pairs = new Map<string, Pair>()
  for (const row of before.filter(whole)) pairs.set(row.householdId, { before: row })
  for (const row of after.filter(whole)) pairs.set(row.householdId, { ...pairs.get(row.householdId), after: row })
  return { pairs: [...pairs.values()], upTo }
}

// What lies outside of the place is as if it were not there.
export const withinPlace = ({ before, after }: Pair, place: string): Pair => ({
  ...(before?.regionCode.startsWith(place) && { before }), ...(after?.regionCode.startsWith(place) && { after }),
})

const faceOf = ({ headName, address, memberCount, regionCode }: SnapshotRow): Face => [headName, address, memberCount, regionCode]

// Nothing for a household that is as it was. One that moved is told in both desa.
export function differencesOf({ before, after }: Pair): Difference[] {
  const row = after ?? before
  if (!row) return []
  const changes = before && after ? changesOf(before, after) : ''
  const told = { householdId: row.householdId, headName: row.headName, changes, before: before ? faceOf(before) : null, after: after ? faceOf(after) : null }
  if (!before) return [{ ...told, kind: 'entry', regionCode: row.regionCode }]
  if (!after) return [{ ...told, kind: 'exit', regionCode: row.regionCode }]
  if (before.regionCode !== after.regionCode) {
    return [{ ...told, kind: 'moved_out', regionCode: before.regionCode }, { ...told, kind: 'moved_in', regionCode: after.regionCode }]
  }
  return changes ? [{ ...told, kind: 'changed', regionCode: after.regionCode }] : []
}

function changesOf(before: SnapshotRow, after: SnapshotRow): string {
  const names = [
    ...(before.memberCount !== after.memberCount ? ['members'] : []), ...(before.headName !== after.headName ? ['head'] : []),
    ...(before.address !== after.address ? ['address'] : []),
  ]
  return names.length ? `,${names.join(',')},` : ''
}

export const NOTHING = { before: 0, after: 0, entries: 0, exits: 0, movedIn: 0, movedOut: 0, members: 0, head: 0, address: 0 }
export type Tally = typeof NOTHING

// Counts one pair in the desa it was in and the one it is in. What changed is counted where the household is now.
export function countPair(tallies: Map<string, Tally>, { before, after }: Pair) {
  const at = (code: string) => tallies.get(code) ?? tallies.set(code, { ...NOTHING }).get(code)!
  if (before) {
    const there = at(before.regionCode)
    there.before += 1
    if (!after) there.exits += 1
    else if (after.regionCode !== before.regionCode) there.movedOut += 1
  }
  if (after) {
    const here = at(after.regionCode)
    here.after += 1
    if (!before) here.entries += 1
    else if (after.regionCode !== before.regionCode) here.movedIn += 1
    const changes = before ? changesOf(before, after) : ''
    for (const name of ['members', 'head', 'address'] as const) if (changes.includes(`,${name},`)) here[name] += 1
  }
}
