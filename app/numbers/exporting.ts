import { inChunks, type Exportable } from '#app/exports/exportable.ts'
import { applicantsOf } from '#app/numbers/people.ts'
import { listWaits, type Waiting } from '#app/numbers/waiting.ts'
import { findRegionName } from '#app/regions/regions.ts'

// For Dukcapil: who has to be entered, in its own words. Whole dates and the mother's name go out in a full export alone.
export const numberWaitsExport: Exportable = {
  name: 'number-waits', title: 'Menunggu KK/NIK dari Dukcapil', href: '/numbers', verbs: ['number.read'],
  columns: [
    { label: 'Desa/kelurahan' }, { label: 'Kode desa' }, { label: 'Alamat' }, { label: 'RT/RW atau dusun' }, { label: 'Kepala rumah tangga' }, { label: 'Keluarga ke-' },
    { label: 'Nama' }, { label: 'Hubungan dengan kepala keluarga' }, { label: 'L/P' }, { label: 'Tempat lahir' }, { label: 'Tanggal lahir', kind: 'birth' },
    { label: 'Nama gadis ibu kandung', kind: 'specific' }, { label: 'NIK', kind: 'card' }, { label: 'No KK', kind: 'card' }, { label: 'Yang kurang' }, { label: 'Sebab' }, { label: 'Menunggu sejak' },
  ],
  words: ({ db }, { region = '' }) => region ? findRegionName(db, region) ?? region : 'Seluruh wilayah saya',
  chunks: ({ db, actor }, { region = '' }) => inChunks<Waiting>((after, limit) =>
    listWaits(db, actor, region, after && { region: after.regionCode, since: after.since, id: after.id }, limit).rows,
  (rows) => rows.flatMap(applicantsOf).map(({ household: { village, regionCode, address, slsName, headName, since }, family, name, relation, sex, birthPlace, birthDate, mother, nik, kk, lacks, reason }) =>
    [village, regionCode, address, slsName, headName, family, name, relation, sex, birthPlace, birthDate, mother, nik, kk, lacks, reason, since])),
}
