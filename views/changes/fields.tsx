import type { ChangeKind } from '#app/changes/changes.ts'
import { isPresent, presentMembers } from '#app/questionnaire/record.ts'
import { CorrectionFields } from '#views/changes/correction.tsx'
import { FamilyMergeFields, FamilySplitFields, HouseholdMoveFields, MarriageFields, MemberMoveFields } from '#views/changes/moving.tsx'
import { familiesOf, MemberField, nameOf, SuccessionFields, TO_FAMILY_HEAD, TO_HEAD, type FormHousehold, type FormProps } from '#views/changes/people.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { Checkbox, DateField, FieldRow, NikField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import { Card } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'

type Props = { kind: ChangeKind, household: FormHousehold, other?: FormHousehold, veiled?: boolean, comes?: boolean, typed: Record<string, string>, errors?: Record<string, string>, today: string }

// What is asked of each kind of change. It stands inside a form of the proposals.
export const ChangeFields = ({ kind, errors = {}, ...props }: Props) => {
  const Fields = FIELDS[kind]
  const day = kind === 'correction' ? undefined : DAYS[kind]
  return (
    <>
      {day && <Card title="Waktu"><DateField name="on" label={day} value={props.typed.on ?? (kind === 'birth' || kind === 'death' ? '' : props.today)} max={props.today} error={errors.on} required /></Card>}
      <Fields {...props} errors={errors} />
    </>
  )
}

const DAYS: Record<Exclude<ChangeKind, 'correction'>, string> = {
  birth: 'Tanggal lahir', death: 'Tanggal meninggal', marriage: 'Tanggal menikah', member_move: 'Tanggal pindah', family_split: 'Tanggal KK baru terbit',
  family_merge: 'Tanggal bergabung', household_move: 'Tanggal pindah', deactivation: 'Berlaku sejak', reactivation: 'Berlaku sejak',
}

const BirthFields = ({ household, typed, errors }: FormProps) => (
  <Card title="Bayi yang lahir">
    <TextField name="name" label="Nama bayi" value={typed.name} error={errors.name} maxlength={200} required />
    <RadioGroup name="sex" label="Jenis kelamin" options={[{ value: 1, label: 'Laki-laki' }, { value: 2, label: 'Perempuan' }]} value={typed.sex} error={errors.sex} inline required />
    <NikField name="nik" label="NIK" value={typed.nik} error={errors.nik} hint="Dari akta kelahiran atau KK yang baru. Kosongkan bila belum terbit." />
    <TextField name="birthPlace" label="Tempat lahir" value={typed.birthPlace} error={errors.birthPlace} maxlength={100} width="medium" />
    <FieldRow>
      <MemberField name="motherSeq" label="Ibu kandung" household={household} only={({ sex }) => sex === 2} typed={typed} errors={errors} required={false} />
      <MemberField name="fatherSeq" label="Ayah" household={household} only={({ sex }) => sex === 1} typed={typed} errors={errors} required={false} />
    </FieldRow>
    <SelectField name="familySeq" label="Masuk ke Kartu Keluarga" options={familiesOf(household)} value={typed.familySeq ?? onlyFamily(household)} error={errors.familySeq} required />
    <FieldRow>
      <SelectField name="relationToHead" label="Hubungan dengan kepala rumah tangga" options={TO_HEAD.slice(1)} value={typed.relationToHead ?? '3'} error={errors.relationToHead} required />
      <SelectField name="relationToFamilyHead" label="Hubungan dengan kepala keluarga" options={TO_FAMILY_HEAD.slice(1)} value={typed.relationToFamilyHead ?? '3'} error={errors.relationToFamilyHead} required />
    </FieldRow>
    <Checkbox name="certificate" label="Sudah punya akta kelahiran" checked={typed.certificate === '1'} />
  </Card>
)

const onlyFamily = ({ record: { families } }: FormHousehold) => families.length === 1 ? String(families[0]!.familySeq) : undefined

const DeathFields = (props: FormProps) => (
  <>
    <Card title="Yang meninggal">
      <MemberField name="memberSeq" label="Anggota yang meninggal" {...props} hint="Suami atau istri yang ditinggalkan dicatat cerai mati. Bila ini anggota terakhir, rumah tangga menjadi nonaktif." />
    </Card>
    <SuccessionFields {...props} />
  </>
)

const DeactivationFields = ({ household }: FormProps) => (
  <Notice title="Yang terjadi bila ditetapkan">
    <p>Rumah tangga ini dengan {presentMembers(household.record).length} anggotanya keluar dari daftar aktif. Data dan riwayatnya tetap ada dan dapat diaktifkan kembali. Pilih alasannya di bawah.</p>
  </Notice>
)

const ReactivationFields = ({ household, typed, errors }: FormProps) => {
  const gone = household.record.members.filter((member) => !isPresent(member))
  return (
    <Card title="Anggota yang tinggal lagi di sini">
      <p class="hint">Masih tercatat tinggal di sini: {presentMembers(household.record).map(nameOf).join('; ') || 'tidak ada'}.</p>
      {errors.present && <p class="error" id="f-present" tabindex={-1}><span class="unseen">Kesalahan: </span>{errors.present}</p>}
      {gone.map((member) => <Checkbox name={`present.${String(member.memberSeq)}`} label={`${nameOf(member)} tinggal lagi di sini`} checked={typed[`present.${String(member.memberSeq)}`] === '1'} />)}
    </Card>
  )
}

const FIELDS: Record<ChangeKind, (props: FormProps) => Child> = {
  correction: CorrectionFields, birth: BirthFields, death: DeathFields, marriage: MarriageFields, member_move: MemberMoveFields, family_split: FamilySplitFields,
  family_merge: FamilyMergeFields, household_move: HouseholdMoveFields, deactivation: DeactivationFields, reactivation: ReactivationFields,
}
