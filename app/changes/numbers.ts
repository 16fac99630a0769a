import { invalid } from '#app/problems.ts'
import { findKkMistakes } from '#app/questionnaire/kk.ts'

// A new No KK: of the right shape, and not one that this plan's households know already.
export function demandNewKk(kkNumber: string | undefined, on: string, known: unknown[], field = 'kkNumber'): string {
  if (!kkNumber) throw invalid({ [field]: 'Isi Nomor KK yang baru, 16 angka.' })
  const mistake = findKkMistakes(kkNumber, on).find(({ severity }) => severity === 'error')
  if (mistake) throw invalid({ [field]: mistake.message })
  if (known.includes(kkNumber)) throw invalid({ [field]: 'Nomor KK ini sudah dipakai keluarga lain. Lihat kartu yang baru.' })
  return kkNumber
}
