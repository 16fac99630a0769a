// How a phone guards what it carries. The phone is told at each contact, so a change here reaches it with the next one.

// A lost phone shuts itself when nobody has signed in for this long; a fortnight covers the longest trips without signal.
export const EXPIRY_DAYS = 14
// A phone laid down in a house is locked before the next house; one interview page takes less.
export const IDLE_MINUTES = 15
// A delivered visit stays readable for the questions of the first check.
export const KEEP_DAYS = 7
