// Puts a value into a map of at most so many; the oldest makes room. Gives the value.
export function remember<T>(all: Map<string, T>, key: string, value: T, most: number): T {
  if (all.size >= most && !all.has(key)) all.delete(all.keys().next().value!)
  all.set(key, value)
  return value
}
