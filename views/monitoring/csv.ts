import type { MonitoringForm } from '#app/monitoring/forms.ts'
import type { ListedSheet } from '#app/monitoring/sheets.ts'
import { lines, table } from '#views/dtsen/csv.ts'

export const sheetHead = ({ questions }: MonitoringForm) => table([
  ['nomor', 'formulir', 'tanggal', 'kode_wilayah', 'wilayah', 'tempat', 'diisi_oleh', 'tentang_petugas', 'peserta', 'nilai', 'ditarik', 'temuan', ...questions.map(({ code, label }) => `${code} ${label}`)],
])

export const sheetLines = (sheets: (ListedSheet & { answers: string[] })[]) => lines(sheets.map((sheet) => [
  sheet.number, sheet.form, sheet.heldOn, sheet.regionCode, sheet.region, sheet.place, sheet.writer, sheet.subject ?? '', sheet.participants ?? '',
  sheet.score === null ? '' : String(Math.round(sheet.score * 1000) / 1000).replace('.', ','), sheet.withdrawnAt ? 'ya' : '', sheet.finding, ...sheet.answers,
]))
