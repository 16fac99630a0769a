import * as z from 'zod'
import { NUMBER_PURPOSES } from '#app/households/unmasking.ts'

// For which purpose numbers are shown, as every page asks for it.
export const NumbersForm = z.object({
  purpose: z.enum(NUMBER_PURPOSES, 'Pilih alasannya.'), note: z.string().trim().max(300, 'Paling panjang 300 huruf.').default(''),
})
