import { fine, look, type Signal } from '#app/evidence/signal.ts'

// lost: numbers the master record has and this visit names no more.
type Missing = { said: string[], lost: number }
type People = { count: number, withoutNik: number, elsewhere: { name: string, headName: string }[], lostNiks?: number }

// Saying that there is no card saves the photo of it, so whoever checks reads it; where there was one, in plain words.
export function judgeCards(families: number, { said, lost }: Missing): Signal[] {
  if (families === 0) return []
  if (said.length === 0) return [fine('no_card', 'Setiap keluarga memiliki Nomor KK.')]
  const before = lost > 0 ? ` Padahal data induk mencatat ${lost} Nomor KK yang tidak ada lagi pada kunjungan ini: tanyakan KK lamanya.` : ''
  return [look('no_card', `${said.length} dari ${families} keluarga tanpa Nomor KK (${said.join('; ')}).${before}`, { families: said.length, lost }, lost > 0 ? 3 : 1)]
}

const lostWords = (lost: number) => lost > 0 ? ` Padahal data induk mencatat ${lost} NIK yang tidak ada lagi pada kunjungan ini.` : ''

export const judgeIdentity = ({ count, withoutNik, elsewhere, lostNiks = 0 }: People): Signal[] => [
  withoutNik > 0
    ? look('no_nik', `${withoutNik} anggota belum memiliki NIK.${lostWords(lostNiks)}`, { withoutNik, lost: lostNiks }, lostNiks > 0 ? 2 : 1)
    : fine('no_nik', `${count} anggota memiliki NIK.`, { count }),
  elsewhere.length > 0
    ? look('nik_elsewhere', `NIK juga tercatat di rumah tangga lain: ${elsewhere.map(({ name, headName }) => `${name} (di rumah tangga ${headName})`).join(', ')}.`, { people: elsewhere.length })
    : fine('nik_elsewhere', 'NIK tidak tercatat di rumah tangga lain.'),
]
