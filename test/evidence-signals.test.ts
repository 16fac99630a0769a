import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countChanged, signatureOf, uniformBlocks } from '#app/evidence/answers.ts'
import type { Comparable, Group, Neighbour, Peers } from '#app/evidence/rows.ts'
import type { Signal } from '#app/evidence/signal.ts'
import { judgeCopied } from '#app/evidence/signals/copied.ts'
import { judgeIdentity } from '#app/evidence/signals/identity.ts'
import { judgeLocation } from '#app/evidence/signals/location.ts'
import { judgeOddness } from '#app/evidence/signals/odd-answers.ts'
import { judgeDoubled, judgeReused, judgeSimilar } from '#app/evidence/signals/photos.ts'
import { judgeShortness } from '#app/evidence/signals/short-interview.ts'
import { judgeStraightLining } from '#app/evidence/signals/straight-lining.ts'
import { judgeUnchanged } from '#app/evidence/signals/unchanged.ts'
import { judgeUnfinished } from '#app/evidence/signals/unfinished.ts'
import { aRecord } from '#test/support/records.ts'
import { tell } from '#test/support/evidence.ts'

// What a visit's answers, people, photos and outcome show. Every signal once where it speaks, once where it stays quiet.
const peers = (rows: Partial<Comparable>[], more: Partial<Peers> = {}): Peers => ({ basis: 'village', visits: rows.length, officers: 3, rows: rows as Comparable[], ...more })
const NOBODY = peers([], { basis: 'unknown', visits: 3, officers: 1 })
const only = ([signal]: Signal[]) => signal!

const simple = suite('signals of a visit by itself')

simple('speak of an interview under five minutes, and of no other', () => {
  assert.equal(tell(judgeShortness({ outcome: 1, activeMs: 299_000 })), ['look short_interview 2'])
  assert.equal(tell(judgeShortness({ outcome: 1, activeMs: 300_000 })), ['fine short_interview 0'])
  assert.equal(judgeShortness({ outcome: 2, activeMs: 1000 }), [])
})

simple('speak of a rough fix and of a typed coordinate', () => {
  assert.equal(tell(judgeLocation({ accuracyM: 51, located: false })), ['look rough_location 1', 'look typed_location 1'])
  assert.equal(tell(judgeLocation({ accuracyM: 50, located: true })), ['fine rough_location 0', 'fine typed_location 0'])
})

simple('speak of people without a NIK and of a NIK that lives elsewhere', () => {
  assert.equal(tell(judgeIdentity({ count: 3, withoutNik: 1, elsewhere: [{ name: 'Ani', headName: 'Budi' }] })), ['look no_nik 1', 'look nik_elsewhere 2'])
  assert.equal(tell(judgeIdentity({ count: 3, withoutNik: 0, elsewhere: [] })), ['fine no_nik 0', 'fine nik_elsewhere 0'])
})

simple('speak of answers the questionnaire finds odd', () => {
  assert.match(only(judgeOddness([{ message: 'Umur anak melebihi ibunya.' }])).sentence, '1 jawaban perlu dilihat: Umur anak melebihi ibunya.')
  assert.equal(tell(judgeOddness([])), ['fine odd_answers 0'])
})

simple('speak of a photo of another visit, the same or saved anew, and of one used twice', () => {
  const other = { kind: 'F-KTP', otherKind: 'F-KTP', otherHeadName: 'Ujang', otherOfficerId: 'tono', exact: false }
  assert.equal(tell(judgeReused([other], 9)), ['look reused_photo 3'])
  assert.equal(tell(judgeReused([], 9)), ['fine reused_photo 0'])
  const similar = only(judgeSimilar([other], { pending: false, officerId: 'siti', photos: 9 }))
  assert.match(similar.sentence, 'Gambar KTP sama dengan KTP pada kunjungan ke Ujang oleh petugas lain, disimpan ulang.')
  assert.equal(tell(judgeSimilar([], { pending: false, officerId: 'siti', photos: 9 })), ['fine similar_photo 0'])
  assert.equal(tell(judgeSimilar([], { pending: true, officerId: 'siti', photos: 9 })), ['unknown similar_photo 0'])
  assert.equal([...tell(judgeDoubled(1, 9)), ...tell(judgeDoubled(0, 9)), ...tell(judgeDoubled(0, 1))], ['look same_photo 1', 'fine same_photo 0'])
})

simple.run()

// Sixteen items with four answers each: what house `seed` says.
const signature = (seed: number, changed = 0) => Uint8Array.from([7, ...Array.from({ length: 16 }, (_, i) => i < changed ? 9 : 1 + (seed * 31 + i * i * (seed + 3) + (seed >> (i % 4))) % 4), 5])
const others = peers(Array.from({ length: 12 }, (_, i) => ({ officerId: ['tono', 'dedi', 'yuni'][i % 3]!, answers: signature(i + 1) })))
const ours = (...signatures: Uint8Array[]) => signatures.map((answers, i) => ({ answers, headName: `Warga ${i + 1}` }) as Neighbour)

const copied = suite('answers of another visit')

copied('are told when this officer has them almost all, and others far fewer', () => {
  const signal = only(judgeCopied({ answers: signature(50) }, ours(signature(50, 1), signature(3)), others))
  assert.equal(tell([signal]), ['look copied_answers 2'])
  assert.match(signal.sentence, /\d\d% dari \d\d isian yang berbeda-beda di desa ini sama dengan kunjungan petugas ini ke Warga 1; dengan kunjungan petugas lain paling banyak \d\d%/)
  assert.equal(tell(judgeCopied({ answers: signature(50) }, ours(signature(50), signature(50, 1), signature(50)), others)), ['look copied_answers 3'])
})

copied('are no sign where the others are as near, or where they differ', () => {
  assert.equal(tell(judgeCopied({ answers: signature(50) }, ours(signature(50)), peers([...others.rows, { officerId: 'tono', answers: signature(50, 1) }, { officerId: 'yuni', answers: signature(50, 1) }]))), ['fine copied_answers 0'])
  assert.equal(tell(judgeCopied({ answers: signature(50) }, ours(signature(50, 8)), others)), ['fine copied_answers 0'])
})

copied('are told too where a second officer filled in the same template', () => {
  const helped = peers([...others.rows, ...[0, 1].map((changed) => ({ officerId: 'tono', answers: signature(50, changed) }))])
  const signal = only(judgeCopied({ answers: signature(50) }, ours(signature(50, 1)), helped))
  assert.equal(tell([signal]), ['look copied_answers 2'])
  assert.match(signal.sentence, /petugas lain paling banyak \d\d%, kecuali seorang petugas: 100%/)
})

copied('cannot be told without others, without an own visit, or where all houses are alike', () => {
  assert.equal(tell(judgeCopied({ answers: signature(50) }, ours(signature(50)), NOBODY)), ['unknown copied_answers 0'])
  assert.equal(tell(judgeCopied({ answers: signature(50) }, [], others)), ['unknown copied_answers 0'])
  const alike = peers(Array.from({ length: 12 }, () => ({ answers: signature(1) })))
  assert.match(only(judgeCopied({ answers: signature(1) }, ours(signature(1)), alike)).sentence, 'Hanya 0 isian yang berbeda-beda')
  assert.equal(judgeCopied({ answers: null }, [], others), [])
})

copied.run()

const unchanged = suite('answers that stayed as the prelist had them')
const usual = peers([0.2, 0.25, 0.18, 0.3, 0.22, 0.27, 0.24, 0.21, 0.26].map((changed) => ({ changed })))

unchanged('are told when others find far more otherwise', () => {
  const signal = only(judgeUnchanged({ known: 50, changed: 0 }, usual))
  assert.equal(tell([signal]), ['look unchanged_answers 2'])
  // asin(√share): median 0.5120 (of 0.24), MAD 0.0344 by numpy and scipy; 0.6745 × −0.5120 / 0.0344 = −10.03
  assert.match(signal.sentence, 'Hampir tidak ada yang berubah: 0 dari 50 jawaban prelist berubah (0%); pada 9 kunjungan petugas lain tengahnya 24%.')
  assert.ok(Math.abs(Number(signal.numbers!.z) + 10.0304061) < 1e-6)
})

unchanged('are no sign where nobody finds much, or where enough was found', () => {
  const still = peers(usual.rows.map((_, i) => ({ changed: i % 2 ? 0.02 : 0.04 })))
  assert.equal(tell(judgeUnchanged({ known: 50, changed: 0 }, still)), ['fine unchanged_answers 0'])
  assert.equal(tell(judgeUnchanged({ known: 50, changed: 8 }, usual)), ['fine unchanged_answers 0'])
})

unchanged('cannot be told from an empty prelist or without others', () => {
  assert.equal([...tell(judgeUnchanged(null, usual)), ...tell(judgeUnchanged({ known: 19, changed: 0 }, usual)), ...tell(judgeUnchanged({ known: 50, changed: 0 }, NOBODY))],
    ['unknown unchanged_answers 0', 'unknown unchanged_answers 0', 'unknown unchanged_answers 0'])
})

unchanged('are counted among what the record knew, person by person', () => {
  const before = aRecord()
  const after = structuredClone(before)
  after.household.floorType = Number(before.household.floorType) + 1
  after.members[0]!.disabilityType = 99
  const counted = countChanged(before, after)
  assert.is(counted.changed, 2)
  assert.ok(counted.known > 40)
  assert.equal(countChanged({ ...before, household: {}, members: [] }, after), { known: 0, changed: 0 })
})

unchanged.run()

const straight = suite('one code through a block')
const visits = (count: number, uniform: number) => Array.from({ length: count }, () => ({ uniform, outcome: 1 }))

straight('is told when this officer has it far oftener than others', () => {
  const signal = only(judgeStraightLining({ uniform: 8, outcome: 1 }, visits(12, 8), peers(visits(30, 0))))
  assert.equal(tell([signal]), ['look straight_lining 1'])
  assert.match(signal.sentence, 'Blok pendidikan berisi satu jawaban yang sama; begitu pada 100% dari 13 wawancara petugas ini, pada petugas lain 3%.')
})

straight('is no sign where it is usual, where it is this once, or where this visit has it not', () => {
  assert.equal(tell(judgeStraightLining({ uniform: 1, outcome: 1 }, visits(12, 1), peers(visits(30, 1)))), ['fine straight_lining 0'])
  assert.equal(tell(judgeStraightLining({ uniform: 8, outcome: 1 }, visits(12, 0), peers(visits(30, 0)))), ['fine straight_lining 0'])
  assert.equal(tell(judgeStraightLining({ uniform: 0, outcome: 1 }, visits(12, 8), peers(visits(30, 0)))), ['fine straight_lining 0'])
  assert.equal(tell(judgeStraightLining({ uniform: 8, outcome: 1 }, visits(3, 8), peers(visits(30, 0)))), ['unknown straight_lining 0'])
})

straight('is seen in the answers themselves', () => {
  const record = aRecord()
  const keys = Object.keys(record.household).filter((key) => /^has[A-Z]/.test(key) && typeof record.household[key] === 'boolean')
  for (const key of keys) record.household[key] = false
  assert.is(uniformBlocks(record) & 1, 1)
  record.household.hasTv = true
  assert.is(uniformBlocks(record) & 1, 0)
  const [one, other] = [signatureOf(record), signatureOf({ ...record, household: { ...record.household, hasTv: false } })]
  assert.is(one.filter((byte, i) => byte !== other[i]).length, 1)
})

straight.run()

const unfinished = suite('visits without an interview')
const group = (officerId: string, finished: number, without: number): Group => ({ officerId, finished, unfinished: without })

unfinished('are told when one officer has far more of them than the others', () => {
  const signal = only(judgeUnfinished({ outcome: 2, officerId: 'siti' }, [group('siti', 8, 12), group('tono', 28, 2), group('oki', 27, 3)]))
  assert.equal(tell([signal]), ['look short_outcomes 2'])
  assert.match(signal.sentence, '12 dari 20 kunjungan petugas ini tanpa wawancara (60%); pada 2 petugas lain 5 dari 60 (8%).')
})

unfinished('are no sign where others have them too, are few, or where this visit was an interview', () => {
  const much = [group('tono', 12, 14), group('oki', 15, 15)]
  assert.equal(tell(judgeUnfinished({ outcome: 2, officerId: 'siti' }, [group('siti', 8, 12), ...much])), ['fine short_outcomes 0'])
  assert.equal(tell(judgeUnfinished({ outcome: 3, officerId: 'siti' }, [group('siti', 17, 3), group('tono', 28, 2), group('oki', 27, 3)])), ['fine short_outcomes 0'])
  assert.equal(judgeUnfinished({ outcome: 1, officerId: 'siti' }, much), [])
  assert.equal(tell(judgeUnfinished({ outcome: 2, officerId: 'siti' }, [group('siti', 1, 1), ...much])), ['unknown short_outcomes 0'])
  assert.equal(tell(judgeUnfinished({ outcome: 2, officerId: 'siti' }, [group('siti', 8, 12), group('tono', 90, 1)])), ['unknown short_outcomes 0'])
})

unfinished.run()
