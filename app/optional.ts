import * as z from 'zod'

// A form sends what nobody has filled in as ''.
export const optional = <S extends z.ZodType>(schema: S) => z.preprocess((value) => value === '' ? undefined : value, schema.optional())
