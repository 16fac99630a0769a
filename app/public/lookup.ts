import { countUse, DOORS, networkOf, refuseOveruse, TooMany } from '#app/public/brake.ts'
import { ADULT, ageBand, isWholeName, maskName, wordsOf, type AgeBand } from '#app/public/names.ts'
import { HELD_BACK } from '#app/households/living.ts'
import { invalid } from '#app/problems.ts'
import { ageOn, dayOf } from '#app/questionnaire/age.ts'
import { findRegion, type Region } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What the public may know of a person: enough to recognise oneself, nothing that names, places or describes anybody.
// doubted: not found at the last visit, which the person himself must be able to learn of.
export type Found = { name: string, age: AgeBand, programmes: string[], doubted?: true }
export type Lookup = { village: Pick<Region, 'code' | 'name'>, found: Found[], tooMany: boolean }
export type Asking = { region: string, name: string, address: string }

// More namesakes than this are not shown: a list is what this page must never become.
const MOST = 3
const MOST_ROWS = 4000

// A loan is nobody's business; kks is the card that goes with the others.
const SHOWN = new Set(['pkh', 'kks', 'sembako', 'pbi', 'kip'])

// Looks up one whole name in one desa. Every question costs the same work and is counted the same, whatever the answer.
export function lookUp(db: Db, { region, name, address }: Asking, now = Date.now()): Lookup {
  const village = villageOf(db, region)
  const words = wordsOf(name)
  refuseName(name, words)
  const today = dayOf(new Date(now).toISOString())
  brake(db, address, village.code, now, today)
  const found = findPeople(db, village.code, words, today)
  const tooMany = found.length > MOST
  countLookup(db).run(today, village.code, found.length > 0 && !tooMany ? 1 : 0)
  return { village, found: tooMany ? [] : found, tooMany }
}

function villageOf(db: Db, code: string) {
  const region = findRegion(db, code)
  if (!region || region.level !== 4 || region.validTo !== null) throw invalid({ region: 'Pilih sampai desa/kelurahan.' })
  return region
}

function refuseName(name: string, words: string[]) {
  if (/\d{6,}/.test(name.replace(/[\s.-]/g, ''))) throw invalid({ name: 'Isi nama, bukan NIK atau nomor lain.' })
  if (!isWholeName(words)) throw invalid({ name: 'Isi nama lengkap seperti di KTP, bukan sebagian.' })
  if (words.length > 10 || name.length > 80) throw invalid({ name: 'Nama terlalu panjang. Isi satu nama saja.' })
}

function brake(db: Db, address: string, village: string, now: number, today: string) {
  const doors = [[DOORS.lookup, networkOf(address)], [DOORS.lookupVillage, village]] as const
  try {
    for (const [door, who] of doors) refuseOveruse(db, door, who, now)
  } catch (error) {
    if (error instanceof TooMany) countRefusal(db).run(today, village)
    throw error
  }
  for (const [door, who] of doors) countUse(db, door, who, now)
}

type Row = { id: string, seq: number, familySeq: number | null, name: string, birthDate: string | null, presence: number | null, programmes: string, doubted: 0 | 1 }

// Whole words only, inside the one desa; the index answers without touching any other. Master data alone, of households
// that were once determined and are still in the registry.
const candidates = statement<[string, number], Row>(`SELECT h.id, m.seq, m.family_seq AS familySeq, m.name, m.birth_date AS birthDate, m.presence, h.programmes, ${HELD_BACK('h.id')} AS doubted
  FROM household_search s JOIN households h ON h.number = s.rowid JOIN members m ON m.household_id = h.id
  WHERE household_search MATCH ? AND h.stage <> 'withdrawn'
    AND EXISTS (SELECT 1 FROM transitions t WHERE t.household_id = h.id AND t.to_stage = 'determined')
    AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id)
  LIMIT ?`)

const matching = (village: string, words: string[]) =>
  `{names} : (${words.map((word) => `"${word}"`).join(' AND ')}) AND region : ("r${village.replaceAll('.', '')}")`

// presence as in questionnaire/record.ts: 1 and 4 live there. Children are left out: the page is for who has a KTP.
function findPeople(db: Db, village: string, words: string[], today: string): Found[] {
  const wanted = words.join(' ')
  return candidates(db).all(matching(village, words), MOST_ROWS)
    .filter(({ name, presence }) => [1, 4].includes(presence ?? 1) && wordsOf(name).join(' ') === wanted)
    .filter(({ birthDate }) => (birthDate === null ? ADULT : ageOn(birthDate, today) ?? ADULT) >= ADULT)
    .slice(0, MOST + 1)
    .map((row) => ({ name: maskName(row.name), age: ageBand(row.birthDate, today), programmes: programmesOf(db, row), ...(row.doubted === 1 && { doubted: true as const }) }))
}

type Standing = { programme: string, receiving: 0 | 1 }
const standings = statement<[Pick<Row, 'id' | 'seq' | 'familySeq'>], Standing>(`SELECT programme, max(phase = 'receiving' AND (member_seq = @seq OR (member_seq IS NULL AND family_seq IS @familySeq))) AS receiving
  FROM recipients WHERE household_id = @id AND programme IN ('pkh', 'sembako', 'pbi') GROUP BY programme`)

// What a programme's own list says goes before what was once answered at the door. Of PPKS nothing is ever told here.
export function programmesOf(db: Db, row: Pick<Row, 'id' | 'seq' | 'familySeq' | 'programmes'>): string[] {
  const known = new Map(standings(db).all({ id: row.id, seq: row.seq, familySeq: row.familySeq }).map(({ programme, receiving }) => [programme, receiving === 1]))
  const answered = row.programmes.split(',').filter((code) => SHOWN.has(code) && known.get(code) !== false)
  return [...new Set([...answered, ...[...known].flatMap(([code, receiving]) => receiving ? [code] : [])])]
}

const countLookup = statement<[string, string, number], unknown>(`INSERT INTO lookup_counts (day, region_code, asked, found) VALUES (?, ?, 1, ?)
  ON CONFLICT DO UPDATE SET asked = asked + 1, found = found + excluded.found`)
const countRefusal = statement<[string, string], unknown>(`INSERT INTO lookup_counts (day, region_code, refused) VALUES (?, ?, 1)
  ON CONFLICT DO UPDATE SET refused = refused + 1`)
