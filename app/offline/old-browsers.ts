// What Chrome 80 does not have yet and the pages' code uses. Syntax is the build's business, this is what it cannot do.

const add = (on: object, name: string, value: unknown) => {
  if (!(name in on)) Object.defineProperty(on, name, { value, writable: true, configurable: true })
}

function at(this: ArrayLike<unknown>, index: number) {
  const place = Math.trunc(index) || 0
  return this[place < 0 ? this.length + place : place]
}

for (const type of [Array.prototype, String.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object]) add(type, 'at', at)

add(String.prototype, 'replaceAll', function replaceAll(this: string, wanted: string | RegExp, by: string) {
  return wanted instanceof RegExp ? this.replace(wanted, by) : this.split(wanted).join(by)
})
add(Array.prototype, 'findLast', function findLast(this: unknown[], test: (value: unknown, index: number, list: unknown[]) => boolean) {
  return [...this].reverse().find((value, i) => test(value, this.length - 1 - i, this))
})
add(Object, 'hasOwn', (on: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(on, name))
add(URL, 'canParse', (address: string, base?: string) => {
  try {
    return Boolean(new URL(address, base))
  } catch {
    return false
  }
})
// Records, forms and settings are all that is copied here, and they are JSON.
add(globalThis, 'structuredClone', (value: unknown) => value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
add(crypto, 'randomUUID', () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
})
