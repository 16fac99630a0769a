import { isHeldBack, isInactive, isKeptFromProgrammes, PRESENT } from '#app/households/living.ts'
import type { Programme, Proposed } from '#app/programmes/programme.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import type { Subject } from '#app/programmes/subjects.ts'
import { conflict, invalid } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Seek = { programme: string, variant: string, household: string, family: number | null, member: number | null, nik: string | null, kk: string | null }

// Of a family: its place or its card; of a person: his place or his NIK. Who stands ended may be proposed anew.
const familyStands = statement<[Seek], number>(`SELECT 1 FROM recipients WHERE household_id = @household AND family_seq IS @family AND programme = @programme AND phase <> 'ended'
  UNION ALL SELECT 1 FROM recipients WHERE kk_number = @kk AND programme = @programme AND phase <> 'ended' LIMIT 1`)
const personStands = statement<[Seek], number>(`SELECT 1 FROM recipients WHERE household_id = @household AND member_seq IS @member AND programme = @programme AND variant = @variant AND phase <> 'ended'
  UNION ALL SELECT 1 FROM recipients WHERE nik = @nik AND programme = @programme AND variant = @variant AND phase <> 'ended' LIMIT 1`)
const isProposed = statement<[Seek & { id: string, unit: string }], number>(`SELECT 1 FROM recipient_changes WHERE household_id = @household AND programme = @programme AND variant = @variant AND id <> @id
  AND recipient_id IS NULL AND status IN ('submitted', 'checked', 'verified', 'batched', 'returned') AND (CASE @unit WHEN 'family' THEN family_seq IS @family ELSE member_seq IS @member END) LIMIT 1`)

type Place = Pick<Recipient, 'householdId' | 'familySeq' | 'memberSeq' | 'nik' | 'kkNumber'>

// A family or a person stands once in a programme (of PPKS: once in a category), and is proposed once.
export function refuseStanding(db: Db, { code, name, unit }: Programme, { householdId, familySeq, memberSeq, nik, kkNumber }: Place, { id, variant }: { id: string, variant: string }) {
  const seek = { programme: code, variant, household: householdId ?? '', family: familySeq, member: memberSeq, nik, kk: kkNumber }
  if ((unit === 'family' ? familyStands : personStands)(db).get(seek)) throw conflict(`${unit === 'family' ? 'Keluarga' : 'Orang'} ini sudah tercatat di ${name}.`)
  if (isProposed(db).get({ ...seek, id, unit })) throw conflict(`${unit === 'family' ? 'Keluarga' : 'Orang'} ini sudah diusulkan di ${name} dan usulannya belum selesai.`)
}

const isPresent = statement<[string, number], number>(`SELECT 1 FROM members WHERE household_id = ? AND seq = ? AND ${PRESENT('members')}`)

// Only of the living part of the registry, and of a person only who lives there.
export function refuseGone(db: Db, { householdId, memberSeq }: Subject) {
  if (isInactive(db, householdId)) throw conflict('Rumah tangga ini nonaktif di registri. Ajukan pengaktifan kembali dahulu.')
  if (isHeldBack(db, householdId)) throw conflict('Rumah tangga ini tidak ditemukan pada kunjungan terakhir dan menunggu keputusan nonaktif. Putuskan dahulu usulan nonaktifnya.')
  if (isKeptFromProgrammes(db, householdId)) throw conflict('Pemrosesan data rumah tangga ini dibatasi atas permohonan warga. Minta Dinsos mengakhiri pembatasannya dahulu (Pelindungan data, Permohonan warga).')
  if (memberSeq !== null && !isPresent(db).get(householdId, memberSeq)) throw invalid({ memberSeq: 'Orang ini sudah meninggal, pindah, atau tidak ditemukan di rumah tangganya.' })
}

export function demandUnit({ unit }: Programme, { familySeq, memberSeq }: Pick<Proposed, 'familySeq' | 'memberSeq'>) {
  if (unit === 'person' && memberSeq === null) throw invalid({ memberSeq: 'Pilih orangnya.' })
  if (unit === 'family' && familySeq === null) throw invalid({ familySeq: 'Pilih keluarganya.' })
}
