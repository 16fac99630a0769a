import { v7 } from 'uuid'

// The key of something there will be millions of: it begins with the moment it was made, so what is made together lies together in every
// index, and a write touches pages that are warm already. 74 of its bits are chance.
export const newId = (): string => v7()
