import type { ChangeOf } from '#app/changes/kinds.ts'
import { demandNewKk } from '#app/changes/numbers.ts'
import { recount } from '#app/changes/people.ts'
import { residentOf, type Work } from '#app/changes/work.ts'
import { invalid } from '#app/problems.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'

// To another desa. Between kabupaten every family gets a new card; inside one the No KK stays.
export function moveHousehold({ open, on, moved }: Work, { householdId, from, to, address, slsName, kkNumbers }: ChangeOf<'household_move'>) {
  if (from === to) throw invalid({ targetRegionCode: 'Tujuan sama dengan desa asal. Untuk ganti alamat di dalam desa, ajukan perbaikan data.' })
  const record = open(householdId)
  if (presentMembers(record).length === 0) throw invalid({ household: 'Tidak ada anggota yang tinggal di rumah tangga ini.' })
  const known = record.families.map(({ kkNumber }) => kkNumber)
  for (const family of record.families) {
    const field = `kkNumber.${String(family.familySeq)}`
    const given = kkNumbers.find(({ familySeq }) => familySeq === family.familySeq)?.kkNumber
    if (regencyOf(from) === regencyOf(to) && (!given || given === family.kkNumber)) continue
    family.kkNumber = demandNewKk(given, on, known, field)
    known.push(family.kkNumber)
  }
  Object.assign(record.household, { address, slsName: slsName ?? '', movedOn: on })
  // Where the house stood is no longer where it stands; the next visit measures again.
  delete record.household.latitude
  delete record.household.longitude
  moved.push({ householdId, from, to })
}

// Back into the registry; those who were struck off with it may live there again.
export function reactivate({ open, reactivated, on }: Work, { householdId, present = [] }: ChangeOf<'reactivation'>) {
  const record = open(householdId)
  const before = structuredClone(record)
  for (const seq of present) {
    const member = record.members.find(({ memberSeq }) => memberSeq === seq)
    if (!member) residentOf(record, seq, 'present')
    else Object.assign(member, { memberPresence: 1, presenceSince: on })
  }
  if (presentMembers(record).length === 0) throw invalid({ present: 'Tidak ada anggota yang tinggal di sini. Pilih siapa yang tinggal lagi.' })
  if (present.length > 0) recount(before, record)
  reactivated.push({ householdId })
}
