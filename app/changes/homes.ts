import type { NewHome } from '#app/changes/kinds.ts'
import { addFamily, arrive, nameAfterHead, recount } from '#app/changes/people.ts'
import type { Work } from '#app/changes/work.ts'
import { invalid } from '#app/problems.ts'
import { emptyRecord, type Answers } from '#app/questionnaire/record.ts'

export type Settler = { person: Answers, relation: number, owned: Answers[] }

// A household of its own: one family, whose head is also the household's. How it lives is asked at its first visit.
export function buildHome(work: Work, { id, regionCode, address, slsName }: NewHome, kkNumber: string, settlers: Settler[]) {
  if (settlers.filter(({ relation }) => relation === 1).length !== 1) throw invalid({ movers: 'Pilih tepat satu kepala keluarga untuk rumah tangga yang baru.' })
  const record = emptyRecord()
  record.household = { address, ...(slsName && { slsName }) }
  const familySeq = addFamily(record, kkNumber)
  const heads = [...settlers].sort((one, other) => Number(other.relation === 1) - Number(one.relation === 1))
  for (const { person, relation, owned } of heads) {
    arrive(record, { ...person, listedInKk: true }, { familySeq, relationToHead: relation, relationToFamilyHead: relation }, work.on, owned)
  }
  recount(record, record)
  nameAfterHead(record)
  work.created.push({ id, regionCode, record })
}
