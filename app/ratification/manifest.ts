import { createHash } from 'node:crypto'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

// One text for one meaning: keys in order, nothing undefined. Both offices must reach the same hash.
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
}

export type ManifestItem = { householdId: string, visitId: string, recordHash: string }
export type ProposalLeaf = { proposalId: string, recordHash: string }

export const hashRecord = (item: { householdId: string, visitId: string, record: HouseholdRecord }) =>
  sha256(canonicalJson(item))

// A change of the master that no visit brought: exactly what it will write.
export const hashPlan = (item: { proposalId: string, plan: unknown }) => sha256(canonicalJson(item))

// The manifest in the form `sha256sum` prints. Its own SHA-256 is the root on the berita acara, so anyone can check
// the file at hand with `sha256sum manifest.txt`.
export const manifestText = (items: ManifestItem[], proposals: ProposalLeaf[] = []) => [
  ...items.map(({ recordHash, householdId }) => `${recordHash}  ${householdId}\n`),
  ...proposals.map(({ recordHash, proposalId }) => `${recordHash}  usulan-${proposalId}\n`),
].join('')

export const rootOf = (items: ManifestItem[], proposals: ProposalLeaf[] = []) => sha256(manifestText(items, proposals))
