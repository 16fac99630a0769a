import * as z from 'zod'
import { isDate } from '#app/questionnaire/age.ts'

// What can happen to a household, as it is told. Flat and JSON-able: it is stored with the proposal and played again
// whenever somebody asks what it would do. householdId is the household it is about, otherId the second one.
const date = z.string('Isi tanggalnya.').refine(isDate, 'Isi tanggal yang ada di kalender.')
const id = z.string().min(1).max(100)
const seq = z.coerce.number<unknown>('Pilih salah satu.').int().min(1, 'Pilih salah satu.').max(98)
const relation = z.coerce.number<unknown>('Pilih hubungannya.').int().min(1, 'Pilih hubungannya.').max(8)
const kkNumber = z.string('Isi Nomor KK, 16 angka.').trim().regex(/^\d{16}$/, 'Nomor KK harus 16 angka.')
const text = (words: string, longest = 200) => z.string(words).trim().min(1, words).max(longest, `Paling banyak ${longest} huruf.`)
const value = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.number()).max(20), z.null()])

// Who stands where afterwards, seen from the household's and from the family's head. Left out: worked out by the plan.
const Standing = z.object({ memberSeq: seq, relationToHead: relation.optional(), relationToFamilyHead: relation.optional() })
export type Standing = z.output<typeof Standing>

// Who takes over where the head of the household or of a family leaves.
const Succession = z.object({ head: seq.optional(), familyHead: seq.optional(), relations: z.array(Standing).max(98).optional() })
export type Succession = z.output<typeof Succession>

// A household that begins with this change. The id is made by the form.
const NewHome = z.object({
  id, regionCode: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/, 'Pilih desa/kelurahan.'), address: text('Isi alamat rumah tangga yang baru.'), slsName: z.string().trim().max(60).optional(),
})
export type NewHome = z.output<typeof NewHome>

const about = { on: date, householdId: id }

const Correction = z.object({ kind: z.literal('correction'), ...about, answers: z.record(z.string().max(60), value) })
const Birth = z.object({
  kind: z.literal('birth'), ...about, familySeq: seq, name: text('Isi nama bayi.'), sex: z.coerce.number<unknown>('Pilih jenis kelamin.').int().min(1, 'Pilih jenis kelamin.').max(2),
  nik: z.string().trim().max(30).optional(), birthPlace: z.string().trim().max(200).optional(), relationToHead: relation, relationToFamilyHead: relation,
  motherSeq: seq.optional(), fatherSeq: seq.optional(), certificate: z.boolean(),
})
const Death = z.object({ kind: z.literal('death'), ...about, memberSeq: seq, succession: Succession.optional() })
// memberSeq of householdId moves to the partner, otherSeq of otherId; or both found a family, or a household, of their own.
// begunBy: by the desa of the partner; otherwise by the one that is left.
const Marriage = z.object({
  kind: z.literal('marriage'), ...about, memberSeq: seq, otherId: id, otherSeq: seq, living: z.enum(['with_family', 'new_family', 'new_household'], 'Pilih tempat tinggal pasangan ini.'),
  relationToHead: relation.optional(), relationToFamilyHead: relation.optional(), familyHead: z.enum(['member', 'other']).optional(),
  kkNumber: kkNumber.optional(), home: NewHome.optional(), homeAt: z.enum(['household', 'other']).optional(), certificate: z.coerce.number<unknown>('Pilih salah satu.').int().min(0).max(2), pregnant: z.boolean().optional(),
  succession: Succession.optional(), otherSuccession: Succession.optional(), begunBy: z.literal('receiver').optional(),
})
// familySeq: the family there that takes them in; none: they form one of their own, with kkNumber.
const MemberMove = z.object({
  kind: z.literal('member_move'), ...about, otherId: id, movers: z.array(Standing).min(1, 'Pilih anggota yang pindah.').max(98),
  familySeq: seq.optional(), kkNumber: kkNumber.optional(), succession: Succession.optional(),
})
const FamilySplit = z.object({
  kind: z.literal('family_split'), ...about, movers: z.array(Standing).min(1, 'Pilih anggota yang pisah KK.').max(98), kkNumber, home: NewHome.optional(), succession: Succession.optional(),
})
// Two families of one household; or, with otherId, this whole household joins the other one.
const FamilyMerge = z.object({
  kind: z.literal('family_merge'), ...about, otherId: id.optional(), familySeq: seq.optional(), intoFamilySeq: seq.optional(), movers: z.array(Standing).max(98),
})
// begunBy: by the desa it moves to; otherwise by the one it leaves.
const HouseholdMove = z.object({
  kind: z.literal('household_move'), ...about, from: z.string().max(13), to: z.string('Pilih desa/kelurahan tujuan.').regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/, 'Pilih desa/kelurahan tujuan.'),
  address: text('Isi alamat yang baru.'), slsName: z.string().trim().max(60).optional(), kkNumbers: z.array(z.object({ familySeq: seq, kkNumber })).max(20),
  begunBy: z.literal('receiver').optional(),
})
const Deactivation = z.object({ kind: z.literal('deactivation'), ...about, reason: text('Pilih alasan.', 60) })
// present: who lives there again and was not counted any more.
const Reactivation = z.object({ kind: z.literal('reactivation'), ...about, present: z.array(seq).max(98).optional() })

export const ChangeSchema = z.discriminatedUnion('kind', [
  Correction, Birth, Death, Marriage, MemberMove, FamilySplit, FamilyMerge, HouseholdMove, Deactivation, Reactivation,
])
export type Change = z.output<typeof ChangeSchema>
export type ChangeKind = Change['kind']
export type ChangeOf<K extends ChangeKind> = Extract<Change, { kind: K }>

export const CHANGE_KINDS = [
  'correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation', 'reactivation',
] as const satisfies readonly ChangeKind[]

// A second household has to be named before the form can be filled in.
export const NEEDS_OTHER: readonly ChangeKind[] = ['marriage', 'member_move']
