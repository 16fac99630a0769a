import type { HouseholdProgrammes } from '#app/programmes/household-card.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { PHASES } from '#views/programmes/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Card } from '#views/ui/page.tsx'

type Props = { rows?: HouseholdProgrammes, householdId: string, record: HouseholdRecord }

// On the household's page: who of it stands in which programme, and why its families may or may not receive.
export const ProgrammeCard = ({ rows, householdId, record }: Props) => rows === undefined ? null : (
  <Card title="Program">
    {rows.length === 0 && <p class="hint">Belum ada yang tercatat di PKH, Sembako, PBI-JK, PPKS, BLT Desa, atau bantuan APBD.</p>}
    <ul>
      {rows.map(({ id, programme, title, name, label, phase, category }) => (
        <li><a href={`/programmes/${programme}/recipients/${id}`}>{`${title}: ${name}`}</a> <Badge tone={PHASES[phase].tone}>{label}</Badge>{category && <><br /><small class="hint">{category}</small></>}</li>
      ))}
    </ul>
    <Eligibility householdId={householdId} families={familiesOf(record)} />
  </Card>
)

const Eligibility = ({ householdId, families }: { householdId: string, families: ReturnType<typeof familiesOf> }) => families.length === 0 ? null : (
  <>
    <h3>Kelayakan program</h3>
    <ul>{families.map(({ seq, head }) => <li><a href={`/eligibility/families/${householdId}/${seq}`}>{`Keluarga ${head}`}</a></li>)}</ul>
    <p class="hint">Aturan PKH, Sembako, dan PBI-JK satu per satu: mana yang terpenuhi dan mana yang tidak.</p>
  </>
)

// A family that nobody belongs to has nothing to be explained.
const familiesOf = ({ families, members }: HouseholdRecord) => families.flatMap(({ familySeq }, i) => {
  const seq = typeof familySeq === 'number' ? familySeq : i + 1
  const people = members.filter((member) => member.familySeq === seq)
  const head = people.find(({ relationToFamilyHead }) => relationToFamilyHead === 1) ?? people[0]
  return head ? [{ seq, head: String(head.name ?? '') }] : []
})
