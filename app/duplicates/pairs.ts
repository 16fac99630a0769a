export type FindingKind = 'nik' | 'kk' | 'person'

// What two households have in common: two members who are likely one person, or (without members) one family card. print:
// of the two identities, so that a decision holds as long as neither changes.
export type Finding = { kind: FindingKind, oneSeq: number | null, otherSeq: number | null, score: number, reasons: string[], print: string }

export const turned = ({ oneSeq, otherSeq, ...finding }: Finding): Finding => ({ ...finding, oneSeq: otherSeq, otherSeq: oneSeq })
