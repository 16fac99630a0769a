import { isHeldBack, isInactive, isRestricted } from '#app/households/living.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const determined = statement<[string], { one: 1 }>("SELECT 1 AS one FROM transitions WHERE household_id = ? AND to_stage = 'determined' LIMIT 1")

// In the registry as Cek Bansos tells it: once determined, not withdrawn, not made inactive.
export const isRegistered = (db: Db, id: string, stage: Stage) => stage !== 'withdrawn' && !isInactive(db, id) && determined(db).get(id) !== undefined

const NOT_REGISTERED = 'Rumah tangga ini belum ditetapkan atau tidak aktif lagi, jadi belum ada yang bisa diterangkan.'
const HELD = 'Rumah tangga ini tidak ditemukan pada kunjungan terakhir dan menunggu keputusan nonaktif. Buka rumah tangganya: putuskan usulan nonaktifnya, atau nyatakan "ditemukan kembali" bila warganya memang tinggal di sana. Sesudah itu surat bisa dibuat.'
const RESTRICTED = 'Pemrosesan data rumah tangga ini dibatasi atas permohonan warga. Bila warganya sendiri yang meminta surat ini, mintalah Dinsos mengakhiri pembatasannya dahulu (Pelindungan data, Permohonan warga).'

// Why no letter can say today that the household is registered; undefined where one can.
export const whyNoLetter = (db: Db, { id, stage }: { id: string, stage: Stage }): string | undefined =>
  !isRegistered(db, id, stage) ? NOT_REGISTERED : isHeldBack(db, id) ? HELD : isRestricted(db, id) ? RESTRICTED : undefined
