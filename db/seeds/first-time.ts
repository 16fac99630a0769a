import type { Db } from '#db/connection.ts'

export async function seedFirstTime(_db: Db, _dataDirectory: string) {}
