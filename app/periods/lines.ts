import { createHash, type Hash } from 'node:crypto'

// A household as a snapshot keeps it.
export type SnapshotRow = {
  householdId: string, regionCode: string, version: number, memberCount: number, desil: number | null, programmes: string, headName: string, address: string
}

// One text for one row, whoever writes it: these fields, in this order, as a JSON array and a line feed.
export const lineOf = ({ householdId, regionCode, version, memberCount, desil, programmes, headName, address }: SnapshotRow) =>
  `${JSON.stringify([householdId, regionCode, version, memberCount, desil, programmes, headName, address])}\n`

export const startHash = (): Hash => createHash('sha256')

// Of rows in the order of their ids, which is how the table gives them.
export function addLines(hash: Hash, rows: SnapshotRow[]) {
  hash.update(rows.map(lineOf).join(''))
  return hash
}
