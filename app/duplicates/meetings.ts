import type { Spool } from '#app/duplicates/spool.ts'

// Who meets whom among everybody at once: all keys of all people, sorted, so that those who share one lie side by side. Of a
// million people they are twelve million; by the first bits of the key they are put aside in parts, of which one at a time is read.

// An entry is 64 bits: the rest of a key of 48, whether somebody only looks there, and who it is. The first bits of the key
// choose the part, so each part is sorted by itself.
export const PARTS = 1024
const PART_BITS = 38
const LOOKING = 1 << 23
const WHO = LOOKING - 1
export const MOST_PEOPLE = LOOKING

type Part = { entries: BigUint64Array, halves: Uint32Array, length: number, aside: number[] }

// atOnce: how many entries of a part are kept in memory before they are put aside.
export class Meetings {
  #parts: Part[]
  #spool: Spool
  #people: Float64Array = new Float64Array(1024)
  #count = 0

  constructor(spool: Spool, atOnce = 1024) {
    this.#spool = spool
    this.#parts = Array.from({ length: PARTS }, () => {
      const entries = new BigUint64Array(atOnce)
      return { entries, halves: new Uint32Array(entries.buffer), length: 0, aside: [] }
    })
  }

  get people() { return this.#count }

  // In the order of their numbers.
  add(member: number, keys: number[], lookingAt: number[]) {
    if (this.#count === MOST_PEOPLE) throw new Error(`Data ganda: lebih dari ${MOST_PEOPLE} orang.`)
    if (this.#count === this.#people.length) this.#people = grown(this.#people)
    const who = this.#count++
    this.#people[who] = member
    for (const key of keys) this.#put(key, who)
    for (const key of lookingAt) this.#put(key, LOOKING | who)
  }

  #put(key: number, who: number) {
    const part = this.#parts[Math.floor(key / 2 ** PART_BITS)]!
    if (part.length === part.entries.length) {
      part.aside.push(this.#spool.write(part.entries))
      part.length = 0
    }
    const rest = key % 2 ** PART_BITS
    part.halves[part.length * 2] = (rest % 256) * 2 ** 24 + who
    part.halves[part.length * 2 + 1] = Math.floor(rest / 256)
    part.length += 1
  }

  // Part after part in the order of the keys; nobody is added afterwards.
  * inOrder(): Generator<Meeting> {
    for (const [part, { entries, length, aside }] of this.#parts.entries()) {
      const all = new BigUint64Array(aside.length * entries.length + length)
      aside.forEach((at, i) => this.#spool.read(at, all.subarray(i * entries.length, (i + 1) * entries.length)))
      all.set(entries.subarray(0, length), aside.length * entries.length)
      yield new Meeting(part, all.sort(), this.#people)
    }
  }
}

type Block = { start: number, residents: number, end: number, key: number }

// All keys from `from` on and below `to`, in their order and then in that of the people.
export class Meeting {
  readonly from: number
  readonly to: number
  readonly length: number
  #part: number
  #halves: Uint32Array
  #people: Float64Array

  constructor(part: number, entries: BigUint64Array, people: Float64Array) {
    this.#part = part
    this.#halves = new Uint32Array(entries.buffer)
    this.#people = people
    this.from = keyOf(part, 0, 0)
    this.to = keyOf(part + 1, 0, 0)
    this.length = entries.length
  }

  // Undefined where somebody only looks.
  at(i: number): { key: number, member: number } | undefined {
    const low = this.#halves[i * 2]!
    return (low & LOOKING) === 0 ? { key: keyOf(this.#part, this.#halves[i * 2 + 1]!, low >>> 24), member: this.#memberAt(i) } : undefined
  }

  #memberAt(i: number) {
    return this.#people[this.#halves[i * 2]! & WHO]!
  }

  // The keys that several share: first who has it, then who only looks there. A key of more than `most` tells nothing.
  * #shared(most: number): Generator<Block> {
    const halves = this.#halves
    for (let start = 0, end = 0; start < this.length; start = end) {
      const [high, low] = [halves[start * 2 + 1]!, halves[start * 2]! >>> 24]
      let residents = 0
      for (end = start; end < this.length && halves[end * 2 + 1] === high && halves[end * 2]! >>> 24 === low; end += 1) {
        if ((halves[end * 2]! & LOOKING) === 0) residents += 1
      }
      if (residents > 0 && residents <= most && end - start > 1) yield { start, residents: start + residents, end, key: keyOf(this.#part, high, low) }
    }
  }

  // Every two from different groups who share a key, as often as they do; who only looks there comes second.
  * pairs(most: number, groupOf: (member: number) => number): Generator<{ one: number, other: number, key: number }> {
    for (const { start, residents, end, key } of this.#shared(most)) {
      for (let i = start; i < residents; i += 1) {
        const one = this.#memberAt(i)
        for (let j = i + 1; j < end; j += 1) {
          const other = this.#memberAt(j)
          if (groupOf(one) !== groupOf(other)) yield { one, other, key }
        }
      }
    }
  }

  // Whoever is in one of these pairs.
  inPairs(most: number, groupOf: (member: number) => number): number[] {
    const found = new Set<number>()
    for (const { start, end } of this.#shared(most)) {
      const group = groupOf(this.#memberAt(start))
      let alone = true
      for (let i = start + 1; i < end && alone; i += 1) alone = groupOf(this.#memberAt(i)) === group
      if (!alone) for (let i = start; i < end; i += 1) found.add(this.#memberAt(i))
    }
    return [...found].sort((a, b) => a - b)
  }
}

const keyOf = (part: number, high: number, low: number) => part * 2 ** PART_BITS + high * 256 + low

function grown(people: Float64Array): Float64Array {
  const larger = new Float64Array(people.length * 2)
  larger.set(people)
  return larger
}
