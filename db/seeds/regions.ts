import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '#db/connection.ts'

// Kemendagri codes from idn-area-data (data licence ODbL 1.0, see README). It has no BPS codes: those stay empty until
// an administrator records them.
const SOURCE = 'node_modules/idn-area-data/data'
const FILES = ['provinces', 'regencies', 'districts', 'villages']
const VALID_FROM = '2022-11-09'

// All levels in one transaction; nothing when the tree is already there. The number of regions loaded.
export function loadRegions(db: Db, source = SOURCE): number {
  if (db.$client.prepare('SELECT 1 FROM regions LIMIT 1').get()) return 0
  const insert = db.$client.prepare(
    'INSERT INTO regions (code, level, name, parent_code, valid_from) VALUES (?, ?, ?, ?, ?)')
  return db.$client.transaction(() => {
    let count = 0
    for (const [index, file] of FILES.entries()) {
      for (const [code, parentCode, name] of readRows(join(source, `${file}.csv`), index > 0)) {
        insert.run(code, index + 1, titleCase(name), parentCode, VALID_FROM)
        count += 1
      }
    }
    return count
  })()
}

type Line = [code: string, parentCode: string | null, name: string]

// Not a CSV reader on purpose: names such as Soka"an carry a bare quotation mark, and no name carries a comma.
function* readRows(path: string, hasParent: boolean): Generator<Line> {
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/).slice(1)) {
    if (!line) continue
    const [code = '', second = '', third = ''] = line.split(',')
    yield hasParent ? [code, second, third] : [code, null, second]
  }
}

const KEPT = new Set(['DKI', 'DI'])

// Provinces and regencies come in capitals; what is already written properly is left alone.
export const titleCase = (name: string) => name !== name.toUpperCase() ? name : name.split(' ')
  .map((word) => KEPT.has(word) || ROMAN.test(word) ? word : word.charAt(0) + word.slice(1).toLowerCase()).join(' ')

const ROMAN = /^[IVX]+$/
