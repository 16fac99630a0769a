import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'

export const KTP = 'F-KTP'
export const KK = 'F-KK'

// In the order they are taken, which is the order of the keys 1–9.
export const PHOTOS = PHOTO_KINDS.map(({ code, label }, index) => ({ kind: code, label, shortcut: String(index + 1) }))
