// Who meets whom among everybody at once: all keys of all people, sorted, so that those who share one lie side by side. A
// million people have some twelve million keys; as numbers in plain memory that is 100 MB, and no lookup at all. Pure.

// An entry is 64 bits: the rest of a key of 48, whether somebody only looks there, and who it is. The first bits of the key
// choose the part, so each part is sorted by itself.
const PARTS = 256
const PART_BITS = 40
const LOOKING = 1 << 23
export const MOST_PEOPLE = LOOKING

type Part = { entries: BigUint64Array, halves: Uint32Array, length: number }

const partOf = (entries: BigUint64Array, length: number): Part => ({ entries, halves: new Uint32Array(entries.buffer), length })

export class Meetings {
  #parts = Array.from({ length: PARTS }, () => partOf(new BigUint64Array(1024), 0))

  add(who: number, keys: number[], lookingAt: number[]) {
    for (const key of keys) this.#put(key, who)
    for (const key of lookingAt) this.#put(key, LOOKING | who)
  }

  #put(key: number, who: number) {
    const at = Math.floor(key / 2 ** PART_BITS)
    let part = this.#parts[at]!
    if (part.length === part.entries.length) part = this.#parts[at] = grown(part)
    const rest = key % 2 ** PART_BITS
    part.halves[part.length * 2] = (rest % 256) * 2 ** 24 + who
    part.halves[part.length * 2 + 1] = Math.floor(rest / 256)
    part.length += 1
  }

  // Has everybody's keys in order; nobody is added afterwards.
  sort() {
    for (const { entries, length } of this.#parts) entries.subarray(0, length).sort()
  }

  // Every two who share a key, as often as they do; who only looks there comes second. A key of more than `most` tells nothing.
  eachPair(most: number, meet: Meet) {
    this.#parts.forEach(({ halves, length }, part) => {
      for (let start = 0, end = 0; start < length; start = end) {
        const [high, low] = [halves[start * 2 + 1]!, halves[start * 2]! >>> 24]
        let residents = 0
        for (end = start; end < length && halves[end * 2 + 1] === high && halves[end * 2]! >>> 24 === low; end += 1) {
          if ((halves[end * 2]! & LOOKING) === 0) residents += 1
        }
        if (residents === 0 || residents > most || end - start === 1) continue
        meetAll({ halves, start, residents: start + residents, end }, keyOf(part, high, low), meet)
      }
    })
  }

  // The keys of all, in their order and then in that of the people, a part at a time: all from `from` and below `to`.
  * inOrder(): Generator<{ from: number, to: number, length: number, at: (i: number) => { key: number, who: number } | undefined }> {
    for (const [part, { halves, length }] of this.#parts.entries()) {
      const at = (i: number) => {
        const low = halves[i * 2]!
        return (low & LOOKING) === 0 ? { key: keyOf(part, halves[i * 2 + 1]!, low >>> 24), who: low & WHO } : undefined
      }
      yield { from: keyOf(part, 0, 0), to: keyOf(part + 1, 0, 0), length, at }
    }
  }
}

type Meet = (one: number, other: number, key: number) => void

const keyOf = (part: number, high: number, low: number) => part * 2 ** PART_BITS + high * 256 + low

function grown({ entries, length }: Part): Part {
  const larger = new BigUint64Array(length * 2)
  larger.set(entries)
  return partOf(larger, length)
}

const WHO = LOOKING - 1

type Block = { halves: Uint32Array, start: number, residents: number, end: number }

function meetAll({ halves, start, residents, end }: Block, key: number, meet: Meet) {
  for (let i = start; i < residents; i += 1) {
    const one = halves[i * 2]! & WHO
    for (let j = i + 1; j < end; j += 1) meet(one, halves[j * 2]! & WHO, key)
  }
}
