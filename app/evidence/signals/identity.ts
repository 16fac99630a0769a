import { fine, look, type Signal } from '#app/evidence/signal.ts'

type People = { count: number, withoutNik: number, elsewhere: { name: string, headName: string }[] }

export const judgeIdentity = ({ count, withoutNik, elsewhere }: People): Signal[] => [
  withoutNik > 0 ? look('no_nik', `${withoutNik} anggota belum memiliki NIK.`, { withoutNik }) : fine('no_nik', `${count} anggota memiliki NIK.`, { count }),
  elsewhere.length > 0
    ? look('nik_elsewhere', `NIK juga tercatat di rumah tangga lain: ${elsewhere.map(({ name, headName }) => `${name} (di rumah tangga ${headName})`).join(', ')}.`, { people: elsewhere.length })
    : fine('nik_elsewhere', 'NIK tidak tercatat di rumah tangga lain.'),
]
