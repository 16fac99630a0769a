import { stringify } from 'csv-stringify/sync'
import { toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { BDT_FLAT_COLUMNS, toFlatRow } from '#app/assignments/bdt-rows.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { PONCOSARI } from '#test/support/world.ts'

export type Layout = { regionCode?: string, bpsCode?: string, firstId?: number, delimiter?: string }

// The lines of a prelist file as the ministry gives it: one a member, the household's columns repeated. Ids count up from firstId.
export function prelistRows(households: HouseholdRecord[], { regionCode = PONCOSARI, bpsCode, firstId = 990_001 }: Layout = {}) {
  return households.flatMap((record, i) => {
    const household = toBdtHousehold(record, { regionCode: bpsCode ? '' : regionCode, bpsCode, prelistId: String(firstId + i) })
    return record.members.map((member) => toFlatRow(household, toBdtMember(member, record)))
  })
}

export const prelistCsv = (households: HouseholdRecord[], layout: Layout = {}) =>
  toCsv(prelistRows(households, layout), layout.delimiter)

export const toCsv = (rows: Record<string, string | undefined>[], delimiter = ',') =>
  stringify(rows, { header: true, columns: [...BDT_FLAT_COLUMNS], delimiter })
