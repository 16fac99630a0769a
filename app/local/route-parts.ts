import * as z from 'zod'
import { LOCAL_CODES } from '#app/local/programmes.ts'
import { NamePlace } from '#app/programmes/route-parts.ts'
import { pickedRegion } from '#app/regions/picker.ts'

const month = (message: string) => z.string(message).regex(/^20\d\d-(0[1-9]|1[0-2])$/, message)
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const text = (most: number) => z.string().trim().max(most, `Paling banyak ${most} huruf.`).default('')
const rupiah = z.string('Isi besar bantuan sebulan.').transform((typed) => typed.replace(/^\s*Rp\.?\s*/i, '').replace(/[\s.]/g, ''))
  .pipe(z.string().regex(/^[1-9]\d{3,7}$/, 'Isi rupiah sebulan dengan angka, misalnya 300000.')).transform(Number)

export const List = z.object({
  region: pickedRegion, kind: optional(z.enum(LOCAL_CODES)),
  after: optional(z.string().regex(/^\d{4}-\d{2}~[\w-]{1,64}$/).transform((found) => ({ startsOn: found.slice(0, 7), id: found.slice(8) }))),
})
const facts = {
  name: z.string('Isi nama program.').trim().min(3, 'Isi nama program.').max(120, 'Paling banyak 120 huruf.'), startsOn: month('Pilih bulan pertama.'), endsOn: month('Pilih bulan terakhir.'), amount: rupiah, basis: text(200),
}
export const Added = z.object({ ...facts, id: z.uuid(), programme: z.enum(LOCAL_CODES, 'Pilih jenis program.'), region: pickedRegion })
export const Edited = z.object({ ...facts, revision: z.coerce.number().int().min(1) })
export const Closing = z.object({ note: text(300) })
export const Shown = z.object({ region: pickedRegion, state: optional(z.enum(['proposed', 'agreed', 'active', 'stopped', 'dropped', 'finished'])), after: NamePlace })
export const Families = z.object({
  region: pickedRegion, q: z.string().trim().max(100).default(''), desil: optional(z.coerce.number().int().min(1).max(10)), aid: z.enum(['none', 'all']).catch('none'),
  after: optional(z.string().regex(/^\d{1,2}~[\w-]{1,64}~\d{1,2}$/).transform((found) => {
    const [desil, householdId, familySeq] = found.split('~')
    return { desil: Number(desil), householdId: householdId!, familySeq: Number(familySeq) }
  })),
})
const many = <T extends z.ZodType>(one: T) => z.preprocess((posted) => posted === undefined ? [] : [posted].flat(), z.array(one))
export const Proposing = z.object({
  key: z.uuid(), reason: text(300), family: many(z.string().regex(/^[\w-]{1,64}~\d{1,2}$/).transform((one) => ({ householdId: one.slice(0, one.lastIndexOf('~')), familySeq: Number(one.slice(one.lastIndexOf('~') + 1)) }))),
})
export const Deciding = z.object({
  id: z.uuid(), region: pickedRegion, seen: z.string().max(80), number: z.string('Isi nomornya.').trim().min(3, 'Isi nomornya.').max(100, 'Paling banyak 100 huruf.'), date: z.iso.date('Isi tanggalnya.'), fromMonth: month('Pilih bulan pertama dibayar.'),
})
export const Payments = z.object({ region: pickedRegion, month: optional(month('')), show: z.enum(['unpaid', 'all']).catch('all'), after: NamePlace })
export const Paying = z.object({
  key: z.uuid(), region: pickedRegion, month: month('Pilih bulan.'), paidOn: z.iso.date('Isi tanggal bayar.'), everybody: z.literal('1').optional(), recipient: many(z.string().max(64)),
})
export const FilePaying = z.object({ key: z.uuid(), month: month('Pilih bulan.'), paidOn: z.iso.date('Isi tanggal bayar.') })
export const Printing = z.object({ region: pickedRegion, month: optional(month('')) })
export const Stopping = z.object({ key: z.uuid(), seen: z.coerce.number().int().min(1), reasonCode: text(60), note: text(300) })
