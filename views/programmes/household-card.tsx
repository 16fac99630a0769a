import type { HouseholdProgrammes } from '#app/programmes/household-card.ts'
import { PHASES } from '#views/programmes/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Card } from '#views/ui/page.tsx'

type Props = { rows?: HouseholdProgrammes, householdId: string, families: number[] }

// On the household's page: who of it stands in which programme.
export const ProgrammeCard = ({ rows, householdId, families }: Props) => rows === undefined ? null : (
  <Card title="Program">
    {rows.length === 0 && <p class="hint">Belum ada yang tercatat di PKH, Sembako, PBI-JK, atau PPKS.</p>}
    <ul>
      {rows.map(({ id, programme, title, name, label, phase, category }) => (
        <li><a href={`/programmes/${programme}/recipients/${id}`}>{`${title}: ${name}`}</a> <Badge tone={PHASES[phase].tone}>{label}</Badge>{category && <><br /><small class="hint">{category}</small></>}</li>
      ))}
    </ul>
    {families.map((seq) => <p><a href={`/eligibility/families/${householdId}/${seq}`}>{families.length > 1 ? `Kelayakan keluarga ke-${seq}` : 'Kelayakan keluarga ini'}</a></p>)}
  </Card>
)
