// The weights, in bits: how many times (powers of two) likelier something is between two records of one person than
// between two people. What a word of a name weighs is not here: it follows from how many people carry it.
export const WEIGHTS = {
  wordAlike: 0.6, wordAlikeLoss: 1, wordMost: 13, nameMost: 22, initial: 2, wordLeft: -1.5,
  dateSame: 14, dateUsual: 9, dateTurned: 10, dateByNik: 9, dayDiffers: 6, monthDiffers: 6.5, yearDiffers: 6,
  sexSame: 1, sexDiffers: -4,
  nikSame: 30, nikAsCard: 25, nikDateDigit: 11, nikSerialDigit: 9, nikRegionDigit: 6, nikDiffers: -3, nikOfOwnDates: -6,
  cardSame: 4, motherSame: 4.5, motherAlike: 3, motherDiffers: -6,
  village: 5, district: 4, regency: 2, province: -1, elsewhere: -2,
}

export type Weighed = { bits: number, reason?: string }
