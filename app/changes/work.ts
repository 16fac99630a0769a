import type { Plan } from '#app/changes/changes.ts'
import { invalid, notFound } from '#app/problems.ts'
import { isPresent, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'

// A plan in the making: copies of the records it has opened, which its steps write in.
export type Work = Pick<Plan, 'created' | 'moved' | 'deactivated' | 'reactivated'> & {
  on: string, opened: Map<string, HouseholdRecord>, open: (id: string) => HouseholdRecord
}

export function startWork(records: Map<string, HouseholdRecord>, on: string): Work {
  const opened = new Map<string, HouseholdRecord>()
  const open = (id: string) => {
    const known = opened.get(id) ?? structuredClone(records.get(id))
    if (!known) throw notFound('Rumah tangga')
    opened.set(id, known)
    return known
  }
  return { on, opened, open, created: [], moved: [], deactivated: [], reactivated: [] }
}

// Who lives there under this number; otherwise the form's field is told.
export function residentOf({ members }: HouseholdRecord, seq: number | undefined, field: string): Answers {
  const member = members.find(({ memberSeq }) => memberSeq === seq)
  if (!member) throw invalid({ [field]: 'Anggota ini tidak ada di rumah tangga. Muat ulang formulir.' })
  if (!isPresent(member)) throw invalid({ [field]: `${String(member.name)} sudah tidak tercatat tinggal di rumah tangga ini.` })
  return member
}

export function familyOf({ families }: HouseholdRecord, seq: number | undefined, field: string): Answers {
  const family = families.find(({ familySeq }) => familySeq === seq)
  if (!family) throw invalid({ [field]: 'Keluarga ini tidak ada di rumah tangga. Pilih keluarga lain.' })
  return family
}

export function refuseTwice(rows: { memberSeq: number }[], field: string) {
  if (new Set(rows.map(({ memberSeq }) => memberSeq)).size < rows.length) throw invalid({ [field]: 'Satu anggota dipilih dua kali.' })
}
