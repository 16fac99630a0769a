import type { Cell, Exportable, Reader } from '#app/exports/exportable.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { casesOf, placeOf, withItems, type Show } from '#app/rescue/cases.ts'
import { readRescue, type RescuePlace, type RescueList } from '#app/rescue/overview.ts'

const CHUNK = 200

// What is in danger or was saved, one line a reason. No number of a card is in it.
export const rescueExport: Exportable = {
  name: 'rescue', title: 'Daftar penyelamatan', href: '/rescue', verbs: ['rescue.read'],
  columns: ['Desa/kelurahan', 'Kode desa', 'ID prelist', 'Kepala rumah tangga', 'Alamat', 'Akibat', 'Alasan', 'Ditemukan', 'Diperbaiki', 'Diperbaiki oleh'].map((label) => ({ label })),
  chunks: rows,
  words: ({ db }, { region = '' }) => region ? findRegionName(db, region) ?? region : 'Seluruh wilayah saya',
}

function* rows({ db, actor }: Reader, { region = '' }: Record<string, string>): Generator<Cell[][]> {
  const reading = readRescue(db, actor, region, new Date().toISOString())
  if (reading.kind !== 'list') return
  for (const village of reading.villages) {
    for (const show of ['open', 'saved'] as const) yield* casesIn(db, village, reading.list, show)
  }
}

function* casesIn(db: Reader['db'], village: RescuePlace, list: RescueList, show: Show): Generator<Cell[][]> {
  for (let after: string | undefined; ;) {
    const cases = withItems(db, list.periodId, casesOf(db, { code: village.code, list }, { show, after }, CHUNK))
    if (cases.length > 0) yield cases.flatMap((one) => one.items.map((item): Cell[] => [
      village.name, village.code, one.prelistId, one.headName, one.address, one.danger === 'dropped' ? 'dikeluarkan' : 'tidak ikut',
      item.message, item.foundAt, item.repairedAt, item.repairedAt ? item.repairedBy ?? 'sistem' : null,
    ]))
    if (cases.length < CHUNK) return
    after = placeOf(show, cases.at(-1)!)
  }
}
