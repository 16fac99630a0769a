import { stringify } from 'csv-stringify/sync'
import type { DifferenceRow } from '#app/periods/differences.ts'
import { CHANGES, KINDS } from '#views/periods/labels.ts'
import { maskNik } from '#views/ui/format.ts'

// For a spreadsheet of Indonesian settings. A household that moved has one line in each of its two desa.
const lines = (rows: (string | number)[][]) => stringify(rows, { delimiter: ';', escape_formulas: true, record_delimiter: '\r\n' })

export const differenceHeading = () => `\uFEFF${lines([[
  'kode_desa', 'desa', 'perubahan', 'id', 'kepala_rumah_tangga', 'nik_kepala', 'alasan', 'yang_berubah',
  'kepala_semula', 'kepala_menjadi', 'alamat_semula', 'alamat_menjadi', 'anggota_semula', 'anggota_menjadi', 'desa_semula', 'desa_menjadi',
]])}`

export const differenceLines = (rows: DifferenceRow[]) => lines(rows.map(({ regionCode, village, kind, householdId, headName, headNik, reason, changes, before, after, from, to }) => [
  regionCode, village, KINDS[kind], householdId, headName, headNik ? maskNik(headNik) : '', reason, changes.map((name) => CHANGES[name]).join(', '),
  before?.[0] ?? '', after?.[0] ?? '', before?.[1] ?? '', after?.[1] ?? '', before?.[2] ?? '', after?.[2] ?? '', from ?? '', to ?? '',
]))
