// A place in a list that is ordered by time: what came in the same instant is told apart by its id, "time~id".
export const placeOf = (at: string, id: string) => `${at}~${id}`
export const atOf = (place: string) => place.split('~', 1)[0]!
export const idOf = (place: string) => place.slice(atOf(place).length + 1)
