import { FAMILY_RELATIONS, HOUSEHOLD_RELATIONS } from '#app/questionnaire/2026/options.ts'
import { presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { Checkbox, FieldRow, Fieldset, SelectField, type Option } from '#views/ui/field.tsx'
import { maskKk } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'

export type FormHousehold = { id: string, regionCode: string, headName?: string, places?: string[], record: HouseholdRecord }
// veiled: one of the two is a household of other places, of which nothing can be chosen here. comes: that is the first of them.
export type FormProps = { household: FormHousehold, other?: FormHousehold, veiled?: boolean, comes?: boolean, typed: Record<string, string>, errors: Record<string, string>, today: string }

const choices = (codes: readonly { code: number, label: string }[]): Option[] => codes.map(({ code, label }) => ({ value: code, label }))
export const TO_HEAD = choices(HOUSEHOLD_RELATIONS)
export const TO_FAMILY_HEAD = choices(FAMILY_RELATIONS)
export const YES_NO: Option[] = [{ value: 'true', label: 'Ya' }, { value: 'false', label: 'Tidak' }]

const relationOf = ({ relationToHead }: Answers) => HOUSEHOLD_RELATIONS.find(({ code }) => code === relationToHead)?.label
export const nameOf = (member: Answers) => `${String(member.memberSeq)}. ${String(member.name ?? '(tanpa nama)')}`
const described = (member: Answers) => [nameOf(member), relationOf(member)].filter(Boolean).join(', ')

export const membersOf = ({ record }: FormHousehold, only: (member: Answers) => boolean = () => true): Option[] =>
  presentMembers(record).filter(only).map((member) => ({ value: Number(member.memberSeq), label: described(member) }))

// A family by its card and its head.
export const familiesOf = ({ record }: FormHousehold): Option[] => record.families.map(({ familySeq, kkNumber }) => {
  const head = presentMembers(record).find((member) => member.familySeq === familySeq && member.relationToFamilyHead === 1)
  return { value: Number(familySeq), label: [`Keluarga ${String(familySeq)}`, head && String(head.name), kkNumber ? `KK ${maskKk(String(kkNumber))}` : 'belum ada No KK'].filter(Boolean).join(', ') }
})

// Asked only where another answer of the form says so: the browser hides it by that, without script its hint tells.
export const When = ({ name, is, typed, children }: { name: string, is: string[], typed: Record<string, string>, children?: Child }) => (
  <div data-asked-when={JSON.stringify([{ key: name, path: name, in: is }])} class={is.includes(typed[name] ?? '') ? undefined : 'unasked'}>{children}</div>
)

type MemberProps = { name: string, label: string, household: FormHousehold, only?: (member: Answers) => boolean, typed: Record<string, string>, errors: Record<string, string>, hint?: string, required?: boolean }

export const MemberField = ({ name, label, household, only, typed, errors, hint, required = true }: MemberProps) => (
  <SelectField name={name} label={label} options={membersOf(household, only)} value={typed[name]} error={errors[name]} hint={hint} required={required} />
)

type MoversProps = FormProps & { legend: string, hint: string, toHead: boolean, all?: boolean }

// One box for each person: whether they go, and how they stand to the heads there.
export const Movers = ({ household, typed, errors, legend, hint, toHead, all }: MoversProps) => (
  <Card title={legend}>
    <p class="hint">{hint}</p>
    {errors.movers && <p class="error" id="f-movers" tabindex={-1}><span class="unseen">Kesalahan: </span>{errors.movers}</p>}
    {presentMembers(household.record).map((member) => {
      const seq = String(member.memberSeq)
      return (
        <Fieldset legend={described(member)}>
          {!all && <Checkbox name={`mover.${seq}`} label={`${String(member.name)} ikut`} checked={typed[`mover.${seq}`] === '1'} />}
          <FieldRow>
            {toHead && <SelectField name={`relationToHead.${seq}`} label="Hubungan dengan kepala rumah tangga di sana" options={TO_HEAD} value={typed[`relationToHead.${seq}`]} error={errors[`relationToHead.${seq}`]} />}
            <SelectField name={`relationToFamilyHead.${seq}`} label="Hubungan dengan kepala keluarga di sana" options={TO_FAMILY_HEAD} value={typed[`relationToFamilyHead.${seq}`]} error={errors[`relationToFamilyHead.${seq}`]} />
          </FieldRow>
        </Fieldset>
      )
    })}
  </Card>
)

const AUTOMATIC = 'Mengikuti aturan'

// Asked of everybody who may leave a head behind; needed only where one does.
export const SuccessionFields = ({ household, typed, errors }: FormProps) => {
  const told = presentMembers(household.record).some(({ memberSeq }) => typed[`heirToHead.${memberSeq}`] || typed[`heirToFamilyHead.${memberSeq}`])
  return (
    <Card title="Bila yang pergi adalah kepala">
      <p class="hint">Isi hanya bila kepala rumah tangga atau kepala keluarga yang meninggal atau pindah. Hubungan anggota lain disesuaikan sendiri dan tampil pada perbandingan sebelum diputuskan.</p>
      <FieldRow>
        <MemberField name="newHead" label="Kepala rumah tangga yang baru" household={household} typed={typed} errors={errors} required={false} />
        <MemberField name="newFamilyHead" label="Kepala keluarga yang baru" household={household} typed={typed} errors={errors} required={false} />
      </FieldRow>
      <details class="all-answers" open={told}>
        <summary>Tentukan sendiri hubungan anggota yang tinggal</summary>
        {presentMembers(household.record).map((member) => (
          <Fieldset legend={nameOf(member)}>
            <FieldRow>
              <SelectField name={`heirToHead.${member.memberSeq}`} label="Dengan kepala rumah tangga yang baru" options={TO_HEAD} blank={AUTOMATIC} value={typed[`heirToHead.${member.memberSeq}`]} />
              <SelectField name={`heirToFamilyHead.${member.memberSeq}`} label="Dengan kepala keluarga yang baru" options={TO_FAMILY_HEAD} blank={AUTOMATIC} value={typed[`heirToFamilyHead.${member.memberSeq}`]} />
            </FieldRow>
          </Fieldset>
        ))}
      </details>
    </Card>
  )
}
