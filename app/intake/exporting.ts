import type { Cell, Exportable, Query } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import { getIntake } from '#app/intake/intakes.ts'
import { listUnmatched, type UnmatchedRow, type Which } from '#app/intake/unmatched.ts'
import { programmeOf } from '#app/programmes/registry.ts'

const LARGE = 250
const SETTLED = { linked: 'Ditautkan', kept: 'Disimpan tanpa tautan', thrown: 'Dikeluarkan' }
const whichOf = ({ which }: Query): Which => which === 'settled' ? 'settled' : 'left'

// Whom the registry does not have, line by line as the file named them, so that whoever sent the list can mend it.
// Sensitive categories of PPKS never leave this way.
export const unmatchedExport: Exportable = {
  name: 'intake-unmatched', title: 'Penerima yang tidak ada di registri', href: '/intake', verbs: ['programme.import'],
  columns: [
    { label: 'Baris dalam berkas', kind: 'count' }, { label: 'Nomor peserta/kartu', kind: 'card' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Nomor KK', kind: 'card' }, { label: 'Alamat' },
    { label: 'Kode wilayah' }, { label: 'Wilayah' }, { label: 'Keadaan dalam berkas' }, { label: 'Hal yang diperiksa' }, { label: 'Penyelesaian' }, { label: 'Catatan' },
  ],
  words: ({ db, actor }, { intake = '', ...query }) => {
    if (!intake) return ''
    const { programme, fileName, source } = getIntake({ db, actor }, intake)
    return [programmeOf(programme).name, fileName, source, whichOf(query) === 'left' ? 'belum selesai' : 'selesai'].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, { intake = '', ...query }) => intake === '' ? [] : pages<UnmatchedRow, number>((after) => {
    const { intake: { programme }, rows, next } = listUnmatched(db, actor, intake, whichOf(query), after, LARGE)
    return { rows: rows.filter(({ variant }) => !programmeOf(programme).isSensitive?.(variant)), next }
  }, ({ position, number, name, nik, kkNumber, facts, regionCode, village, remark, settlement, note }): Cell[] =>
    [position, number, name, nik, kkNumber, facts.address ?? '', regionCode, village, facts.state ?? '', remark || 'NIK dan No KK tidak ditemukan di registri', settlement ? SETTLED[settlement] : 'Belum', note]),
}
