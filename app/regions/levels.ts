// How long a Kemendagri code is at each level: 34 / 34.02 / 34.02.01 / 34.02.01.2001. Pure.
export const PROVINCE = 2
export const REGENCY = 5
export const DISTRICT = 8
export const VILLAGE = 13

// The kabupaten or kota a place lies in. A province, or the country, stays as it is.
export const regencyOf = (code: string): string => code.slice(0, REGENCY)
