import type { Cell, Exportable, Query, Reader } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import { GONE, listFailed, listLines, type FailedPayment, type ListedPayment } from '#app/payments/lines.ts'
import { countPlaces, getList } from '#app/payments/lists.ts'
import { isKind, PAID_PROGRAMMES, type PaymentKind } from '#app/payments/payments.ts'
import type { Place } from '#app/programmes/list.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'

const NEXT = {
  account: 'Periksa rekening atau kartu', family: 'Perbaiki data keluarga di registri', leave: 'Cari keluarganya; tangguhkan atau keluarkan', graduate: 'Usulkan graduasi', replace: 'Usulkan pengganti',
  retry: 'Salurkan lagi', reason: 'Catat alasan gagal',
}
const codeOf = ({ programme }: Query) => PAID_PROGRAMMES.find((code) => code === programme) ?? 'sembako'
const bankOf = (db: Db, { programme, bank }: Pick<ListedPayment, 'programme' | 'bank'>) => bank ? wordFor(db, programme, 'bank', bank) : ''
const reasonOf = (db: Db, { programme, reasonCode }: Pick<ListedPayment, 'programme' | 'reasonCode'>) => reasonCode ? wordFor(db, programme, 'payment_reason', reasonCode) : ''

const KINDS: Record<PaymentKind | typeof GONE, string> = { waiting: 'menunggu', paid: 'berhasil', failed: 'gagal', excluded: 'dikecualikan', gone: 'menunggu tetapi tidak lagi menerima' }
const kindOf = ({ kind = '' }: Query) => kind === GONE || isKind(kind) ? kind : undefined

function placeWords({ db, actor }: Reader, { payments = '', region }: Query): string {
  if (!payments) return ''
  const list = getList({ db, actor }, payments)
  return [programmeOf(list.programme).name, list.regionName, list.period.name, region && findRegionName(db, region)].filter(Boolean).join(', ')
}

// The lines of one list, as its page is filtered.
export const paymentsExport: Exportable = {
  name: 'payments', whole: true, title: 'Daftar salur', href: '/payments', verbs: ['programme.read'],
  columns: [
    { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Nomor peserta/kartu', kind: 'card' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, { label: 'Bank' }, { label: 'Nomor rekening', kind: 'card' },
    { label: 'Nominal', kind: 'count' }, { label: 'Status' }, { label: 'Alasan' }, { label: 'Status sejak' },
  ],
  words: (reader, query) => [placeWords(reader, query), kindOf(query) && `hasil ${KINDS[kindOf(query)!]}`, query.q && `pencarian "${query.q}"`].filter(Boolean).join('; '),
  chunks: ({ db, actor }, { payments = '', region = '', q = '', ...query }) => payments === '' ? [] : pages<ListedPayment, Place>(
    (after) => listLines(db, actor, payments, { region, kind: kindOf(query), q }, after, 250),
    (row): Cell[] => [row.name, row.nik, row.number, row.regionCode, row.village, bankOf(db, row), row.account, row.amount, wordFor(db, row.programme, 'payment', row.status), reasonOf(db, row), row.statusAt]),
}

// One line a desa: how many, how much, and what share of those with a result was reached.
export const paymentPlacesExport: Exportable = {
  name: 'payments-places', whole: true, title: 'Hasil salur per desa', href: '/payments', verbs: ['programme.read'],
  columns: [
    { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, ...['Berhasil', 'Gagal', 'Menunggu', 'Dikecualikan'].map((label) => ({ label, kind: 'count' as const })),
    { label: 'Tersalur (rupiah)', kind: 'count' }, { label: 'Gagal (rupiah)', kind: 'count' }, { label: 'Menunggu (rupiah)', kind: 'count' }, { label: 'Dikecualikan (rupiah)', kind: 'count' }, { label: 'Keberhasilan (%)', kind: 'count' },
  ],
  words: placeWords,
  chunks: ({ db, actor }, { payments = '', region = '' }) => payments === '' ? [] : [countPlaces(db, actor, getList({ db, actor }, payments).id, region)
    .map(({ code, name, totals: { paid, failed, waiting, excluded } }): Cell[] =>
      [code, name, paid.lines, failed.lines, waiting.lines, excluded.lines, paid.amount, failed.amount, waiting.amount, excluded.amount, paid.lines + failed.lines > 0 ? Math.round(1000 * paid.lines / (paid.lines + failed.lines)) / 10 : null])],
}

export const failedPaymentsExport: Exportable = {
  name: 'payments-failed', title: 'Gagal salur', href: '/payments/failed', verbs: ['programme.read'],
  columns: [{ label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, { label: 'Periode' }, { label: 'Nominal', kind: 'count' }, { label: 'Alasan' }, { label: 'Langkah berikutnya' }],
  words: ({ db }, query) => [
    programmeOf(codeOf(query)).name, query.region && findRegionName(db, query.region), query.reason && `alasan ${reasonOf(db, { programme: codeOf(query), reasonCode: query.reason })}`,
  ].filter(Boolean).join('; '),
  chunks: ({ db, actor }, query) => pages<FailedPayment, Place>((after) => listFailed(db, actor, { programme: codeOf(query), region: query.region ?? '', reason: query.reason || undefined }, after, 250),
    ({ name, nik, regionCode, village, period, amount, reason, next }): Cell[] => [name, nik, regionCode, village, period, amount, reason, NEXT[next]]),
}
