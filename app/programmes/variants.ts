import { LOCAL_VARIANTS, type Programme } from '#app/programmes/programme.ts'
import { wordFor } from '#app/programmes/settings.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const localName = statement<[string], string>('SELECT name FROM local_programmes WHERE id = ?')

// What a recipient is of one of: a category, or the programme of a desa or kabupaten.
export const variantWord = (db: Db, { code, variants }: Programme, variant: string): string | undefined =>
  variants === LOCAL_VARIANTS ? localName(db).pluck().get(variant) as string | undefined ?? variant : variants && wordFor(db, code, variants, variant)
